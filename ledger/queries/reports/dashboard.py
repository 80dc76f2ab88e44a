"""The numbers of the dashboard for one month: against other months, against the usual one, and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from financeflow.money.values import half_even
from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period, latest_months, period_of, plus_months
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import flows_by_day, grouped
from ledger.queries.reports.keeping import kept
from ledger.queries.reports.month_sums import flows_by_month

# A month stands beside the eleven before it, and against the same one a year ago.
MONTHS_BESIDE = 12
# The usual month is the mean of so many full ones.
USUAL_MONTHS = 6
MONTH_DAYS = 31


@dataclass(frozen=True)
class UsualMonth:
    """The mean of some full months: what was spent and kept up to each day, the first day first."""

    months: int
    spending: tuple[int, ...]
    kept: tuple[int, ...]

    def spent_by(self, day: int) -> int:
        return self.spending[min(day, MONTH_DAYS) - 1]

    def kept_by(self, day: int) -> int:
        return self.kept[min(day, MONTH_DAYS) - 1]


@dataclass(frozen=True)
class MonthShown:
    """One month and all that it is compared with.

    `so_far` is the part of it that is over, `before` and `last_year` are as much of the month before and of the same
    month a year ago. Months before the books begin are in neither; nor is one of them in `by_month`.
    """

    period: Period
    until: Period
    by_month: dict[date, Flow]
    by_category: dict[int, Flow]
    # Of the month itself.
    by_day: dict[date, Flow]
    so_far: Flow
    before: Flow | None
    before_period: Period
    last_year: Flow | None
    last_year_period: Period
    usual: UsualMonth | None

    @property
    def is_running(self) -> bool:
        return self.until != self.period

    @property
    def flow(self) -> Flow:
        """The whole month, with what is dated ahead in it."""
        return self.by_month.get(self.period.first) or Flow()

    @property
    def begins(self) -> date | None:
        """The first of the months at hand in which there is anything."""
        return min(self.by_month, default=None)

    def months(self, count: int = MONTHS_BESIDE) -> list[tuple[date, Flow]]:
        """The latest months up to this one, from the first that has anything."""
        first = self.begins or self.period.first
        every = latest_months(count, self.period.first).months()
        return [(month, self.by_month.get(month) or Flow()) for month in every if month >= first]


def month_shown(question: Question) -> MonthShown:
    """The month a question asks for, of everything: a dashboard is narrowed down by nothing. Kept until the books
    change."""
    return kept(question, "dashboard_month", lambda: _month_shown(question), version=question.household.version)


def _month_shown(question: Question) -> MonthShown:
    period, today = question.period, question.today
    until = period.until(today) if today in period else period
    by_month, by_category = _by_month(question)
    days = _days(question, Period(plus_months(period.first, -USUAL_MONTHS), period.last))
    before, year = _as_much(period.before, until), _as_much(period.year_before, until)
    if before.whole_months:
        before_flow = by_month.get(before.first)
    else:
        before_flow = _within(days, before) if before.first in by_month else None
    if year.whole_months or year.first not in by_month:
        year_flow = by_month.get(year.first)
    else:
        year_flow = together(_days(question, year).values())
    return MonthShown(
        period=period,
        until=until,
        by_month=by_month,
        by_category=by_category,
        by_day={day: flow for day, flow in days.items() if day in period},
        so_far=(by_month.get(period.first) or Flow()) if until == period else _within(days, until),
        before=before_flow,
        before_period=before,
        last_year=year_flow,
        last_year_period=year,
        usual=usual_month(days, period, sorted(by_month), today),
    )


def _as_much(other: Period, until: Period) -> Period:
    """As much of another month as has passed of this one; all of it where this one is over."""
    if until.whole_months:
        return other
    return Period(other.first, min(other.last, other.first + (until.last - until.first)))


def _by_month(question: Question) -> tuple[dict[date, Flow], dict[int, Flow]]:
    """Each month with what came in and went out, and the month asked for by category."""
    months = Period(plus_months(question.period.first, -MONTHS_BESIDE), question.period.last)
    kinds = question.kinds
    by_category = {key: flow for (key,), flow in grouped(question.listing(), "category", kinds=kinds).items()}
    return flows_by_month(months, kinds), by_category


def _days(question: Question, period: Period) -> dict[date, Flow]:
    return flows_by_day(question.listing(period))


def _within(days: dict[date, Flow], period: Period) -> Flow:
    return together(flow for day, flow in days.items() if day in period)


def usual_month(days: dict[date, Flow], period: Period, known: Sequence[date], today: date) -> UsualMonth | None:
    """The mean of the full months before this one, from the first in which there is anything."""
    months = [
        month
        for month in latest_months(USUAL_MONTHS, period.before.first).months()
        if known and month >= known[0] and plus_months(month, 1) <= today
    ]
    if not months:
        return None
    spent, kept_of = [0] * MONTH_DAYS, [0] * MONTH_DAYS
    for day, flow in days.items():
        if day.replace(day=1) in months:
            spent[day.day - 1] += flow.spending
            kept_of[day.day - 1] += flow.kept
    return UsualMonth(len(months), tuple(_means(spent, len(months))), tuple(_means(kept_of, len(months))))


def _means(by_day: Iterable[int], months: int) -> Iterable[int]:
    """Running totals, shared out over the months; rounded once, half to even."""
    total = 0
    for amount in by_day:
        total += amount
        yield half_even(total, months)


MonthFlows = dict[int, Flow]


def months_shown(question: Question, periods: Sequence[Period]) -> dict[date, MonthFlows]:
    """Several months, each by category; kept until the books change."""
    firsts, version = [period.first for period in periods], question.household.version
    return kept(question, "dashboard_months", lambda: _months_shown(question, firsts), version=version, months=firsts)


def _months_shown(question: Question, firsts: Sequence[date]) -> dict[date, MonthFlows]:
    span = Period(min(firsts), period_of("month", max(firsts)).last)
    found: dict[date, MonthFlows] = {}
    for (month, category), flow in grouped(question.listing(span), "month", "category").items():
        if month in firsts:
            found.setdefault(month, {})[category] = flow
    return found
