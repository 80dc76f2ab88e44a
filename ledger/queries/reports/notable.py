"""What stands out in a period: its biggest transactions, and who was paid for the first time."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Abs

from financeflow.tenancy.prepared import Prepared
from ledger.calc.periods import Period
from ledger.models import Line, Payee, Transaction
from ledger.models.many import OneOf
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.listing import Listing
from ledger.queries.payees import transactions_by_payee
from ledger.queries.plain import MOST_SHAPES, Shape, shape_of, values_of
from ledger.queries.reports.asked import Question
from ledger.queries.reports.keeping import kept
from ledger.queries.rows import Row, rows_of


@dataclass(frozen=True)
class Big:
    """A transaction and what of it counts, in the currency of the list."""

    row: Row
    amount: int


@dataclass(frozen=True)
class NewPayee:
    """A payee that no earlier transaction names."""

    payee: Payee
    since: date
    count: int
    net: int


def biggest(listing: Listing, most: int) -> list[Big]:
    """Those that moved most, transfers apart, the biggest first."""
    amount = "amount" if listing.account else "base_amount"
    if listing.conditions.asks_lines:
        parts = listing.lines().filter(is_transfer=False).values("transaction_id").annotate(net=Sum(amount))
        found = parts.exclude(net=None).order_by(Abs("net").desc(), "-transaction_id")
        amounts = dict(found.values_list("transaction_id", "net")[:most])
    else:
        amounts = _moved_most(listing, amount, most)
    known = {row.pk: row for row in rows_of(list(amounts), tagged=False)}
    return [Big(known[key], int(net)) for key, net in amounts.items() if key in known]


def _moved_most(listing: Listing, amount: str, most: int) -> dict[int, int]:
    conditions = listing.conditions
    shape = None if conditions.texts else shape_of(conditions)
    if shape is None:
        return dict(_by_size(listing.rows(), amount, most))
    found = _of_shape(shape, amount, most).rows(**values_of(conditions))
    return {row[0]: row[1] for row in found}


@lru_cache(maxsize=MOST_SHAPES)
def _of_shape(shape: Shape, amount: str, most: int) -> Prepared:
    return Prepared(lambda: _by_size(shape.rows(), amount, most), OUT_OF_SIGHT)


def _by_size(rows: QuerySet[Transaction], amount: str, most: int) -> QuerySet[Transaction, Any]:
    # Said about the sum, lest the database think that transfers are few and begin with all that is none.
    counts = Case(When(transfer=None, then=F(amount)), output_field=BigIntegerField())
    some = rows.annotate(net=counts).exclude(net=None)
    return some.order_by(Abs("net").desc(), "-pk").values_list("pk", "net")[:most]


def new_payees(question: Question, most: int) -> list[NewPayee]:
    """Whoever is named in the period and in no transaction before it, the first first."""
    fresh = first_days(question).within(question.period)
    if not fresh:
        return []
    listing = question.listing()
    amount = "amount" if listing.account else "base_amount"
    lines = listing.lines().filter(OneOf("transaction__payee_id", fresh)).order_by()
    return _with_figures(lines, Payee.objects.in_bulk(fresh), amount)[:most]


@dataclass(frozen=True)
class FirstDays:
    """The payees in the order in which they came, and the day of each: arrays, which a cache soon brings."""

    days: array[int]
    keys: array[int]

    def within(self, period: Period) -> list[int]:
        first, last = period.first.toordinal(), period.last.toordinal()
        return list(self.keys[bisect_left(self.days, first) : bisect_right(self.days, last)])


def first_days(question: Question) -> FirstDays:
    """The first day on which each payee is named: the same for every period, and so kept for all of them."""
    return kept(question.household, "payees_first_days", _first_days)


def _first_days() -> FirstDays:
    named = transactions_by_payee().filter(payee=OuterRef("pk"), trashed_at=None).order_by("date", "pk")
    payees = Payee.objects.filter(trashed_at=None).annotate(first=Subquery(named.values("date")[:1])).order_by()
    found = sorted((day.toordinal(), key) for key, day in payees.exclude(first=None).values_list("pk", "first"))
    return FirstDays(array("q", [day for day, _key in found]), array("q", [key for _day, key in found]))


def count_new_payees(question: Question) -> int:
    """How many of what is asked for are named for the first time in the period."""
    fresh = first_days(question).within(question.period)
    named = question.listing().rows().filter(OneOf("payee_id", fresh)).order_by()
    return named.values("payee_id").distinct().count() if fresh else 0


def _with_figures(lines: QuerySet[Line], payees: dict[int, Payee], amount: str) -> list[NewPayee]:
    """Of each: the first day, how many transactions, and what they came to, transfers apart."""
    figures: Any = lines.values("transaction__payee_id").annotate(
        since=Min("date"),
        rows=Count("transaction_id", distinct=True),
        net=Sum(amount, filter=Q(is_transfer=False), default=0),
    )
    found = [
        NewPayee(payees[row["transaction__payee_id"]], row["since"], row["rows"], int(row["net"])) for row in figures
    ]
    return sorted(found, key=lambda new: (new.since, new.payee.name))
