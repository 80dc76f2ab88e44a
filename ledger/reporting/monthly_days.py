"""The days of a monthly report: what was spent up to each, beside a usual month; of longer periods, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ledger.calc.flows import Flow
from ledger.calc.periods import Period, period_of
from ledger.queries.reports import monthly
from ledger.queries.reports.asked import Question
from ledger.reporting.axes import day_labels, is_by_day, so_far
from ledger.reporting.document import Amount, Chart, Day, Row, Table
from ledger.reporting.doors import INCOME, SPENDING, Doors
from ledger.reporting.wording import period_text


def days_chart(question: Question, doors: Doors) -> Chart:
    if is_by_day(question.period):
        return _by_day(question, doors)
    return _by_month(question, doors)


def _by_day(question: Question, doors: Doors) -> Chart:
    flows, period = monthly.by_day(question), question.period
    until = so_far(question)
    every = [period.first + timedelta(days=number) for number in range(period.days)]
    past = [day for day in every if day in until] if question.today >= period.first else []
    actual, spent = [], 0
    for day in past:
        spent += flows.get(day, Flow()).spending
        actual.append(spent)
    data: dict[str, Any] = {
        "days": day_labels(question, every, by_day=True)["short"],
        "actual": actual,
        "urls": [doors.to(SPENDING, period=Period(period.first, day)) for day in past],
    }
    if until == period:
        # Over, or not begun: no day of it is today.
        data["today"] = -1
    usual = monthly.usual(question, flows) if period.is_month else None
    if usual:
        data["usual"] = [usual.spent_by(day.day) for day in every]
    label = _("Spending day by day, %(period)s") % {"period": period_text(question)}
    return Chart("days", _("Day by day"), "pace", label, data, _days_table(question, doors, sorted(flows), flows))


def _days_table(question: Question, doors: Doors, days: Sequence[date], flows: dict[date, Flow]) -> Table:
    rows = [Row([Day(day), *_three(question, doors, flows[day], Period(day, day))[:2]]) for day in days]
    return Table("days", _("Day by day"), _head(_("Day"))[:3], rows)


def _by_month(question: Question, doors: Doors) -> Chart:
    flows = monthly.by_month(question)
    parts = [_within(question.period, month) for month in question.period.months()]
    shown = [flows.get(part.first.replace(day=1), Flow()) for part in parts]
    data = {
        "labels": day_labels(question, [part.first for part in parts], by_day=False)["short"],
        "money_in": [flow.income for flow in shown],
        "money_out": [flow.spending for flow in shown],
        "urls": [doors.to(period=part) for part in parts],
    }
    rows = [
        Row([Day(part.first, "month"), *_three(question, doors, flow, part)])
        for part, flow in zip(parts, shown, strict=True)
    ]
    title = _("Month by month")
    label = _("Money in and out by month, %(period)s") % {"period": period_text(question)}
    return Chart("days", title, "months", label, data, Table("days", title, _head(_("Month")), rows))


def _within(period: Period, month: date) -> Period:
    """The days of a calendar month that are in the period."""
    whole = period_of("month", month)
    return Period(max(whole.first, period.first), min(whole.last, period.last))


def _three(question: Question, doors: Doors, flow: Flow, period: Period) -> list[Amount]:
    currency = question.currency
    return [
        Amount(flow.income, currency, doors.to(INCOME, period=period)),
        Amount(flow.spending, currency, doors.to(SPENDING, period=period)),
        Amount(flow.kept, currency, doors.to(period=period), signed=True),
    ]


def _head(first: str) -> list[str]:
    return [first, _("Income"), _("Expenses"), _("Net savings")]
