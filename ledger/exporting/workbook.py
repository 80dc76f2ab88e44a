"""A list of transactions as a workbook: real days and numbers, a head that stays, sums below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.exporting.sheet import COLUMNS, SheetLine

# A sheet holds 1,048,576 rows; one is the head and one the sums.
MOST_LINES: Final = 1_048_574
DAY_PATTERN: Final = "yyyy-mm-dd"
_WIDTHS: Final = (11, 11, 20, 28, 30, 28, 20, 14, 9, 16, 18, 30, 11, 20, 37)
_DAYS, _AMOUNT, _WORTH = (0, 1), 7, 9
_TEXTS: Final = tuple(place for place in range(len(COLUMNS)) if place not in (*_DAYS, _AMOUNT, _WORTH))


class TooManyLines(Exception):
    """More than a sheet can hold."""


@contextmanager
def open_workbook(path: Path, *, title: str) -> Iterator[Any]:
    """A workbook to write into, row after row so that memory stays small; no text in it becomes a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - slow to import, and needed here alone

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": DAY_PATTERN}) as book:
        book.set_properties({"title": title})
        yield book


def write_workbook(path: Path, lines: Iterable[SheetLine], *, base: str, title: str) -> int:
    """Write the lines; how many there were."""
    with open_workbook(path, title=title) as book:
        sheet = _Sheet(book, base)
        for line in lines:
            sheet.add(line)
        sheet.end()
        return sheet.count


class _Sheet:
    """The one sheet of the workbook while it is written."""

    def __init__(self, book: Any, base: str) -> None:
        self.book, self.base, self.count, self.worth = book, base, 0, 0
        self.sums: dict[str, int] = {}
        self.formats: dict[tuple[int, bool], Any] = {}
        self.strong = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": DAY_PATTERN})
        self.sheet = book.add_worksheet(_("Transactions"))
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(1, 0)
        for column, name in enumerate(COLUMNS):
            self.sheet.write_string(0, column, str(name) % {"base": base}, self.strong)

    def add(self, line: SheetLine) -> None:
        if self.count >= MOST_LINES:
            raise TooManyLines
        self.count += 1
        for column in _TEXTS:
            if value := line[column]:
                self.sheet.write_string(self.count, column, str(value))
        for column in _DAYS:
            if value := line[column]:
                self.sheet.write_datetime(self.count, column, value, self.day)
        self._number(self.count, _AMOUNT, line.amount, line.currency)
        if line.base_amount is not None:
            self._number(self.count, _WORTH, line.base_amount, self.base)
        self.sums[line.currency] = self.sums.get(line.currency, 0) + line.amount
        self.worth += line.base_amount or 0

    def end(self) -> None:
        """Sums of what is shown, also while a filter hides some; amounts of different currencies are never added."""
        if not self.count:
            return
        self.sheet.autofilter(0, 0, self.count, len(COLUMNS) - 1)
        self.sheet.write_string(self.count + 1, 0, _("Sum"), self.strong)
        self._sum("J", _WORTH, self.worth, self.base)
        if len(self.sums) == 1:
            [(currency, total)] = self.sums.items()
            self._sum("H", _AMOUNT, total, currency)

    def _sum(self, letter: str, column: int, total: int, currency: str) -> None:
        formula = f"=SUBTOTAL(109,{letter}2:{letter}{self.count + 1})"
        value = decimal_of(total, currency)
        self.sheet.write_formula(self.count + 1, column, formula, self._format(currency, strong=True), str(value))

    def _number(self, row: int, column: int, minor: int, currency: str) -> None:
        self.sheet.write_number(row, column, decimal_of(minor, currency), self._format(currency))

    def _format(self, currency: str, *, strong: bool = False) -> Any:
        digits = minor_digits(currency)
        if (digits, strong) not in self.formats:
            self.formats[digits, strong] = self.book.add_format({"num_format": number_pattern(digits), "bold": strong})
        return self.formats[digits, strong]


def number_pattern(digits: int) -> str:
    """How a sheet shows an amount that has so many decimals; its point and groups are those of the reader's country."""
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


def decimal_of(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-minor_digits(currency))
