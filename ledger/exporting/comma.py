"""A list of transactions as CSV that a spreadsheet opens right in the household's country."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from financeflow.money.writing import writing
from ledger.exporting.sheet import COLUMNS, SheetLine

# A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the spreadsheets of a country read such a file: where decimals have a comma, columns have a semicolon."""

    point: str

    @property
    def delimiter(self) -> str:
        return ";" if self.point == "," else ","

    def number(self, text: str) -> str:
        """A number for machines as it is read there."""
        return text.replace(".", ",") if self.point == "," else text


def dialect_of(currency: str, locale: str) -> Dialect:
    return Dialect(writing(currency, locale).point)


@contextmanager
def comma_file(path: Path, dialect: Dialect) -> Iterator[Any]:
    """A file to write rows into. The mark at the beginning tells spreadsheets that this is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file, delimiter=dialect.delimiter)


def write_csv(path: Path, lines: Iterable[SheetLine], *, base: str, locale: str) -> int:
    """Write the lines; how many there were."""
    dialect = dialect_of(base, locale)
    digits = {base: minor_digits(base)}
    count = 0
    with comma_file(path, dialect) as out:
        out.writerow([str(column) % {"base": base} for column in COLUMNS])
        for line in lines:
            count += 1
            if line.currency not in digits:
                digits[line.currency] = minor_digits(line.currency)
            amount = dialect.number(decimal_text(line.amount, digits[line.currency]))
            worth = "" if line.base_amount is None else dialect.number(decimal_text(line.base_amount, digits[base]))
            out.writerow(
                (
                    line.day.isoformat(),
                    line.posted_on.isoformat() if line.posted_on else "",
                    plain(line.account),
                    plain(line.payee),
                    plain(line.description),
                    plain(line.category),
                    plain(line.memo),
                    amount,
                    line.currency,
                    worth,
                    plain(line.tags),
                    plain(line.notes),
                    line.status,
                    plain(line.transfer_account),
                    str(line.uid),
                )
            )
    return count


def plain(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe in front makes it words."""
    return f"'{text}" if text.startswith(_FORMULA) else text
