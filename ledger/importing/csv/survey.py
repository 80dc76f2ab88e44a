"""Where the table in a grid begins: the line of its headings, what stands above, and its first rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from ledger.importing.csv.closing_words import end_of, tells_an_end
from ledger.importing.csv.dates import looks_like_a_day
from ledger.importing.csv.figures import written
from ledger.importing.csv.headings import count_known, plain, role_of
from ledger.importing.csv.records import GridRow

_HEAD = 600
_SAMPLE = 400
_SEARCHED = 150


@dataclass
class Survey:
    """`header_line` is 0 where there are no headings; `sample` are the first rows that are rows, as far as one sees."""

    header_line: int
    headings: list[str]
    before: list[GridRow] = field(default_factory=list)
    sample: list[GridRow] = field(default_factory=list)
    # Whether a day and a figure stand in any of them.
    has_rows: bool = False
    # The first line that may be a row.
    first_line: int = 1

    @property
    def cells(self) -> list[list[str]]:
        return [row.cells for row in self.sample]


def surveyed(rows: Iterable[GridRow], today: dt.date, given: int | None) -> Survey:
    head = list(islice(rows, _HEAD))
    place = _given(head, given) if given is not None else _headings(head, today)
    if place is None:
        first = _first_of(head, today)
        before, body, headings = head[:first], head[first:], []
    else:
        before, body, headings = head[:place], head[place + 1 :], [cell.strip() for cell in head[place].cells]
    alike = _alike([row for row in body if _is_row(row.cells, today)], len(headings))
    return Survey(
        header_line=head[place].line if place is not None else 0,
        headings=headings,
        before=before,
        sample=(alike or [row for row in body if not is_repeated(row.cells, headings)])[:_SAMPLE],
        has_rows=bool(alike),
        first_line=body[0].line if body else (head[-1].line + 1 if head else 1),
    )


def _first_of(head: list[GridRow], today: dt.date) -> int:
    """Of a table without headings the first row whose days stand where they stand in most."""
    shapes = {index: _days_in(row.cells, today) for index, row in enumerate(head) if _is_row(row.cells, today)}
    usual = Counter(shapes.values()).most_common(1)
    return next((index for index, shape in shapes.items() if shape == usual[0][0]), 0)


def _days_in(cells: list[str], today: dt.date) -> tuple[int, ...]:
    return tuple(place for place, cell in enumerate(cells) if 5 < len(cell) < 60 and looks_like_a_day(cell, today))


def _alike(rows: list[GridRow], named: int) -> list[GridRow]:
    """Without lines that tell a balance, and without those that are wider than the others."""
    rows = [row for row in rows if not any(tells_an_end(cell) for cell in row.cells)]
    widths = Counter(len(row.cells) for row in rows)
    usual = named if named in widths else max(widths, key=lambda width: widths[width], default=0)
    even = [row for row in rows if not any(cell.strip() for cell in row.cells[usual:])]
    return even or rows


def _given(head: list[GridRow], line: int) -> int | None:
    return next((index for index, row in enumerate(head) if row.line == line), None) if line else None


def _headings(head: list[GridRow], today: dt.date) -> int | None:
    """The row with the most known headings, at least two; or unknown words right above the first row."""
    best, most = None, 1
    for index, row in enumerate(head[:_SEARCHED]):
        known = count_known(row.cells)
        if known < 2 or not _says_day_or_amount(row.cells) or _is_row(row.cells, today):
            continue
        score = 2 * known + (index + 1 < len(head) and _is_row(head[index + 1].cells, today))
        if score > most:
            best, most = index, score
    if best is not None:
        return best
    first = next((index for index, row in enumerate(head[:_SEARCHED]) if _is_row(row.cells, today)), 0)
    return first - 1 if first and _may_be_headings(head[first - 1].cells, head[first].cells) else None


def _says_day_or_amount(cells: list[str]) -> bool:
    roles = {role_of(cell.strip()) for cell in cells[:200]}
    return bool(roles & {"done", "date", "booked", "value", "amount", "debit", "credit", "gross", "net"})


def _may_be_headings(cells: list[str], below: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    words = [cell for cell in filled if len(cell) < 50 and any(char.isalpha() for char in cell)]
    numbered = any(sum(char.isdigit() for char in cell) > 3 for cell in filled)
    return len(filled) >= max(2, len(below) // 2) and len(words) == len(filled) == len(set(filled)) and not numbered


def _is_row(cells: list[str], today: dt.date) -> bool:
    """Whether a day and a figure stand in it."""
    days = _days_in(cells, today)
    return bool(days) and any(place not in days and cell and written(cell) for place, cell in enumerate(cells))


def is_repeated(cells: list[str], headings: list[str], places: Iterable[int] = ()) -> bool:
    """Whether it is the line of the headings once more, as some banks print it on each page; in these columns."""
    if len(cells) != len(headings):
        return False
    shared = [place for place in places or range(len(headings)) if place < len(headings)]
    return bool(shared) and all(plain(cells[place]) == plain(headings[place]) for place in shared)


def is_another_heading(cells: list[str], today: dt.date) -> bool:
    """Headings of another table: its rows cannot be read with the columns of this one."""
    filled = [cell for cell in cells if cell.strip()]
    known = count_known(filled)
    return known >= 3 and known * 2 > len(filled) and _says_day_or_amount(filled) and not _is_row(cells, today)


def looks_like_a_row(row: GridRow, survey: Survey, today: dt.date) -> bool:
    """Of a line above the headings: as wide as the table, with a day and a figure, and no balance of the whole."""
    filled = [cell for cell in row.cells if cell.strip()]
    if len(row.cells) < len(survey.headings) or len(filled) < 3 or not _is_row(row.cells, today):
        return False
    return not any(end_of(cell) for cell in filled)
