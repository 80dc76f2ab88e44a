"""What the lines above a table say of the whole: whose account, which currency, the balances."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.importing.amounts import known_currency
from ledger.importing.csv.closing_words import end_of
from ledger.importing.csv.figures import Figures
from ledger.importing.csv.headings import role_of
from ledger.importing.csv.records import GridRow

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_NUMBER = re.compile(r"[A-Z]{0,2}[\dxX*•][\dxX*• ./-]{2,30}[\dxX*]\b")
_WHOLE = re.compile(r"[A-Z0-9xX*•][A-Z0-9xX*•_./ -]{3,40}")
_DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_AMOUNT = re.compile(
    r"[-+\u2212]?\s?(?:[€$£¥₪₹]|[A-Z]{3}\s)?\s?[-+\u2212]?\d[\d.,'’ \u00a0\u202f]*"
    r"(?:\s?(?:[€$£₪]|[A-Z]{3}\b|CR\b|DR\b))?"
)
# “Account 12-3456 (Savings)” and the like, in one piece with other words.
_WITHIN = re.compile(
    r"\b(?:account|konto|kontonummer|compte|cuenta|conto|conta|rekening|rachunek|tili|hesap|szamlaszam)\b[^\d*]{0,30}?"
    r"(?:n[°ºo]\.?|nr\.?|no\.?|#)?\s?([\d*xX][\d*xX .-]{3,30}[\dxX*])\b",
    re.IGNORECASE,
)


@dataclass
class Preamble:
    """Empty where nothing is said. A balance is still text: what it is in depends on the table."""

    account: str = ""
    currency: str = ""
    opening: str = ""
    closing: str = ""


def preamble_of(rows: list[GridRow]) -> Preamble:
    said = Preamble()
    for row in rows:
        cells = [text for cell in row.cells if (text := cell.strip()).strip(":")]
        for label, value in _pairs(cells):
            _take(said, label, value)
        if len(cells) > 2 and said.account and not said.closing and _DAY.fullmatch(cells[-2]):
            # One line with the account, a day and what it held then.
            said.closing = cells[-1]
        line = " ".join(cells)
        if (found := _IBAN.search(line)) and len(found[0].replace(" ", "")) >= 15:
            said.account = said.account if _IBAN.fullmatch(said.account) else found[0]
        elif not said.account and (within := _WITHIN.search(line)):
            said.account = within[1].strip()
    return said


def _pairs(cells: list[str]) -> list[tuple[str, str]]:
    """Label and value: in one cell with a colon, in two beside each other, or a sentence that ends in an amount."""
    pairs = []
    for place, text in enumerate(cells):
        label, colon, value = text.partition(":")
        if colon and value.strip():
            pairs.append((label, value.strip()))
            continue
        if place + 1 < len(cells):
            pairs.append((label, cells[place + 1]))
        bare = _DAY.sub(" ", text)
        amounts = list(_AMOUNT.finditer(bare))
        if amounts and not bare[amounts[-1].end() :].strip():
            pairs.append((bare[: amounts[-1].start()], amounts[-1][0].strip()))
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
    if _WHOLE.fullmatch(value) and sum(char.isdigit() for char in value) > 2:
        return value
    found = _NUMBER.search(value)
    return found[0].strip() if found else ""


def balance_in(text: str, figures: Figures) -> int | None:
    """Of “1.234,50 EUR on 31.03.” the amount; None where it cannot be read like the amounts of the table."""
    found = _AMOUNT.match(text)
    value = figures.read(found[0].strip()) if found else None
    return value if isinstance(value, int) else None
