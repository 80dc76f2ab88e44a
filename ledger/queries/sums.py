"""What lines add to the kept totals, by a plain sum over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, Sum, Value, When

from financeflow.tenancy.prepared import Prepared
from ledger.models import Category, DayTotal, Line, MonthTotal, RateState
from ledger.models.many import Keys, OneOf

# The columns of a total, in the order in which their figures are carried about.
COLUMNS = ("sum_in", "sum_out", "count", "base_in", "base_out", "estimated", "missing", "transactions")
Figures = tuple[int, ...]
NOTHING: Figures = (0,) * len(COLUMNS)
MonthKey = tuple[int, date, int]
DayKey = tuple[int, date, int]


@dataclass
class Sums:
    """Totals by account, month and category, and by account, day and flow."""

    months: dict[MonthKey, Figures] = field(default_factory=dict)
    days: dict[DayKey, Figures] = field(default_factory=dict)

    def put(self, account: int, day: date, slot: int, flow: int, figures: Figures) -> None:
        month_key, day_key = (account, day.replace(day=1), slot), (account, day, flow)
        self.months[month_key] = _plus(self.months.get(month_key, NOTHING), figures)
        self.days[day_key] = _plus(self.days.get(day_key, NOTHING), figures)

    def add(self, other: Sums) -> None:
        for mine, theirs in ((self.months, other.months), (self.days, other.days)):
            for key, figures in theirs.items():
                mine[key] = _plus(mine.get(key, NOTHING), figures)

    def minus(self, other: Sums) -> Sums:
        return Sums(_difference(self.months, other.months), _difference(self.days, other.days))

    def without(self, accounts: Collection[int]) -> Sums:
        """All but those of these accounts."""
        if not accounts:
            return self
        months = {key: each for key, each in self.months.items() if key[0] not in accounts}
        return Sums(months, {key: each for key, each in self.days.items() if key[0] not in accounts})

    def balances(self) -> dict[int, int]:
        """What the balance of each account changes by."""
        moved: dict[int, int] = defaultdict(int)
        for (account, _month, _slot), figures in self.months.items():
            moved[account] += figures[0] + figures[1]
        return {account: amount for account, amount in moved.items() if amount}


def _plus(one: Figures, other: Figures) -> Figures:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _difference(now: dict[Any, Figures], before: dict[Any, Figures]) -> dict[Any, Figures]:
    found: dict[Any, Figures] = {}
    for key in now.keys() | before.keys():
        old = before.get(key, NOTHING)
        new = now.get(key, NOTHING)
        if new != old:
            found[key] = tuple(a - b for a, b in zip(new, old, strict=True))
    return found


def sums_of(transactions: Sequence[int]) -> Sums:
    """What these transactions add to the totals: nothing for those in the trash."""
    return _put_together(OF_TRANSACTIONS.rows(keys=transactions))


def gathered_sums(lines: models.QuerySet[Line]) -> Sums:
    """The totals of these lines by a plain GROUP BY: what the kept totals must equal."""
    return _put_together(_groups(lines))


def _groups(lines: models.QuerySet[Line]) -> models.QuerySet[Line, Any]:
    coming_in = Q(amount__gt=0)
    return (
        lines.filter(is_kept=True)
        .order_by()
        .annotate(is_in=Case(When(coming_in, then=Value(1)), default=Value(0)))
        .values_list("account_id", "date", "is_transfer", "category_id", "category__kind", "is_in")
        .annotate(
            total_in=Sum("amount", filter=coming_in, default=0),
            total_out=Sum("amount", filter=~coming_in, default=0),
            lines=Count("pk"),
            total_base_in=Sum("base_amount", filter=coming_in, default=0),
            total_base_out=Sum("base_amount", filter=~coming_in, default=0),
            rough=Count("pk", filter=Q(rate_state=RateState.ESTIMATED)),
            unknown=Count("pk", filter=Q(rate_state=RateState.MISSING)),
            # Each transaction is counted where its first line stands.
            firsts=Count("pk", filter=Q(position=0)),
        )
    )


OF_TRANSACTIONS = Prepared(lambda: _groups(Line.objects.filter(OneOf("transaction_id", Keys("keys")))), whole=True)


def _put_together(groups: Iterable[Any]) -> Sums:
    sums = Sums()
    for account, day, is_transfer, category, kind, is_in, *figures in groups:
        slot, flow = _place(is_transfer, category, kind, bool(is_in))
        sums.put(account, day, slot, flow, tuple(map(int, figures)))
    return sums


def _place(is_transfer: bool, category: int | None, kind: str | None, is_in: bool) -> tuple[int, int]:
    """Which month slot and which flow a line belongs to: one definition of income and spending for all figures.

    A line counts as what its category is, whatever its sign, so that refunds net; without a category its sign decides.
    """
    if is_transfer:
        return MonthTotal.TRANSFER, DayTotal.Flow.TRANSFER
    if category is None:
        return MonthTotal.UNCATEGORISED, DayTotal.Flow.INCOME if is_in else DayTotal.Flow.EXPENSE
    return category, DayTotal.Flow.INCOME if kind == Category.Kind.INCOME else DayTotal.Flow.EXPENSE
