"""What came from a payee and went to it, by month and year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from financeflow.events.remembering import remember
from financeflow.tenancy.scope import current_viewer
from ledger.models import Payee, RateState, Transaction

_IN, _OUT = Q(amount__gt=0), ~Q(amount__gt=0)
_OF_A_DAY: dict[str, Any] = {
    "came": Sum("base_amount", filter=_IN, default=0),
    "went": Sum("base_amount", filter=_OUT, default=0),
    "rows": Count("pk"),
    "rough": Count("pk", filter=Q(rate_state=RateState.ESTIMATED)),
    "unknown": Count("pk", filter=Q(rate_state=RateState.MISSING)),
}


@dataclass
class Flow:
    """Money in and out over a month or a year, in the base currency, and in how many transactions."""

    first: date
    coming_in: int = 0
    going_out: int = 0
    count: int = 0
    estimated: int = 0
    missing: int = 0

    @property
    def net(self) -> int:
        return self.coming_in + self.going_out

    def add(self, came: int, went: int, rows: int, rough: int, unknown: int) -> None:
        self.coming_in += came
        self.going_out += went
        self.count += rows
        self.estimated += rough
        self.missing += unknown


@dataclass(frozen=True)
class PayeeSheet:
    """All that is known of a payee's money; months and years latest first, those without anything left out."""

    total: Flow
    years: list[Flow] = field(default_factory=list)
    months: list[Flow] = field(default_factory=list)
    last_on: date | None = None


def payee_sheet(payee: Payee) -> PayeeSheet:
    """As far as the member who looks may see; transfers are neither in nor out."""
    eyes = current_viewer()
    return remember(
        "payee_sheet",
        household_id=payee.household_id,
        build=lambda: _built(payee),
        payee=payee.pk,
        viewer=eyes and eyes.user_id,
    )


def _built(payee: Payee) -> PayeeSheet:
    rows = Transaction.objects.filter(payee=payee, trashed_at=None, transfer=None)
    days = rows.order_by("date").values_list("date").annotate(**_OF_A_DAY)
    total = Flow(date.min)
    years: dict[date, Flow] = {}
    months: dict[date, Flow] = {}
    last_on = None
    for day, *figures in days:
        last_on = day
        for known, first in ((years, day.replace(month=1, day=1)), (months, day.replace(day=1))):
            known.setdefault(first, Flow(first)).add(*map(int, figures))
        total.add(*map(int, figures))
    return PayeeSheet(total, list(reversed(years.values())), list(reversed(months.values())), last_on)
