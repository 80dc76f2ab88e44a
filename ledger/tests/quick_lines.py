"""A household's names, and what a line of quick add says among them."""

from datetime import date
from typing import Any

from ledger.calc.quick_add import Known, QuickAdd, read_quick_add
from ledger.calc.words import name_key

TODAY = date(2026, 11, 18)  # a Wednesday
LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "he-IL", "es-ES", "pl-PL"]
NAMES = ("amount", "currency", "day", "account", "to_account", "to_amount", "to_currency", "payee", "category", "note")


def known(number: int, name: str, currency: str = "") -> Known:
    return Known(number, name, name_key(name), currency)


ACCOUNTS = [
    known(1, "Checking", "EUR"),
    known(2, "Savings", "EUR"),
    known(3, "Amex Gold", "EUR"),
    known(4, "Joint card", "EUR"),
    known(5, "Joint savings", "EUR"),
    known(6, "Dollars", "USD"),
    known(7, "Savings 2", "EUR"),
]
PAYEES = [known(1, "Pret"), known(2, "Pret A Manger"), known(3, "Friday Bar"), known(1, "PRET 0123")]
CATEGORIES = [known(1, "Dining"), known(2, "Eating out"), known(3, "Groceries")]


def read(line: str, locale: str = "en-GB", base_currency: str = "EUR") -> QuickAdd:
    return read_quick_add(
        line,
        today=TODAY,
        locale=locale,
        base_currency=base_currency,
        accounts=ACCOUNTS,
        payees=PAYEES,
        categories=CATEGORIES,
    )


def said(found: QuickAdd) -> dict[str, Any]:
    """What the line said by itself: values by the name of their part."""
    values = {name: part.value for name in NAMES if (part := getattr(found, name)) and (part.spans or name == "day")}
    named = {name: value.name if isinstance(value, Known) else value for name, value in values.items()}
    return named | ({"tags": [tag.value for tag in found.tags]} if found.tags else {})


def value_of(found: QuickAdd, name: str) -> Any:
    if name == "tags":
        return [tag.value for tag in found.tags]
    part = getattr(found, name)
    value = part.value if part else None
    return value.name if isinstance(value, Known) else value
