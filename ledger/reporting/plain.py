"""A report as plain values, for programs: amounts as text and in minor units, days in ISO form, shares as numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.reporting.document import Amount, Cell, Count, Day, Document, Row, Share, Table, Words


def plain_document(document: Document) -> dict[str, Any]:
    """All that a report says: figures and tables by key, also the tables of charts."""
    return {
        "report": document.name,
        "title": document.title,
        "subtitle": document.subtitle,
        "currency": document.currency,
        "told": document.told,
        "honest": document.honest,
        "figures": {
            figure.key: {"label": figure.label, "value": plain_cell(figure.value), "note": figure.note}
            for figure in document.figures
        },
        "tables": {table.key: _table(table) for table in document.tables},
    }


def plain_cell(cell: Cell) -> Any:
    """A cell as JSON has it. What has a list of transactions says where that is."""
    if isinstance(cell, Amount):
        amount = decimal_text(cell.minor, minor_digits(cell.currency))
        return {"amount": amount, "minor": cell.minor, "currency": cell.currency, "list": cell.url}
    if isinstance(cell, Count):
        return {"count": cell.value, "list": cell.url}
    if isinstance(cell, Share):
        return cell.value
    if isinstance(cell, Day):
        return cell.day.isoformat()
    return cell.text if isinstance(cell, Words) else None


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "head": list(table.head),
        "rows": [_row(row) for row in table.rows],
        "note": table.note,
    }


def _row(row: Row) -> dict[str, Any]:
    return {"cells": [plain_cell(cell) for cell in row.cells], "level": row.level, "is_sum": row.is_sum}


def write_json(path: Path, document: Document) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(plain_document(document), file, ensure_ascii=False, indent=2)
        file.write("\n")
