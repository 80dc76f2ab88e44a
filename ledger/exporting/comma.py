"""A list of transactions as CSV that a spreadsheet opens right in the household's country."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from financeflow.money.writing import writing
from ledger.exporting.sheet import COLUMNS, SheetLine

# A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(path: Path, lines: Iterable[SheetLine], *, base: str, locale: str) -> int:
    """Write the lines; how many there were. Where decimals have a comma, a semicolon stands between columns."""
    point = writing(base, locale).point
    delimiter = ";" if point == "," else ","
    digits = {base: minor_digits(base)}
    count = 0
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=delimiter)
        out.writerow([str(column) % {"base": base} for column in COLUMNS])
        for line in lines:
            count += 1
            if line.currency not in digits:
                digits[line.currency] = minor_digits(line.currency)
            amount = decimal_text(line.amount, digits[line.currency])
            worth = "" if line.base_amount is None else decimal_text(line.base_amount, digits[base])
            if point == ",":
                amount, worth = amount.replace(".", ","), worth.replace(".", ",")
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
