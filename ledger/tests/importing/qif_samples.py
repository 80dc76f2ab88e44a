"""QIF in a line: entries of a register, read as the desk reads them."""

from __future__ import annotations

import datetime as dt

from ledger.importing.found import Found, FoundRow, FoundStatement
from ledger.importing.how import How
from ledger.importing.qif import FORMAT
from ledger.importing.source import Source


def entry(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines) + "^\n"


def entries(*days: str, amount: str = "-1.00") -> str:
    return "".join(entry(f"D{day}", f"T{amount}") for day in days)


def read(
    text: str | bytes, *, currency: str = "EUR", locale: str = "en", mapping: dict[str, object] | None = None
) -> Found:
    raw = text if isinstance(text, bytes) else text.encode()
    how = How(today=dt.date(2026, 3, 1), currency=currency, locale=locale, mapping=mapping)
    return FORMAT.read(Source("a.qif", raw), how)


def only(*texts: str, kind: str = "Bank", currency: str = "EUR", locale: str = "en") -> FoundStatement:
    """The first entry begins in line 2."""
    found = read(f"!Type:{kind}\n" + "".join(texts), currency=currency, locale=locale)
    assert len(found.statements) == 1
    assert found.questions == []
    return found.statements[0]


def row(*lines: str, kind: str = "Bank") -> FoundRow:
    found = only(entry("D2024-05-06", *lines), kind=kind)
    assert found.unread == []
    return found.rows[0]


def days_of(found: Found) -> list[str]:
    return [each.date.isoformat() for statement in found.statements for each in statement.rows]
