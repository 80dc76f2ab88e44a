"""Small tables for tests: read as CSV in one line, and seen as plain tuples."""

from __future__ import annotations

import datetime as dt

from ledger.importing.csv import FORMAT
from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.source import Source

TODAY = dt.date(2026, 3, 31)
Move = tuple[str, int, str]


def how(currency: str = "EUR", locale: str = "de-DE", mapping: dict[str, object] | None = None) -> How:
    return How(today=TODAY, currency=currency, locale=locale, mapping=mapping)


def found(text: str | bytes, told: How | None = None) -> Found:
    content = text if isinstance(text, bytes) else text.encode()
    return FORMAT.read(Source("table.csv", content), told or how())


def moves(found: Found) -> list[Move]:
    """Day, amount and description of every row of every account."""
    return [(str(row.date), row.amount, row.description) for each in found.statements for row in each.rows]


def told_lines(found: Found) -> list[int | None]:
    """The lines of which something is said."""
    remarks = [remark.line for remark in found.remarks]
    for each in found.statements:
        remarks += [remark.line for remark in each.remarks] + [unread.line for unread in each.unread]
    return remarks
