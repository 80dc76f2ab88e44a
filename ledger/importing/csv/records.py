"""The records of a delimited text, one by one with where they stand; a quote that never closes costs one line only."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from ledger.importing.found import Remark

# No remark of a bank is longer: what goes on beyond is a quote that was never closed.
_MOST_LINES = 100
_MOST_REMARKS = 50
_SECOND_LOOKS = 20_000


class GridRow(NamedTuple):
    """`line` is where it begins, counted from 1; `original` is its exact text; cells are as written, unquoted."""

    line: int
    original: str
    cells: list[str]


class _Torn(Exception):
    """A record that took other records into its quotes."""


class Records:
    """Walks the records once; afterwards `remarks` tells where quotes had to be mended."""

    def __init__(self, lines: Iterable[str], delimiter: str, quote: str, *, wrapped: bool = False) -> None:
        self.remarks: list[Remark] = []
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._next: str | None = None
        self._delimiter, self._quote, self._wrapped = delimiter, quote, wrapped
        self._looks = _SECOND_LOOKS

    def __iter__(self) -> Iterator[GridRow]:
        line, held, quote, delimiter = 1, self._held, self._quote, self._delimiter
        reader, spaced = self._reader(), delimiter + " "
        for text in self._lines_again():
            if not quote or quote not in text:
                original = text.rstrip("\r\n")
                cells = original.split(delimiter)
                if spaced in text:
                    cells = [cell.lstrip(" ") for cell in cells]
                if any(cells):
                    yield GridRow(line, original, cells)
                line += 1
                continue
            held.append(text)
            self._next = text
            try:
                cells = next(reader)
                original = text.rstrip("\r\n") if len(held) == 1 else self._joined(cells)
            except (csv.Error, _Torn, StopIteration):
                reader = self._reader()
                row = self._mended(line)
                quote = self._quote
                line += 1
                yield row
                continue
            if self._wrapped and len(cells) == 1:
                cells = split_loosely(cells[0], delimiter, quote)
            if any(cells):
                yield GridRow(line, original, cells)
            line += len(held)
            held.clear()

    def _lines_again(self) -> Iterator[str]:
        """The lines, and before them those that were looked at in vain."""
        again = self._again
        for text in self._lines:
            yield text
            while again:
                yield again.popleft()

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(
            self._fed(), delimiter=self._delimiter, quotechar=self._quote or None, skipinitialspace=True, strict=True
        )

    def _fed(self) -> Iterator[str]:
        """The line in hand, then those that its record goes on in."""
        held, again, lines = self._held, self._again, self._lines
        while True:
            if self._next is not None:
                text, self._next = self._next, None
            else:
                if len(held) >= _MOST_LINES:
                    raise _Torn
                following = again.popleft() if again else next(lines, None)
                if following is None:
                    return
                text = following
                held.append(text)
            yield text

    def _joined(self, cells: list[str]) -> str:
        """Of several lines the text; unless one of them is a record of its own, as alike as one egg to another."""
        shape = _shape(cells[0])
        for text in self._held[1:]:
            alone = split_loosely(text.rstrip("\r\n"), self._delimiter, self._quote)
            if len(alone) == len(cells) and len(alone) > 1 and shape and _shape(alone[0]) == shape:
                raise _Torn
        return "".join(self._held).rstrip("\r\n")

    def _mended(self, line: int) -> GridRow:
        first, *rest = self._held
        self._held.clear()
        self._again.extendleft(reversed(rest))
        self._looks -= len(rest)
        original = first.rstrip("\r\n")
        cells = split_loosely(original, self._delimiter, self._quote)
        if rest or original.count(self._quote) % 2:
            self._tell(line)
        if self._looks < 0:
            self._quote = ""
        return GridRow(line, original, cells)

    def _tell(self, line: int) -> None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(Remark(_("A quotation mark is not closed here; the line was read by itself."), line))


def _shape(text: str) -> str:
    """What kind of thing stands in a cell: digits are alike, and so are letters."""
    return "".join("0" if char.isdigit() else "a" if char.isalpha() else char for char in text.strip()[:24])


def split_loosely(text: str, delimiter: str, quote: str) -> list[str]:
    """One line in cells, whatever its quotes: one closes only before a delimiter or at the end."""
    cells: list[str] = []
    place, length = 0, len(text)
    while place <= length:
        while text[place : place + 1] == " ":
            place += 1
        end = _closing(text, place + 1, delimiter, quote) if quote and text.startswith(quote, place) else -1
        if end >= 0:
            cells.append(text[place + 1 : end].replace(quote * 2, quote))
            place = end + 1
        start, place = place, text.find(delimiter, place)
        place = length if place < 0 else place
        if end < 0:
            cells.append(text[start:place])
        place += 1
    return cells


def _closing(text: str, place: int, delimiter: str, quote: str) -> int:
    """Where the quote ends that was opened before; -1 where it does not."""
    while (place := text.find(quote, place)) >= 0:
        after = text[place + 1 :].lstrip(" ")[:1] if text[place + 1 : place + 2] == " " else text[place + 1 : place + 2]
        if after in ("", delimiter):
            return place
        place += 2 if after == quote else 1
    return -1
