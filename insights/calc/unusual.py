"""Which amount is unusual beside what the same payee got before: beside the middle, which no outlier moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final

# Fewer than these are no habit.
LEAST: Final = 5
# So many times the usual, and so many times as far from it as is usual.
TIMES: Final = 2
SPREADS: Final = 5


@dataclass(frozen=True)
class Unusual:
    """What is usual, in minor units above zero, and how many tenths of it this is."""

    usual: int
    tenths: int

    @property
    def is_round(self) -> bool:
        return self.tenths % 10 == 0 or self.tenths >= 100


def unusual(amount: int, past: Sequence[int]) -> Unusual | None:
    """Whether so much is far more than before; all amounts are above zero."""
    if len(past) < LEAST:
        return None
    usual = median_low(past)
    spread = max(median_low([abs(each - usual) for each in past]), usual // 10, 1)
    if usual <= 0 or amount < TIMES * usual or amount - usual < SPREADS * spread or amount <= max(past):
        return None
    return Unusual(usual, amount * 10 // usual)
