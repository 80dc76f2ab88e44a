"""A calendar of amounts: days in weeks as a household counts them, and how strong each day is in five steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

STEPS: Final = 5
Week = list[date | None]


def weeks_of(month: date, first_weekday: int) -> list[Week]:
    """The days of a month in rows of seven, the first of which is that weekday; None is a day of another month."""
    first = month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    days: Week = [None] * ((first.weekday() - first_weekday) % 7)
    days += [first + timedelta(days=step) for step in range(last.day)]
    days += [None] * (-len(days) % 7)
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def bounds_of(amounts: Sequence[int]) -> list[int]:
    """Up to which amount each step but the last goes, about as many days in each; fewer where few amounts differ."""
    ordered = sorted(amount for amount in amounts if amount > 0)
    if not ordered:
        return []
    cuts = {ordered[max(0, len(ordered) * step // STEPS - 1)] for step in range(1, STEPS)}
    return sorted(cuts - {ordered[-1]})


def step_of(amount: int, bounds: Sequence[int]) -> int:
    """From 1 to 5, the last for the dearest days; 0 for a day on which nothing was spent."""
    if amount <= 0:
        return 0
    steps = len(bounds) + 1
    place = bisect_left(bounds, amount) + 1
    return place + STEPS - steps


def longest_run(days: Sequence[date]) -> tuple[date, date] | None:
    """The first and the last of most days on end, the latest where two runs are as long."""
    best: tuple[date, date] | None = None
    start = None
    for place, day in enumerate(days):
        start = day if start is None or (day - days[place - 1]).days > 1 else start
        if best is None or day - start >= best[1] - best[0]:
            best = (start, day)
    return best
