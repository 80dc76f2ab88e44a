"""Amounts with a point for decimals and their commodity, and what they are worth at a price."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.values import half_even
from ledger.importing.amounts import NotAnAmount, known_currency, minor_units
from ledger.importing.apps.books import within

MOST_DIGITS = 40


@lru_cache(maxsize=50_000)
def exact_amount(number: str, commodity: str) -> tuple[str, int]:
    """The currency and the minor units; no currency where the commodity is not money."""
    currency = known_currency(commodity)
    if not currency:
        scaled(number)
        return "", 0
    return currency, minor_units(number.replace(",", "").replace(" ", ""), currency)


def scaled(number: str) -> tuple[int, int]:
    """A number as whole digits and how many of them are decimals."""
    plain = number.replace(",", "").replace(" ", "")
    whole, _point, decimals = plain.partition(".")
    digits = whole.lstrip("+-") + decimals
    if not (digits.isascii() and digits.isdigit()) or len(digits) > MOST_DIGITS:
        raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": number.strip()[:40]})
    return (-int(digits) if "-" in whole else int(digits)), len(decimals)


def worth_of(quantity: str, price: str, currency: str, *, is_total: bool) -> int:
    """What a quantity is worth in minor units, rounded once; a total has the sign of the quantity."""
    units, unit_digits = scaled(quantity)
    each, price_digits = scaled(price)
    if is_total:
        units, unit_digits = (-1 if units < 0 else 1), 0
        each = abs(each)
    return within(half_even(units * each * 10 ** minor_digits(currency), 10 ** (unit_digits + price_digits)))
