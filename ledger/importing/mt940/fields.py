"""The fields of an MT940 file, each with its place: “:61:” and all that stands until the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

_TAGS = "20|21|25P?|28[CD]?|60[FM]|61|62[FM]|64|65|86|13D?|34F|37J|90[CD]|NS"
# A movement whose tag is damaged, or stands behind other text because a line end is missing.
_MOVEMENT = r"(?!.{0,4}:61:).{0,7}\d{6}(?:\d{4})?[ER]?[CD][A-Z]?\d[\d.]*,\d{0,3}[NSF][A-Z0-9]{3}"
_BEHIND = r"(?<=[^\n\r]):61:(?=\d{6}(?:\d{4})?[ER]?[CD][A-Z]?\d)"
# Fields, and what stands between messages: blocks of SWIFT, the line that ends one, and headings that some banks add.
_AT_LINES = rf"^(?::({_TAGS}):|\{{[1-5]:|(-\}}?)[ \t]*\r?$|:940:|\x01|(?={_MOVEMENT})())"
_BORDERS = re.compile(_AT_LINES, re.M)
_BORDERS_ANYWHERE = re.compile(rf"{_AT_LINES}|{_BEHIND}()", re.M)
_COMMON = frozenset({"61", "86"})
_LIKE_MINUTES = frozenset({"13", "20", "25", "28"})
_MINUTES = re.compile(r":\d\d:\d\d(?!\d)")
_LONG_LINE = 60
# The tag of what looks like a movement and has none, and the groups above that find it.
DAMAGED = "damaged"
_NEXT_MESSAGE = re.compile(r"\s*(?:$|\{[1-5]:|:20:|:940:|\x01|\x03|[A-Z]{6}[A-Z0-9]{2}[A-Z0-9]{0,4}\s*\n)")
_DAMAGED_GROUPS = frozenset({3, 4})


@dataclass(slots=True)
class Field:
    """`text` is what stands after the tag, without the last line end; `end` is where the field ends in the file."""

    tag: str
    text: str
    line: int
    start: int
    end: int


def fields_of(text: str) -> Iterator[Field]:
    """In their order. Lines within a field are divided by a single line feed."""
    # To look for a tag at every letter takes long: only where there is one that begins no line.
    at_lines = text.count("\n:61:") + text.startswith(":61:")
    borders_of = _BORDERS if text.count(":61:") == at_lines else _BORDERS_ANYWHERE
    counted, line = 0, 1
    begun: re.Match[str] | None = None
    for found in chain(borders_of.finditer(text), (None,)):
        if found is not None and found[1] not in _COMMON and _is_in_words(found, text):
            continue
        if begun is not None and (begun[1] or begun.lastindex in _DAMAGED_GROUPS):
            start, end = begun.start(), found.start() if found else len(text)
            line += text.count("\n", counted, start)
            counted = start
            inner = text[begun.end() : end].replace("\r\n", "\n").replace("\r", "")
            yield Field(begun[1] or DAMAGED, inner.rstrip("\n\x03"), line, start, end)
        begun = found


def _is_in_words(found: re.Match[str], text: str) -> bool:
    """A lonely “-” that ends no message, because none begins after it; or minutes of a time that was cut by a line."""
    if found[2] == "-":
        return _NEXT_MESSAGE.match(text, found.end()) is None
    if found[1] not in _LIKE_MINUTES or _MINUTES.match(text, found.start()) is None:
        return False
    return found.start() - text.rfind("\n", 0, max(found.start() - 1, 0)) > _LONG_LINE


def with_line_feeds(text: str) -> str:
    """Line ends as line feeds where a file has others: of an old Mac, or “@@” as home banking sends them."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if "\n" not in text and "@@:" in text:
        text = text.replace("@@", "\n\n")
    return text
