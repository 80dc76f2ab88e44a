"""What was paid lately and is far more than the same payee usually costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from financeflow.households.models import Household
from insights.calc.unusual import Unusual, unusual
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.reports.keeping import kept

LATELY: Final = 35
PAST: Final = 400
MOST_LATELY: Final = 1000
MOST_PAST: Final = 10_000


class Paid(NamedTuple):
    """Money out to a payee."""

    key: int
    uid: UUID
    payee: int
    name: str
    currency: str
    amount: int
    day: date
    account_name: str


@dataclass(frozen=True)
class UnusualPayment:
    """A payment, and what is usual there."""

    paid: Paid
    found: Unusual


def unusual_payments(household: Household, today: date) -> list[UnusualPayment]:
    """Of the last weeks, the farthest from the usual first."""
    return kept(household, "inbox_unusual", lambda: _unusual_payments(today), on=today)


def _unusual_payments(today: date) -> list[UnusualPayment]:
    lately = _paid(today - timedelta(days=LATELY), MOST_LATELY, date__lte=today)
    if not lately:
        return []
    payees = sorted({each.payee for each in lately})
    before = _paid(today - timedelta(days=PAST), MOST_PAST, concerning=payees)
    past: dict[tuple[int, str], list[Paid]] = defaultdict(list)
    for each in before:
        past[each.payee, each.currency].append(each)
    found = [told for each in lately if (told := _told(each, past[each.payee, each.currency]))]
    return sorted(found, key=lambda each: -each.found.tenths)


def _told(paid: Paid, past: Iterable[Paid]) -> UnusualPayment | None:
    """Beside what was paid before it."""
    amounts = [each.amount for each in past if (each.day, each.key) < (paid.day, paid.key)]
    found = unusual(paid.amount, amounts)
    return UnusualPayment(paid, found) if found else None


def _paid(since: date, most: int, *, concerning: list[int] | None = None, **more: Any) -> list[Paid]:
    """Transfers are told apart here: asked of the database, it would take them for few and begin with all others."""
    rows = Transaction.objects.filter(trashed_at=None, amount__lt=0, date__gte=since, **more)
    rows = rows.filter(OneOf("payee_id", concerning)) if concerning is not None else rows
    columns = ("pk", "uid", "payee_id", "payee__name", "currency", "amount", "date", "account__name")
    found = rows.order_by("-date", "-pk").values_list("transfer_id", *columns)[:most]
    return [Paid._make((*row[:5], -row[5], *row[6:])) for transfer, *row in found if transfer is None and row[2]]
