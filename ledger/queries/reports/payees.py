"""Where money goes and where it comes from, by payee: how much, how often, when last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Sum

from ledger.models import Payee, RateState
from ledger.models.many import OneOf
from ledger.queries import tallies
from ledger.queries.listing import Listing
from ledger.queries.understanding import counts_as


@dataclass(frozen=True, slots=True)
class PayeeSum:
    """What one payee came to, spending and income alike as more than nothing; no payee is None."""

    payee: int | None
    amount: int
    times: int
    last: date
    estimated: int = 0
    missing: int = 0


@dataclass(frozen=True)
class PayeeSums:
    """All payees of a listing, those with most first."""

    rows: list[PayeeSum] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def times(self) -> int:
        return sum(row.times for row in self.rows)

    @property
    def estimated(self) -> int:
        return sum(row.estimated for row in self.rows)

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


def payee_sums(listing: Listing, flow: str) -> PayeeSums:
    """By payee what was spent or earned: `flow` is spending or income."""
    own, sign = listing.account is not None, 1 if flow == "income" else -1
    amount = "amount" if own else "base_amount"
    rows: Any = (
        listing.lines()
        .filter(counts_as(flow))
        .order_by()
        .values_list("transaction__payee_id")
        .annotate(
            total=Sum(amount, default=0),
            # A transaction counts once, however many of its parts are spending.
            times=Count("transaction", distinct=True),
            last=Max("date"),
            rough=Count("pk", filter=Q(rate_state=RateState.ESTIMATED)),
            unknown=Count("pk", filter=Q(rate_state=RateState.MISSING)),
        )
    )
    found = [
        PayeeSum(payee, sign * int(total), times, last, *((0, 0) if own else (rough, unknown)))
        for payee, total, times, last, rough, unknown in rows
    ]
    return PayeeSums(sorted(found, key=lambda row: (-row.amount, -row.times, row.payee or 0)))


def amounts_by_payee(listing: Listing, flow: str) -> dict[int | None, int]:
    """The same with the amounts alone: what another period is compared by."""
    amount, sign = "amount" if listing.account else "base_amount", 1 if flow == "income" else -1
    lines = listing.lines().filter(counts_as(flow)).order_by()
    sums: Any = lines.values_list("transaction__payee_id").annotate(total=Sum(amount, default=0))
    return {payee: sign * int(total) for payee, total in sums}


def left_out(listing: Listing, flow: str) -> tallies.LeftOut:
    """How many amounts of each currency are in none of these sums."""
    return tallies.left_out(listing.lines().filter(counts_as(flow)))


def payees_named(keys: list[int]) -> dict[int, Payee]:
    return {payee.pk: payee for payee in Payee.objects.filter(OneOf("pk", keys)).order_by()}
