"""Days and amounts as OFX writes them, and as banks write them all the same."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.values import LARGEST
from ledger.importing.amounts import NotAnAmount, minor_units
from ledger.importing.ofx.tags import cleaned

_CENTS = re.compile(r"([+-]?)(\d{1,13})[.,](\d\d)", re.ASCII)
# Thousands, and the hundred thousands and tens of millions of India.
_GROUPED = re.compile(r"([+-]?)(\d{1,3}([.,' \u00a0\u202f’])(?:\d{2,3}\3)*\d{3})([.,])(\d+)", re.ASCII)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
# The day as the bank wrote it; the time and its zone after it move nothing.
_DAY = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[T ]?[\d:.]*)?\s*(?:Z|[+-]\d\d:?\d\d|\[[^\]]*\]?)?", re.ASCII)
_EARLIEST = 1900


class NotADay(ValueError):
    """Its text is a sentence for a person."""


def amount_of(text: str, currency: str) -> int:
    """Minor units. A mark between thousands is against the format and taken only where no other reading is left."""
    text = text.strip()
    match = _CENTS.fullmatch(text)
    if match is not None and minor_digits(currency) == 2:
        value = int(match[2] + match[3])
        if value <= LARGEST:
            return -value if match[1] == "-" else value
    text = cleaned(text).replace("\N{MINUS SIGN}", "-")
    if _EITHER.fullmatch(text) and minor_digits(currency) != 3:
        raise NotAnAmount(_("“%(text)s” may have thousands or three decimals.") % {"text": text})
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and grouped[3] != grouped[4]:
        text = f"{grouped[1]}{re.sub(r'[^0-9]', '', grouped[2])}.{grouped[5]}"
    return minor_units(text, currency)


def day_of(text: str) -> dt.date:
    """“20240115120000[-5:EST]” is the 15th wherever it is read."""
    text = text.strip()
    day = _day_of(text[:8]) if text[:8].isdigit() else None
    if day is None or not (len(text) == 8 or _DAY.fullmatch(text)):
        day = _longer(text)
    if day is None:
        raise NotADay(_("“%(text)s” is not a day.") % {"text": cleaned(text)[:40]})
    return day


@lru_cache(maxsize=4096)
def _day_of(text: str) -> dt.date | None:
    if not text.isascii() or int(text[:4]) < _EARLIEST:
        return None
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _longer(text: str) -> dt.date | None:
    match = _DAY.fullmatch(cleaned(text))
    return _day_of(f"{match[1]}{match[3]}{match[4]}") if match else None


def rate_of(text: str) -> Decimal | None:
    """How much of the account's currency one unit of the other is worth."""
    try:
        rate = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and Decimal("1e-9") < rate < Decimal("1e9") else None


def times(amount: int, currency: str, rate: Decimal, into: str) -> int:
    """An amount of one currency in another, rounded once, half to even."""
    units = Decimal(amount).scaleb(minor_digits(into) - minor_digits(currency)) * rate
    value = int(units.to_integral_value(ROUND_HALF_EVEN))
    if abs(value) > LARGEST:
        raise NotAnAmount(_("The amount is too large to keep in %(currency)s.") % {"currency": into})
    return value


__all__ = ["NotADay", "NotAnAmount", "amount_of", "day_of", "rate_of", "times"]
