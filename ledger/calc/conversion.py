"""From one currency into another: exact rates, one rounding, and never a guess."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from financeflow.money.values import LARGEST, half_even

State = Literal["same", "dated", "estimated", "missing"]
# Rates are kept as whole numbers of billionths: exact on every database.
BILLION: Final = 1_000_000_000
LARGEST_RATE: Final = BILLION * BILLION
# How many days back the nearest earlier rate may lie; so Saturday's amount takes Friday's rate, and says so.
DAYS_BACK: Final = 7


class PublishedRate(NamedTuple):
    """What one euro was worth on a day, in billionths of the currency."""

    currency: str
    on: date
    per_euro: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in another, how well that is known, and of which day it is."""

    value: Fraction
    state: State
    on: date | None = None


SAME: Final = Rate(Fraction(1), "same")
# Worth nothing rather than one to one: whoever forgets to look at the state sees it at once.
MISSING: Final = Rate(Fraction(0), "missing")


def billionths(text: str) -> int:
    """A rate as it is written, with a point, in billionths; ValueError where it is no number one could multiply by."""
    try:
        found = Decimal(text).scaleb(9)
    except ArithmeticError as error:
        raise ValueError("This is not a rate.") from error
    if not found.is_finite() or not 0 < found < LARGEST_RATE:
        raise ValueError("This is not a rate.")
    return max(1, int(found.to_integral_value(ROUND_HALF_EVEN)))


def convert(minor: int, *, from_digits: int, to_digits: int, rate: Fraction) -> int:
    """Minor units of one currency in minor units of the other, rounded once, half to even."""
    numerator, denominator = minor * rate.numerator, rate.denominator
    if to_digits >= from_digits:
        return half_even(numerator * 10 ** (to_digits - from_digits), denominator)
    return half_even(numerator, denominator * 10 ** (from_digits - to_digits))


def convert_with_parts(
    whole: int, parts: Sequence[int], *, rate: Rate, from_digits: int, to_digits: int
) -> tuple[int, list[int]] | None:
    """An amount and the parts it has; what rounding leaves goes to the largest part, so that they still add up.

    None where no rate is known, and where an amount gets larger than any that is kept.
    """
    if rate.state == "missing":
        return None
    found = convert(whole, from_digits=from_digits, to_digits=to_digits, rate=rate.value)
    shares = [convert(part, from_digits=from_digits, to_digits=to_digits, rate=rate.value) for part in parts]
    if max(abs(found), *map(abs, shares), 0) > LARGEST:
        return None
    if shares:
        largest = max(range(len(parts)), key=lambda place: abs(parts[place]))
        shares[largest] += found - sum(shares)
    return found, shares


def latest_until(days: Sequence[date], on: date) -> date | None:
    """The last of these days, given in order, that is not after `on` and not more than a week before."""
    place = bisect_right(days, on)
    if not place or on - days[place - 1] > timedelta(days=DAYS_BACK):
        return None
    return days[place - 1]


def rate_of(found: Iterable[tuple[date, Fraction]], on: date) -> Rate:
    """The most recent of the rates found for a day; where two are of one day, the one named first."""
    best = max(found, key=lambda each: each[0], default=None)
    if best is None:
        return MISSING
    day, value = best
    return Rate(value, "dated" if day == on else "estimated", day)
