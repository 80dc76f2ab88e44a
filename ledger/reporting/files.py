"""A report as a file: which kinds there are, who writes each, and what the file is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ledger.calc.periods import Period
from ledger.reporting.comma import write_csv
from ledger.reporting.document import Document
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.plain import write_json
from ledger.reporting.workbook import write_workbook

Writer = Callable[[Path, Document, Letterhead], None]


def _write_pdf(path: Path, document: Document, letterhead: Letterhead) -> None:
    from ledger.reporting.pdf import write_pdf  # noqa: PLC0415 - brings reportlab and its faces, which are slow to load

    write_pdf(path, document, letterhead)


def _write_json(path: Path, document: Document, _letterhead: Letterhead) -> None:
    write_json(path, document)


# For each kind what it is to a browser, and who writes it.
FILES: Final[dict[str, tuple[str, Writer]]] = {
    "pdf": ("application/pdf", _write_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
    "csv": ("text/csv; charset=utf-8", write_csv),
    "json": ("application/json", _write_json),
}


def file_name(document: Document, period: Period | None, kind: str) -> str:
    """monthly-2026-11.pdf, or what the report itself calls its time where it is asked for no period."""
    days = days_of(period) if period else re.sub(r"\W+", "-", document.subtitle).strip("-").lower()
    return "-".join(filter(None, [document.name, days])) + f".{kind}"


def days_of(period: Period) -> str:
    """2026-11, 2026-q4, 2026, or from month to month, or from day to day."""
    if period.is_month:
        return f"{period.first:%Y-%m}"
    if period.kind == "quarter":
        return f"{period.first.year}-q{(period.first.month + 2) // 3}"
    if period.whole_months == 12 and period.first.month == 1:
        return str(period.first.year)
    if period.whole_months:
        return f"{period.first:%Y-%m}-to-{period.last:%Y-%m}"
    return f"{period.first.isoformat()}-to-{period.last.isoformat()}"
