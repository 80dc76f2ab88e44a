"""The text of a journal or a table of another app: UTF-8 as a rule, and what older machines wrote where it is not."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book, NotADay, in_days
from ledger.importing.found import Refused, Remark
from ledger.importing.source import Source

LONGEST_ENTRY = 4000


def text_of(source: Source) -> str:
    """All of it, with plain line ends."""
    content = source.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content[: len(content) // 2 * 2].decode("utf-16", "replace")
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        if b"\0" in content:
            raise Refused(_("This is no text: it holds NUL bytes. Export it anew as plain text."))
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def told_if_cut(text: str, book: Book) -> None:
    """Whoever writes journals ends them with a line end; without one, the last amount may lack its end."""
    if text and not text.endswith("\n"):
        words = _("The file ends in the middle of a line; look whether its last entry is whole.")
        book.remarks.append(Remark(words, text.count("\n") + 1))


_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)


@lru_cache(maxsize=20_000)
def day_of(text: str) -> dt.date:
    """Of “2026-01-31”, also with slashes or points between."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise NotADay(_("“%(text)s” is not a date.") % {"text": text[:40]})
    try:
        day = dt.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError as error:
        raise NotADay(_("There is no such day as “%(text)s”.") % {"text": text[:40]}) from error
    return in_days(day)
