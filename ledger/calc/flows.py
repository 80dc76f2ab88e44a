"""What came in and what was spent: the figures of every report, by one definition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Flow:
    """Income and spending of some lines, apart from transfers; spending is what went out less what came back.

    `count` is how many lines, so a split counts each part. `estimated` amounts are in it at an earlier day's rate,
    `missing` ones are not in it, for no rate is known.
    """

    income: int = 0
    spending: int = 0
    count: int = 0
    estimated: int = 0
    missing: int = 0

    @property
    def kept(self) -> int:
        return self.income - self.spending

    @property
    def rate(self) -> float | None:
        """Which part of the income was kept; unknown where nothing came in, or less than half of what went out."""
        return self.kept / self.income if self.income > 0 and self.kept >= -self.income else None

    def add(self, other: Flow) -> None:
        self.income += other.income
        self.spending += other.spending
        self.count += other.count
        self.estimated += other.estimated
        self.missing += other.missing

    @property
    def is_nothing(self) -> bool:
        return not (self.income or self.spending or self.count or self.missing)


def together(flows: Iterable[Flow]) -> Flow:
    """All of them as one."""
    whole = Flow()
    for flow in flows:
        whole.add(flow)
    return whole


def share(part: int, whole: int) -> float | None:
    """Which part of a whole something is; unknown where there is no whole, or the part runs against it."""
    return part / whole if whole > 0 and part >= 0 else None


def change(now: int, before: int) -> float | None:
    """By which part of what it was something changed; unknown where it was nothing, or on the other side of it."""
    return (now - before) / before if before > 0 else None
