"""Tables of other apps: told by their headings, read by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book
from ledger.importing.csv.grid import grid_of
from ledger.importing.found import Refused
from ledger.importing.how import How
from ledger.importing.source import Source

LONGEST_HEAD = 4000


def headings_of(source: Source) -> tuple[str, ...]:
    """The words of the first line, in small letters; empty where it is no line of a table."""
    return tuple(_plain(word) for word in first_cells(source))


def first_cells(source: Source) -> list[str]:
    """The cells of the first line as they stand."""
    return _cells(source.head_text.lstrip("\ufeff\r\n ")[:LONGEST_HEAD].replace("\r", "\n").partition("\n")[0])


def second_cells(source: Source) -> list[str]:
    """The cells of the line below the headings, where it is one line."""
    text = source.head_text.lstrip("\ufeff\r\n ")[: 2 * LONGEST_HEAD].replace("\r\n", "\n").replace("\r", "\n")
    return _cells(text.partition("\n")[2].partition("\n")[0])


def _cells(line: str) -> list[str]:
    if not line or "\0" in line:
        return []
    found: list[list[str]] = []
    for delimiter in ",;\t":
        try:
            found += [row for row in csv.reader([line], delimiter=delimiter) if len(row) > 1]
        except csv.Error:
            continue
    return max(found, key=len, default=[])


def has(head: tuple[str, ...], needed: Iterable[str], *marks: str, damaged: int = 2) -> bool:
    """Whether these are the headings of an app; a few may be damaged, which is told when they are looked for.

    `marks` are those by which it differs from any bank: one of them must be there.
    """
    is_marked = not marks or any(mark in head for mark in marks)
    return is_marked and len(set(needed) - set(head)) <= damaged


def has_in_order(head: tuple[str, ...], order: tuple[str, ...], damaged: int = 2) -> bool:
    """Whether these are just the headings that an app writes, in its order, but for a few that are damaged."""
    return len(head) == len(order) and sum(map(str.__ne__, head, order)) <= damaged


def _plain(word: str) -> str:
    return " ".join(word.strip().strip("\ufeff").lower().split()).rstrip(".")


@dataclass(slots=True)
class Line:
    """One row of a table by the names of its columns."""

    number: int
    original: str
    cells: list[str]
    columns: dict[str, int]

    def __getitem__(self, name: str) -> str:
        """What stands in a column, empty where there is none of that name."""
        index = self.columns.get(name)
        return "" if index is None else self.cells[index]


def lines_of(
    source: Source, how: How, book: Book, needed: tuple[str, ...], names: tuple[str, ...] = ()
) -> Iterator[Line]:
    """The rows below the headings. One with fewer cells than there are columns was cut off, and is told.

    `names` are taken for the headings where these are in another language.
    """
    grid = grid_of(source, locale=how.locale)
    rows = grid.walk()
    head = next(rows, None)
    columns: dict[str, int] = {}
    for index, word in enumerate(names or (head.cells if head else [])):
        columns.setdefault(_plain(word), index)
    missing = [name for name in needed if name not in columns]
    if len(missing) > len(needed) // 2:
        raise Refused(_("The first line, which names the columns, is missing from this file. Export it anew."))
    if missing or not head:
        raise Refused(_("The column “%(name)s” is missing from this file.") % {"name": (missing or needed)[0]})
    width = max(columns.values()) + 1
    total = len(source.content)
    for count, row in enumerate(rows):
        if count % 5000 == 0:
            how.step(min(count * 100, total), total)
        if len(row.cells) < width:
            problem = _("This row is cut off: it has %(count)s of %(width)s columns.")
            book.unread(row.line, row.original, problem % {"count": len(row.cells), "width": width})
        elif row.cells != head.cells:
            yield Line(row.line, row.original, [cell.strip() for cell in row.cells], columns)
    book.remarks += grid.remarks


def tags_in(text: str) -> tuple[str, ...]:
    """Words parted by commas, each once."""
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip())) if text else ()
