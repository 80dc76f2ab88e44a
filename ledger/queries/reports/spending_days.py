"""Spending day by day: what each day came to, on how many nothing was spent, and which weekdays are dear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from financeflow.money.values import half_even
from ledger.calc.flows import Flow, together
from ledger.calc.heat import longest_run
from ledger.calc.periods import ONE_DAY, Period
from ledger.models import DayTotal
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import flows_by_day


@dataclass(frozen=True)
class SpendingDays:
    """The spending of each day that has any; `period` has the days that have passed, from the first in the books on."""

    period: Period | None
    flows: dict[date, Flow]

    @cached_property
    def days(self) -> list[date]:
        if self.period is None:
            return []
        return [self.period.first + ONE_DAY * step for step in range(self.period.days)]

    @cached_property
    def whole(self) -> Flow:
        return together(self.flows.values())

    @cached_property
    def idle(self) -> list[date]:
        """The days without any spending."""
        return [day for day in self.days if self.spent(day) <= 0]

    @property
    def longest_idle(self) -> tuple[date, date] | None:
        return longest_run(self.idle)

    def spent(self, day: date) -> int:
        return self.flows[day].spending if day in self.flows else 0

    def dearest(self, most: int) -> list[date]:
        """Those on which most was spent, the later first where two are alike."""
        spent = (day for day in self.flows if self.spent(day) > 0)
        return sorted(spent, key=lambda day: (self.spent(day), day), reverse=True)[:most]

    @property
    def average(self) -> int:
        """Of a day, those without spending too."""
        return half_even(sum(map(self.spent, self.days)), len(self.days)) if self.days else 0

    def weekday(self, number: int) -> Weekday:
        days = [day for day in self.days if day.weekday() == number]
        return Weekday(len(days), sum(self.spent(day) > 0 for day in days), sum(map(self.spent, days)))


@dataclass(frozen=True)
class Weekday:
    """All Mondays of a period, say: how many there are, on how many something was spent, and how much."""

    days: int
    with_spending: int
    spent: int

    @property
    def average(self) -> int:
        return half_even(self.spent, self.days) if self.days else 0


def spending_days(question: Question) -> SpendingDays:
    flows = {day: flow for day, flow in flows_by_day(question.listing()).items() if flow.spending or flow.missing}
    begun = DayTotal.objects.order_by("day").values_list("day", flat=True).first()
    first = max(question.period.first, begun) if begun else question.period.first
    last = min(question.period.last, question.today)
    return SpendingDays(Period(first, last) if begun and first <= last else None, flows)
