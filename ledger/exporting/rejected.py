"""Rows of a file that stay out, in the shape they had, with the reason beside each: to be mended and brought again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.exporting.comma import plain
from ledger.models import Import, ImportRow
from ledger.queries.imports.listed import Rejected

# A sign before digits makes no formula, and must stay if the file shall be read again.
_FIGURE: Final = re.compile(r"[+-][\d.,'’  ]*\d[\d.,'’  ]*(?:[^\W\d]{1,3})?")


def write_rejected(path: Path, upload: Import, rows: Iterable[Rejected]) -> int:
    """Write them; how many there were. A table keeps its columns; of another format it is what was understood."""
    mapping = upload.mapping or {}
    shape = _Table(mapping) if mapping.get("columns") else _Understood()
    count, reasons = 0, Reasons()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=shape.delimiter)
        if shape.head:
            out.writerow([*map(safe, shape.head), _("Why it stayed out")])
        for row in rows:
            count += 1
            out.writerow([*map(safe, shape.cells(row)), safe(reasons.of(row))])
    return count


def safe(text: str) -> str:
    """No spreadsheet runs it; a negative amount stays one."""
    return text if _FIGURE.fullmatch(text) else plain(text)


class Reasons:
    """Why a row stayed out, in the language of who asks; found once for each verdict."""

    def __init__(self) -> None:
        self.verdicts = {value: str(label) for value, label in ImportRow.Verdict.choices}
        self.own = _("By your own decision. ")
        self.left_out = _("Its account was left out.")

    def of(self, row: Rejected) -> str:
        if row.is_left_out:
            return self.left_out
        said = f"{self.verdicts[row.verdict]}{': ' * bool(row.reason)}{row.reason}"
        return f"{self.own}{said}" if row.is_decided else said


class _Table:
    """The columns that the file has."""

    def __init__(self, mapping: dict[str, object]) -> None:
        self.delimiter = str(mapping.get("delimiter") or ",")
        self.quote = str(mapping.get("quote") or '"')
        # Rows of a workbook are kept with a tab between their cells.
        self.parted_by = str(mapping.get("delimiter") or "\t")
        headings = mapping.get("headings")
        self.head = [str(each) for each in headings] if isinstance(headings, list) else []

    def cells(self, row: Rejected) -> Sequence[str]:
        parted = list(
            csv.reader(row.original.splitlines(keepends=True), delimiter=self.parted_by, quotechar=self.quote)
        )
        cells = parted[0] if len(parted) == 1 else [row.original]
        return [*cells, *[""] * (len(self.head) - len(cells))]


class _Understood:
    """Of formats that are no tables."""

    delimiter = ","

    @property
    def head(self) -> list[str]:
        return [
            *(str(_("Line")), str(_("Date")), str(_("Amount")), str(_("Currency")), str(_("Payee"))),
            *(str(_("Description")), str(_("Reference")), str(_("As it stands in the file"))),
        ]

    def cells(self, row: Rejected) -> Sequence[str]:
        currency = row.currency
        amount = "" if row.amount is None else decimal_text(row.amount, minor_digits(currency))
        day = row.date.isoformat() if row.date else ""
        words = (row.payee, row.description, row.reference, row.original)
        return [str(row.line), day, amount, currency if amount else "", *words]
