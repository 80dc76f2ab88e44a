"""Amounts as machines write them, exactly: a sign, digits and at most one decimal mark."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from financeflow.money.currencies import CODES, minor_digits
from financeflow.money.values import LARGEST

_PLAIN = re.compile(r"\s*([+-]?)\s*(\d*)(?:[.,](\d*))?\s*", re.ASCII)
_CODES = frozenset(CODES)


class NotAnAmount(ValueError):
    """Its text is a sentence for a person."""


def minor_units(text: str, currency: str) -> int:
    """Of “-12.5” in euros -1250. More decimals than the currency has must be zeros: nothing is rounded."""
    match = _PLAIN.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": text.strip()[:40]})
    digits = minor_digits(currency)
    decimals = (match[3] or "").ljust(digits, "0")
    if decimals[digits:].strip("0"):
        words = _("“%(text)s” has more decimals than %(currency)s keeps.")
        raise NotAnAmount(words % {"text": text.strip()[:40], "currency": currency})
    if len(match[2]) > 18:
        raise NotAnAmount(_("“%(text)s” is too large to keep.") % {"text": text.strip()[:40]})
    value = int((match[2] + decimals[:digits]) or 0)
    if value > LARGEST:
        raise NotAnAmount(_("“%(text)s” is too large to keep.") % {"text": text.strip()[:40]})
    return -value if match[1] == "-" else value


def known_currency(text: str) -> str:
    """The code in capitals, empty where no such currency is in use."""
    code = text.strip().upper()
    return code if code in _CODES else ""
