"""Why something is suggested, in words that people use."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.calc.asking import Because, Cause
from ledger.models import Category


def reason_for(because: Because, category: Category) -> str:
    """“like 14 earlier “Lidl””; “the words “pharmacy”, “rx””."""
    if because.cause in (Cause.EXACT, Cause.SIMILAR):
        return _like_earlier(because)
    said = _words(because.words)
    if because.cause == Cause.CORRECTED:
        return _("%(words)s, as you file the like") % {"words": said}
    return said


def _like_earlier(because: Because) -> str:
    name = because.name[:40]
    if because.times < because.of:
        words = _("like %(times)s of %(of)s earlier “%(name)s”")
        return words % {"times": because.times, "of": because.of, "name": name}
    if because.cause == Cause.SIMILAR:
        words = ngettext("much like “%(name)s”", "much like %(times)s earlier “%(name)s”", because.times)
    else:
        words = ngettext("like the last “%(name)s”", "like %(times)s earlier “%(name)s”", because.times)
    return words % {"times": because.times, "name": name}


def _words(words: tuple[str, ...]) -> str:
    if not words:
        return _("by its amount and sign")
    quoted = ", ".join(f"“{word}”" for word in words)
    return ngettext("the word %(words)s", "the words %(words)s", len(words)) % {"words": quoted}
