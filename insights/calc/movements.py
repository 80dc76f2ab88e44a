"""Movements of money as a script tells them: a description, and what else is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any, Final

from financeflow.money.currencies import minor_digits
from insights.calc.asking import Asked
from insights.calc.naming import key_of, words_of

LONGEST: Final = 500
LONGEST_NAME: Final = 120
# Minor units that the books can hold.
MOST: Final = 10**17
USUAL: Final = "EUR"
_AMOUNT: Final = re.compile(r"[+-]?\d{1,20}(\.\d{1,10})?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


class NotUnderstood(ValueError):
    """Why something is no movement, in words for whoever told it."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Something that wants a category; an amount of 0 says nothing, and is in minor units."""

    description: str
    amount: int = 0
    currency: str = ""
    day: date | None = None

    def asked(self, *, payee: str = "", payee_key: str = "") -> Asked:
        return Asked(
            words=words_of(payee, self.description),
            key=key_of(payee_key, self.description),
            amount=self.amount,
            currency=self.currency,
            day=self.day.day if self.day else 0,
        )


def read_json(line: bytes | str) -> dict[str, Any]:
    """One line of JSON; a number keeps the digits it is written with."""
    try:
        found = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("This is no JSON.") from error
    if not isinstance(found, dict):
        raise NotUnderstood('Each line is an object, such as {"description": "LIDL 4711"}.')
    return found


def movement_in(told: Mapping[str, Any]) -> Movement:
    """What is empty says nothing."""
    currency = _text(told, "currency").strip().upper()
    if currency and not _CURRENCY.fullmatch(currency):
        raise NotUnderstood("The currency has three letters, such as EUR.")
    description = _text(told, "description").strip()
    if not description:
        raise NotUnderstood("The description is missing.")
    amount = _minor(_text(told, "amount").strip(), currency or USUAL)
    return Movement(description[:LONGEST], amount, currency, _day(_text(told, "date").strip()))


def category_in(told: Mapping[str, Any]) -> str:
    """The name or the key of one."""
    name = " ".join(_text(told, "category").split())
    if not name:
        raise NotUnderstood("The category is missing.")
    if len(name) > LONGEST_NAME:
        raise NotUnderstood(f"The name of the category has more than {LONGEST_NAME} letters.")
    return name


def _text(told: Mapping[str, Any], name: str) -> str:
    said = told.get(name)
    if said is None:
        return ""
    if not isinstance(said, str):
        raise NotUnderstood(f"The {name} is no text.")
    return said.encode("utf-8", "replace").decode()


def _minor(text: str, currency: str) -> int:
    if not text:
        return 0
    if not _AMOUNT.fullmatch(text) or not text.isascii():
        raise NotUnderstood('The amount is a number with a sign, such as "-12.50".')
    try:
        minor = int(Decimal(text).scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_EVEN))
    except (InvalidOperation, ValueError) as error:
        raise NotUnderstood("The amount is no number.") from error
    if abs(minor) > MOST:
        raise NotUnderstood("The amount is larger than any account.")
    return minor


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotUnderstood("The date is written as 2026-01-31.") from error
