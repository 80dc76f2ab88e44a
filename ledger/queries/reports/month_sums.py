"""Income and spending of whole months, of all that is in sight: from the kept totals, added up by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, Sum, When

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc.flows import Flow
from ledger.calc.periods import Period
from ledger.models import Category, MonthTotal
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.reports.flows import Kinds


def flows_by_month(period: Period, kinds: Kinds) -> dict[date, Flow]:
    """What `grouped(listing, "month")` finds for everything. One group a month is half the work of one a kind, and
    over a year there are thousands of totals."""
    income = [key for key, kind in kinds.items() if kind == Category.Kind.INCOME]
    rows = BY_MONTH.rows(first=period.first, last=period.last, income=income)
    found = {month: Flow(*map(int, figures)) for month, *figures in rows}
    return {month: flow for month, flow in found.items() if not flow.is_nothing}


def _by_month() -> QuerySet[MonthTotal, Any]:
    months = MonthTotal.objects.filter(month__gte=_day("first"), month__lte=_day("last")).order_by()
    # What is in no category counts by its sign, all else as what its category is, whatever its sign.
    unfiled, is_income, net = (
        Q(slot=MonthTotal.UNCATEGORISED),
        OneOf("slot", Keys("income")),
        F("base_in") + F("base_out"),
    )
    income = Case(When(unfiled, then=F("base_in")), When(is_income, then=net), default=0)
    spending = Case(When(unfiled, then=0 - F("base_out")), When(is_income, then=0), default=0 - net)
    sums = {"income": Sum(income), "spending": Sum(spending), "lines": Sum("count")}
    sums |= {"rough": Sum("estimated"), "unknown": Sum("missing")}
    return months.exclude(slot=MonthTotal.TRANSFER).values_list("month").annotate(**sums)


def _day(name: str) -> Slot:
    return Slot(name, DateField())


BY_MONTH = Prepared(_by_month, OUT_OF_SIGHT)
