"""Whose month is over and not summed up yet, and what the month came to in one member's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from financeflow.households.models import Household
from financeflow.notify.models import Notification
from financeflow.tenancy.clock import now_in
from ledger.calc.flows import Flow
from ledger.calc.periods import Period, period_of
from ledger.models import MonthTotal
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import whole

KIND = "report.monthly"
# From this hour of the first day on; a server that slept catches up within so many days.
FIRST_HOUR, DAYS_LATE = 6, 5


def last_month(today: date) -> Period:
    return period_of("month", today).before


def once_of(month: Period) -> str:
    """What tells one month's summary from another's."""
    return f"{month.first:%Y-%m}"


def due(now: datetime) -> Iterator[tuple[int, Period]]:
    """The households whose own month has just ended, in which something happened, and to whom nobody said so yet."""
    zones = Household.objects.order_by().values_list("time_zone", flat=True).distinct()
    for zone in zones:
        here = now.astimezone(now_in(zone).tzinfo)
        if here.day > DAYS_LATE or (here.day == 1 and here.hour < FIRST_HOUR):
            continue
        month = last_month(here.date())
        lived = MonthTotal.objects.filter(household=OuterRef("pk"), month=month.first)
        told = Notification.objects.filter(household=OuterRef("pk"), kind=KIND, once=once_of(month))
        kept = Household.objects.filter(time_zone=zone, expires_at=None, delete_at=None)
        for key in kept.filter(Exists(lived), ~Exists(told)).order_by("pk").values_list("pk", flat=True):
            yield key, month


def month_flow(household: Household, month: Period) -> Flow:
    """The month as far as the member in whose eyes this is asked may see."""
    return whole(Question(household, month.last, month).listing())
