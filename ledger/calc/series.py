"""Sums over time beside each other: which are the largest, where each is heading, and the hue it is drawn in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeVar

from financeflow.money.values import half_even

K = TypeVar("K")
Heading = Literal["unknown", "new", "ended", "up", "down", "steady"]
HUES: Final = range(1, 13)
# Whatever moves by less than one in so many parts is steady.
STEADY: Final = 20
# With fewer values one cannot tell where something is heading.
FEWEST: Final = 4


def largest_first(sums: Mapping[K, int]) -> list[K]:
    """The keys by how far their sum is from nothing, whichever way."""
    return sorted(sums, key=lambda key: -abs(sums[key]))


def average(values: Sequence[int]) -> int:
    """In whole minor units, half to even."""
    if not values:
        return 0
    return half_even(sum(values), len(values))


def heading(values: Sequence[int]) -> tuple[Heading, int, int]:
    """Where it is heading: the latest third of the values against the earliest, and what those two came to."""
    if len(values) < FEWEST or not any(values):
        return "unknown", 0, 0
    third = len(values) // 3
    first, last = sum(values[:third]), sum(values[-third:])
    if first <= 0 or last <= 0:
        return ("new" if first == 0 < last else "ended" if last == 0 < first else "unknown"), last, first
    if abs(last - first) * STEADY < first:
        return "steady", last, first
    return ("up" if last > first else "down"), last, first


def apart(wanted: Sequence[int | None]) -> list[int]:
    """A hue for each series: the one it is known by, unless an earlier one has it; then the next that is free."""
    taken: set[int] = set()
    found: list[int] = []
    claimed = {hue for hue in wanted if hue}
    for hue in wanted:
        if not hue or hue in taken:
            free = [each for each in HUES if each not in taken and each not in claimed]
            hue = (free or [each for each in HUES if each not in taken] or list(HUES))[0]
        taken.add(hue)
        found.append(hue)
    return found
