"""Why something is suggested, in words that people use."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from insights.calc.asking import Because, Cause
from ledger.models import Category


def reason_for(because: Because, category: Category) -> str:
    """“like 14 earlier “Lidl””; “the words “pharmacy”, “rx””."""
    language = get_language()
    if because.cause in (Cause.EXACT, Cause.SIMILAR):
        words = _like_earlier(language, because.cause, because.times, because.times < because.of)
        return words % {"times": because.times, "of": because.of, "name": because.name[:40]}
    quoted = ", ".join(f"“{word}”" for word in because.words)
    said = _by_words(language, len(because.words)) % {"words": quoted}
    return _corrected(language) % {"words": said} if because.cause == Cause.CORRECTED else said


# What is said of thousands of rows in one language is looked up once.
@lru_cache(maxsize=256)
def _like_earlier(language: str | None, cause: Cause, times: int, is_divided: bool) -> str:
    if is_divided:
        return _("like %(times)s of %(of)s earlier “%(name)s”")
    if cause == Cause.SIMILAR:
        return ngettext("much like “%(name)s”", "much like %(times)s earlier “%(name)s”", times)
    return ngettext("like the last “%(name)s”", "like %(times)s earlier “%(name)s”", times)


@lru_cache(maxsize=256)
def _by_words(language: str | None, count: int) -> str:
    if not count:
        return _("by its amount and sign")
    return ngettext("the word %(words)s", "the words %(words)s", count)


@lru_cache(maxsize=32)
def _corrected(language: str | None) -> str:
    return _("%(words)s, as you file the like")
