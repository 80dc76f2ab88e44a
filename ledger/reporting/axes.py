"""What reports over time need: days in words, how amounts are written, and the registers behind balances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse

from financeflow.money.currencies import minor_digits
from ledger.calc.periods import Period
from ledger.models import Account
from ledger.queries.reports.asked import Question
from ledger.reporting.wording import written

# Up to so many days are drawn day by day, longer periods by the ends of months.
MOST_DAYS: Final = 93


def is_by_day(period: Period) -> bool:
    return period.days <= MOST_DAYS


def money_style(question: Question, currency: str = "") -> dict[str, Any]:
    currency = currency or question.currency
    return {"locale": question.household.locale, "currency": currency, "digits": minor_digits(currency)}


def day_labels(question: Question, days: Sequence[date], *, by_day: bool) -> dict[str, list[str]]:
    """`labels` for tooltips and tables, `short` ones for the axis."""
    styles = ("medium", "day") if by_day else ("month", "month_short")
    long, short = ([written(question, day, style) for day in days] for style in styles)
    return {"labels": long, "short": short}


def so_far(question: Question, period: Period | None = None) -> Period:
    """The period up to today, where it still runs: what is dated ahead has not happened yet."""
    return (period or question.period).until(question.today)


class Register:
    """The register of an account: where a balance comes from, which no list of transactions can tell."""

    def __init__(self, account: Account) -> None:
        self.url = reverse("account_show", args=[account.uid])

    def over(self, period: Period) -> str:
        return f"{self.url}?from={period.first}&to={period.last}"

    def on(self, day: date) -> str:
        return f"{self.url}?from={day}&to={day}"

    def until(self, day: date, *, by_day: bool) -> str:
        """The rows that a point of a line is the end of: those of its day, or of its month so far."""
        return self.on(day) if by_day else f"{self.url}?from={day.replace(day=1)}&to={day}"
