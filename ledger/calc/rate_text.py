"""A rate in and out of text: as many digits as say something, with the signs of a locale."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Final

from financeflow.money.numerals import NUMBER, read_number
from financeflow.money.values import half_even
from financeflow.money.writing import writing
from ledger.calc.conversion import BILLION, LARGEST_RATE

DIGITS_SHOWN: Final = 5
DECIMALS_KEPT: Final = 9
LONGEST: Final = 40


def rate_text(value: Fraction, locale: str) -> str:
    """Five digits that count, or all in front of the point: 1.0853, 0.0056922, 19,214."""
    if not value:
        return "0"
    decimals = 0
    while decimals < DECIMALS_KEPT and value * 10**decimals < 10 ** (DIGITS_SHOWN - 1):
        decimals += 1
    scaled = half_even(value.numerator * 10**decimals, value.denominator)
    return _written(scaled, decimals, locale)


def exact_text(billionths: int, locale: str) -> str:
    """All digits that were typed, as one would type them again."""
    whole, rest = divmod(billionths, BILLION)
    decimals = f"{rest:09d}".rstrip("0")
    return f"{whole}{writing('EUR', locale).point}{decimals}" if decimals else str(whole)


def plain_text(billionths: int) -> str:
    """For machines: with a point, everywhere."""
    return exact_text(billionths, "en-GB")


def _written(scaled: int, decimals: int, locale: str) -> str:
    style = writing("EUR", locale)
    whole, rest = divmod(scaled, 10**decimals)
    return style.whole_text(whole) + (f"{style.point}{rest:0{decimals}d}" if decimals else "")


def read_rate(text: str, locale: str) -> int | None:
    """The billionths that the text means; None where it is no number above nothing, or one with too many digits."""
    cleaned = "".join(_plain(char) for char in text.strip())
    found = NUMBER.fullmatch(cleaned) if len(cleaned) <= LONGEST else None
    style = writing("EUR", locale)
    numeral = read_number(found.group(), point=style.point, group=style.group) if found else None
    if numeral is None or numeral.decimals > DECIMALS_KEPT:
        return None
    billionths = numeral.value * BILLION
    return int(billionths) if 0 < billionths <= LARGEST_RATE else None


def _plain(char: str) -> str:
    """Digits of any script as ours; marks that only steer direction are nothing."""
    kind = unicodedata.category(char)
    return str(unicodedata.decimal(char)) if kind == "Nd" else "" if kind == "Cf" else char
