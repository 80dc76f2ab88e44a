"""What the lines above a table say of the whole: whose account, which currency, the balances."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.importing.amounts import known_currency
from ledger.importing.csv.closing_words import end_of
from ledger.importing.csv.figures import Figures
from ledger.importing.csv.headings import plain, role_of
from ledger.importing.csv.kinds import IBAN
from ledger.importing.csv.records import GridRow

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_NUMBER = re.compile(r"[A-Z]{0,2}[\dxX*•][\dxX*• ./-]{2,30}[\dxX*]\b")
_AMOUNT = re.compile(
    r"[-+]?\s?(?:[€$£¥₪]|[A-Z]{3})?\s?[-+]?\d[\d.,' \u00a0]*(?:\s?(?:[€$£₪]|[A-Z]{3}|CR|DR|Cr|Dr)\b)?\s*$"
)


@dataclass
class Preamble:
    """Empty and None where nothing is said."""

    account: str = ""
    currency: str = ""
    opening: str = ""
    closing: str = ""


def preamble_of(rows: list[GridRow]) -> Preamble:
    said = Preamble()
    for row in rows:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        for label, value in _pairs(cells):
            _take(said, label, value)
        if not said.account and (found := _IBAN.search(" ".join(cells))) and len(found[0].replace(" ", "")) >= 15:
            said.account = found[0]
    return said


def _pairs(cells: list[str]) -> list[tuple[str, str]]:
    """Label and value, in one cell with a colon or in two beside each other."""
    pairs = []
    for place, text in enumerate(cells):
        label, colon, value = text.partition(":")
        if colon and value.strip():
            pairs.append((label, value.strip()))
        elif place + 1 < len(cells):
            pairs.append((label, cells[place + 1]))
    return pairs


def _take(said: Preamble, label: str, value: str) -> None:
    role, end = role_of(label.strip()), end_of(label)
    if role == "account" and not said.account:
        said.account = _number_in(value)
    elif role == "currency" and not said.currency:
        said.currency = known_currency(value)
    elif end == "opening" and not said.opening:
        said.opening = value
    elif end == "closing" and not said.closing:
        said.closing = value


def _number_in(value: str) -> str:
    if IBAN.fullmatch(value):
        return value
    found = _NUMBER.search(value)
    return (
        found[0].strip()
        if found
        else value
        if len(plain(value).split()) <= 2 and any(c.isdigit() for c in value)
        else ""
    )


def balance_in(text: str, figures: Figures) -> int | None:
    """Of “1.234,50 EUR on 31.03.” only what is an amount and nothing more."""
    value = figures.read(text) if text else None
    return value if isinstance(value, int) else None
