"""Splitting an amount: shares said as amounts, in percent or as the rest, placed to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final, Literal

from financeflow.money.values import half_even, share_out

Kind = Literal["amount", "percent", "rest", "nothing"]
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody said of one part: minor units, a percentage of the whole, the rest, or nothing yet."""

    kind: Kind
    amount: int = 0
    percent: Fraction = Fraction(0)


NOTHING: Final = Share("nothing")
REST: Final = Share("rest")


def placed(shares: Sequence[Share], whole: int) -> list[int]:
    """What each part comes to. Percentages are of the whole, and together cut no cent; the rest is what is left."""
    amounts = [share.amount if share.kind == "amount" else 0 for share in shares]
    _place(amounts, shares, "percent", _by_percent([share.percent for share in shares], whole))
    rests = [int(share.kind == "rest") for share in shares]
    if any(rests):
        _place(amounts, shares, "rest", share_out(whole - sum(amounts), rests))
    return amounts


def _place(amounts: list[int], shares: Sequence[Share], kind: Kind, found: Sequence[int]) -> None:
    for at, share in enumerate(shares):
        if share.kind == kind:
            amounts[at] = found[at]


def _by_percent(percents: Sequence[Fraction], whole: int) -> list[int]:
    """Shares of the whole that add up to what their sum in percent comes to."""
    common = lcm(*(percent.denominator for percent in percents))
    weights = [int(percent * common) for percent in percents]
    if not any(weights):
        return [0] * len(percents)
    return share_out(half_even(whole * sum(weights), HUNDRED * common), weights)


def evenly(whole: int, count: int) -> list[int]:
    """The whole in so many parts that differ by a cent at most."""
    return share_out(whole, [1] * count)


def in_proportion(amounts: Sequence[int], whole: int) -> list[int]:
    """The amounts made to add up to the whole: what is missing or too much is shared out by their size."""
    missing = whole - sum(amounts)
    sizes = [abs(amount) for amount in amounts]
    more = share_out(missing, sizes if any(sizes) else [1] * len(sizes))
    return [amount + each for amount, each in zip(amounts, more, strict=True)]


def in_hundredths(amounts: Sequence[int]) -> list[int] | None:
    """The parts in hundredths of a percent, which add up to a hundred percent; None where some go the other way."""
    if not any(amounts) or (min(amounts) < 0 < max(amounts)):
        return None
    return share_out(HUNDRED * HUNDRED, [abs(amount) for amount in amounts])


def whole_percent(amount: int, whole: int) -> int | None:
    """About how many percent of the whole that is."""
    return half_even(amount * HUNDRED, whole) if whole else None
