"""The numbers of a monthly report: what came in and was spent, by category, day and account, and in earlier times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from financeflow.households.models import User
from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period, plus_months
from ledger.queries.reports.asked import Compared, Question
from ledger.queries.reports.dashboard import USUAL_MONTHS, UsualMonth, usual_month
from ledger.queries.reports.flows import Groups, flows_by_day, grouped


@dataclass(frozen=True)
class Side:
    """One period, and its flow by category: 0 is what is in none. `whole_period` is what it is a part of, if it is."""

    period: Period
    by_category: dict[int, Flow]
    whole_period: Period

    @cached_property
    def whole(self) -> Flow:
        return together(self.by_category.values())


def side(question: Question, period: Period | None = None) -> Side:
    period = period or question.period
    return Side(period, _by_one(grouped(question.listing(period), "category", kinds=question.kinds)), period)


def earlier(question: Question, how: Compared) -> Side:
    """The period before, or the same a year ago: of one that still runs, as much as has passed of it."""
    period = replace(question, compared=how).other_period
    assert period is not None
    whole = question.period.before if how == "before" else question.period.year_before
    return replace(side(question, period), whole_period=whole)


def by_day(question: Question) -> dict[date, Flow]:
    return flows_by_day(question.listing())


def by_month(question: Question) -> dict[date, Flow]:
    return {month: flow for (month,), flow in grouped(question.listing(), "month", kinds=question.kinds).items()}


def by_account(question: Question) -> dict[int, Flow]:
    """Of each account in its own currency."""
    return _by_one(grouped(question.listing(), "account", own=True, kinds=question.kinds))


def by_member(question: Question) -> dict[int | None, Flow]:
    """By who entered it: None is nobody."""
    return {member: flow for (member,), flow in grouped(question.listing(), "member", kinds=question.kinds).items()}


def people(keys: Iterable[int | None]) -> dict[int, User]:
    """Who entered something, also those who have left since."""
    return User.objects.in_bulk([key for key in keys if key])


def usual(question: Question, days: dict[date, Flow]) -> UsualMonth | None:
    """The usual month, as the dashboard knows it, for a report of one month whose days are known."""
    before = Period(plus_months(question.period.first, -USUAL_MONTHS), question.period.before.last)
    earlier_days = flows_by_day(question.listing(before))
    known = sorted({day.replace(day=1) for day in earlier_days})
    return usual_month(days | earlier_days, question.period, known, question.today)


def _by_one(groups: Groups) -> dict[int, Flow]:
    return {key: flow for (key,), flow in groups.items()}
