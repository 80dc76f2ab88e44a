"""A report as a workbook: a sheet for each table, real numbers and days, heads that stay, sums that show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.exporting.workbook import DAY_PATTERN, decimal_of, number_pattern, open_workbook
from ledger.reporting.document import Amount, Cell, Count, Day, Document, Row, Share, Table, Words
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.tabular import Column, columns_of, tables_of

# What no sheet's name may hold, and how long one may be.
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
LONGEST_NAME: Final = 31
# A name that spreadsheets keep for themselves.
_RESERVED: Final = "history"
_NARROWEST, _WIDEST = 9, 60
_PATTERNS: Final = {Share: "0.0%", Count: "#,##0", Day: DAY_PATTERN}


def write_workbook(path: Path, document: Document, letterhead: Letterhead) -> None:
    tables = list(tables_of(document))
    about = _("About this report")
    names = sheet_names([*(table.title for table in tables), about])
    with open_workbook(path, title=f"{document.title}, {document.subtitle}") as book:
        formats = _Formats(book)
        for table, name in zip(tables, names, strict=False):
            _Sheet(book.add_worksheet(name), formats, table).write()
        _write_about(book.add_worksheet(names[-1]), formats, document, letterhead)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """The titles so that a workbook takes them: short enough, without signs it forbids, each only once."""
    found: list[str] = []
    taken = {_RESERVED}
    for title in titles:
        bare = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("' ") or _("Sheet")
        name, number = bare[:LONGEST_NAME].rstrip("' "), 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = bare[: LONGEST_NAME - len(end)].rstrip("' ") + end
        taken.add(name.casefold())
        found.append(name)
    return found


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[tuple[str, int, bool], Any] = {}
        head = {"bold": True, "bottom": 1, "text_wrap": False}
        self.head, self.number_head = book.add_format(head), book.add_format({**head, "align": "right"})
        self.strong = book.add_format({"bold": True})

    def of(self, cell: Cell, row: Row, *, is_first: bool) -> Any:
        key = (pattern_of(cell), row.level if is_first else 0, row.is_sum)
        if key not in self.known:
            pattern, level, is_sum = key
            look: dict[str, Any] = {"num_format": pattern} if pattern else {}
            look |= {"indent": level} if level else {}
            # The bookkeeper's rule: one line above a sum, two below.
            look |= {"bold": True, "top": 1, "bottom": 6} if is_sum else {}
            self.known[key] = self.book.add_format(look)
        return self.known[key]


def pattern_of(cell: Cell) -> str:
    if isinstance(cell, Amount):
        return number_pattern(minor_digits(cell.currency))
    if isinstance(cell, Share) and cell.signed:
        return "+0.0%;-0.0%;0.0%"
    return _PATTERNS.get(type(cell), "")


class _Sheet:
    """One sheet while it is written, row after row."""

    def __init__(self, sheet: Any, formats: _Formats, table: Table) -> None:
        self.sheet, self.formats, self.table = sheet, formats, table
        self.columns = columns_of(table)

    def write(self) -> None:
        self.sheet.freeze_panes(1, 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        for place, column in enumerate(self.columns):
            width = min(max(_NARROWEST, *map(len, self._texts(column))) + 2, _WIDEST)
            self.sheet.set_column(place, place, width)
            is_text = any(isinstance(column.of(row), Words) for row in self.table.rows) or not place
            self.sheet.write_string(0, place, column.head, self.formats.head if is_text else self.formats.number_head)
        for number, row in enumerate(self.table.rows, 1):
            self._write_row(number, row)
        if not self.table.rows and self.table.empty:
            self.sheet.write_string(1, 0, self.table.empty)

    def _texts(self, column: Column) -> Sequence[str]:
        return [column.head, *(_shown(column.of(row)) for row in self.table.rows)]

    def _write_row(self, number: int, row: Row) -> None:
        for place, column in enumerate(self.columns):
            cell = column.of(row)
            look = self.formats.of(cell, row, is_first=not place)
            if isinstance(cell, Amount):
                self.sheet.write_number(number, place, decimal_of(cell.minor, cell.currency), look)
            elif isinstance(cell, Day):
                self.sheet.write_datetime(number, place, cell.day, look)
            elif isinstance(cell, Words):
                self.sheet.write_string(number, place, cell.text, look)
            elif isinstance(cell, (Share, Count)) and cell.value is not None:
                self.sheet.write_number(number, place, cell.value, look)
            else:
                self.sheet.write_blank(number, place, None, look)


def _shown(cell: Cell) -> str:
    """About what the sheet shows, to measure how wide it is."""
    if isinstance(cell, Amount):
        text = decimal_text(cell.minor, minor_digits(cell.currency))
        return text + "," * (len(text) // 3)
    if isinstance(cell, Words):
        return cell.text
    return "0000-00-00" if isinstance(cell, Day) else "+000.0%"


def _write_about(sheet: Any, formats: _Formats, document: Document, letterhead: Letterhead) -> None:
    """The last sheet: what the report is, of whom and when, and what is not in its sums."""
    told = [
        (_("Report"), document.title),
        (_("Period"), document.subtitle),
        (_("Household"), letterhead.household),
        (_("Currency"), document.currency),
        (_("In short"), document.told),
        (_("Note"), document.honest),
    ]
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, _WIDEST)
    lines = [(name, text) for name, text in told if text]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, formats.strong)
        sheet.write_string(number, 1, text)
    sheet.write_string(len(lines), 0, _("Made on"), formats.strong)
    sheet.write_datetime(
        len(lines), 1, letterhead.made_on, formats.of(Day(letterhead.made_on), Row([]), is_first=False)
    )
