"""How full accounts were over time: day by day, with the lowest, the highest and the usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financeflow.money.values import half_even
from ledger.calc.periods import ONE_DAY, Period
from ledger.models import Account
from ledger.queries.balances import Point, balances_by_day


@dataclass(frozen=True)
class History:
    """One account over a period: `start` is what was in it before, `points` one a day from when there was anything."""

    account: Account
    start: int
    points: Sequence[Point]

    @property
    def end(self) -> int:
        return self.points[-1].balance

    @property
    def change(self) -> int:
        return self.end - self.start

    @property
    def lowest(self) -> Point:
        """The first of the days on which there was least in it."""
        return min(self.points, key=lambda point: point.balance)

    @property
    def highest(self) -> Point:
        return max(self.points, key=lambda point: point.balance)

    @property
    def average(self) -> int:
        """Of what was in it at the end of each day."""
        return half_even(sum(point.balance for point in self.points), len(self.points))


def histories(accounts: Sequence[Account], period: Period) -> list[History]:
    """Of each account that was there in the period; a closed one until it was closed."""
    found = []
    walked = balances_by_day(accounts, period.first - ONE_DAY, period.last)
    for account in accounts:
        points = [point for point in walked[account.pk] if account.closed_on is None or point.day <= account.closed_on]
        is_before = bool(points) and points[0].day < period.first
        within = points[1:] if is_before else points
        if within:
            found.append(History(account, points[0].balance if is_before else 0, within))
    return found


def at(points: Sequence[Point], days: Sequence[date]) -> list[int | None]:
    """What was there on each of these days, where there was anything yet."""
    known = {point.day: point.balance for point in points}
    return [known.get(day) for day in days]
