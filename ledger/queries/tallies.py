"""The sums of a list of transactions: from the kept totals where they know, else from exactly the lines listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, When

from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.models import Line, MonthTotal, RateState
from ledger.queries.conditions import Conditions, Span

LeftOut = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Tally:
    """What came in and went out over the rows listed, apart from transfers; what was moved; how many rows.

    In the currency of the one account listed, or in the base currency: then `estimated` amounts are in it at an
    earlier day's rate, and `missing` ones are not in it, told by currency in `left_out`.
    """

    currency: str
    coming_in: int = 0
    going_out: int = 0
    moved: int = 0
    count: int = 0
    estimated: int = 0
    missing: int = 0
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def net(self) -> int:
        return self.coming_in + self.going_out

    def but(self, **changed: Any) -> Tally:
        return replace(self, **changed) if changed else self


def whole_months(span: Span) -> tuple[Span | None, list[Span]]:
    """The whole calendar months of a span, and the ragged days before and after them."""
    first, last = span.first or FIRST_DAY, span.last or LAST_DAY
    start = first if first.day == 1 else _next_month(first)
    end = _next_month(last) if (last + timedelta(days=1)).day == 1 else last.replace(day=1)
    if start >= end:
        return None, [Span(first, last)]
    ragged = []
    if first < start:
        ragged.append(Span(first, start - timedelta(days=1)))
    if end <= last:
        ragged.append(Span(end, last))
    return Span(start, end - timedelta(days=1)), ragged


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


OF_TOTALS: dict[str, Any] = {
    "all_in": Sum("base_in", default=0),
    "all_out": Sum("base_out", default=0),
    "own_in": Sum("sum_in", default=0),
    "own_out": Sum("sum_out", default=0),
    "rows": Sum("transactions", default=0),
    "rough": Sum("estimated", default=0),
    "unknown": Sum("missing", default=0),
}
_IN, _OUT = Q(amount__gt=0), ~Q(amount__gt=0)
OF_LINES: dict[str, Any] = {
    "all_in": Sum("base_amount", filter=_IN, default=0),
    "all_out": Sum("base_amount", filter=_OUT, default=0),
    "own_in": Sum("amount", filter=_IN, default=0),
    "own_out": Sum("amount", filter=_OUT, default=0),
    "rows": Count("pk", filter=Q(position=0)),
    "rough": Count("pk", filter=Q(rate_state=RateState.ESTIMATED)),
    "unknown": Count("pk", filter=Q(rate_state=RateState.MISSING)),
}


Figures = Iterable[tuple[bool, dict[str, int]]]


def kept_figures(conditions: Conditions) -> Figures:
    """Figures of transfers (true) and of all else (false), whole months from the totals and ragged days from lines."""
    totals, lines = _kept(conditions)
    is_moved = Case(When(slot=MonthTotal.TRANSFER, then=True), default=False, output_field=BooleanField())
    for months in totals:
        groups: Any = months.order_by().annotate(is_moved=is_moved).values("is_moved").annotate(**OF_TOTALS)
        for group in groups:
            yield group.pop("is_moved"), group
    for days in lines:
        yield from line_figures(days)


def kept_left_out(conditions: Conditions) -> LeftOut:
    """How many amounts of each currency no rate is known for, by the same totals and lines."""
    totals, lines = _kept(conditions)
    found: Counter[str] = Counter()
    for months in totals:
        of_currencies = months.filter(missing__gt=0).order_by().values_list("account__currency")
        found.update({currency: int(count) for currency, count in of_currencies.annotate(Sum("missing"))})
    for days in lines:
        found.update(dict(left_out(days)))
    return tuple(sorted(found.items()))


def _kept(conditions: Conditions) -> tuple[list[QuerySet[MonthTotal]], list[QuerySet[Line]]]:
    """The totals of whole months and the lines of ragged days that make up what is asked for."""
    totals, lines = [], []
    for span in conditions.spans or (Span(),):
        whole, ragged = whole_months(span)
        if whole:
            totals.append(MonthTotal.objects.filter(whole.within("month")).filter(_of_totals(conditions)))
        for days in ragged:
            of_days = Line.objects.filter(days.within("date"), conditions.of_lines(), is_kept=True)
            if conditions.accounts is not None:
                of_days = of_days.filter(account_id__in=conditions.accounts)
            lines.append(of_days)
    return totals, lines


def _of_totals(conditions: Conditions) -> Q:
    found = Q()
    if conditions.accounts is not None:
        found &= Q(account_id__in=conditions.accounts)
    if conditions.categories is not None:
        found &= Q(slot__in=conditions.categories)
    return found


def line_figures(lines: QuerySet[Line]) -> Figures:
    """Figures of these lines, of transfers (true) and of all else (false)."""
    groups: Any = lines.order_by().values("is_transfer").annotate(**OF_LINES)
    for group in groups:
        yield group.pop("is_transfer"), group


def added_up(figures: Figures, *, currency: str, own: bool) -> Tally:
    """One tally; in the account's own currency, or in the base currency."""
    sums = dict.fromkeys(("coming_in", "going_out", "moved", "count", "estimated", "missing"), 0)
    for is_moved, group in figures:
        came, went = (group["own_in"], group["own_out"]) if own else (group["all_in"], group["all_out"])
        sums["moved"] += came + went if is_moved else 0
        sums["coming_in"] += 0 if is_moved else came
        sums["going_out"] += 0 if is_moved else went
        sums["count"] += group["rows"]
        sums["estimated"] += 0 if own else group["rough"]
        sums["missing"] += 0 if own else group["unknown"]
    whole: dict[str, Any] = {name: int(value) for name, value in sums.items()}
    return Tally(currency, **whole)


def day_sums(lines: QuerySet[Line], *, own: bool) -> dict[date, int]:
    """What each day came to, apart from transfers."""
    amount = "amount" if own else "base_amount"
    days = lines.filter(is_transfer=False).order_by().values_list("date").annotate(total=Sum(amount, default=0))
    return {day: int(total) for day, total in days}


def left_out(lines: QuerySet[Line]) -> LeftOut:
    """How many amounts of each currency are in no sum, because no rate is known for their day."""
    unknown = lines.filter(rate_state=RateState.MISSING).order_by()
    return tuple(unknown.values_list("transaction__currency").annotate(Count("pk")).order_by("transaction__currency"))
