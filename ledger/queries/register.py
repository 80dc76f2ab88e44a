"""The register of an account: its rows, latest first, with what was in it after each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, QuerySet, Sum, Value

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.models import Account, Statement, Transaction
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries import plain
from ledger.queries.balances import balance_on
from ledger.queries.conditions import Conditions, Span
from ledger.queries.listing import read_place
from ledger.queries.plain import shape_of, values_of
from ledger.queries.rows import Row, rows_of
from ledger.queries.shown import make_shown

ON_A_PAGE = 50


@dataclass(frozen=True)
class RegisterPage:
    """One page of a register; each row has its `balance`, and `next` asks for what comes after it."""

    rows: list[Row]
    next: str | None


def register_page(
    account: Account,
    *,
    first: date | None = None,
    last: date | None = None,
    after: str | None = None,
    size: int = ON_A_PAGE,
) -> RegisterPage:
    """Rows of these days after a place, joined with all that a row shows."""
    within = Conditions(accounts=frozenset([account.pk]), spans=(Span(first, last),) if first or last else ())
    place = read_place(after) if after else None
    shape = shape_of(within, after=place is not None, most=size + 1)
    assert shape is not None
    day, key = place or (None, None)
    places = plain.places(shape, values_of(within, **{"after day": day, "after key": key}))
    shown = places[:size]
    rows = rows_of([key for _day, key in shown], tagged=False)
    make_shown(rows, account.household)
    if rows:
        _run(rows, balance_on(account, rows[0].date) - _later_that_day(account, rows[0]))
    more = f"{shown[-1][0]}.{shown[-1][1]}" if len(places) > size else None
    return RegisterPage(rows, more)


def _rows() -> QuerySet[Transaction]:
    return Transaction.objects.filter(account=Slot("account"), trashed_at=None).order_by()


def _later_that_day(account: Account, row: Row) -> int:
    """What came on the same day after the row: rows of a day stand in the order in which they were written."""
    return sum(int(moved) for (moved,) in LATER.rows(account=account.pk, day=row.date, key=row.pk))


def _moved_later() -> QuerySet[Transaction, Any]:
    later = _rows().filter(date=Slot("day", DateField()), pk__gt=Slot("key"))
    return _all_in_one(later).annotate(moved=Sum("amount", default=0)).values_list("moved")


def _waiting() -> QuerySet[Transaction, Any]:
    waiting = _all_in_one(_rows().filter(status=Transaction.Status.PENDING))
    return waiting.annotate(sum=Sum("amount", default=0), rows=Count("pk")).values_list("sum", "rows")


def _all_in_one(rows: QuerySet[Transaction]) -> QuerySet[Transaction, Any]:
    """One group, and none where there is nothing to add up."""
    return rows.values(all=Value(1))


def _checked() -> QuerySet[Statement]:
    return Statement.objects.filter(account=Slot("account"), locked_at__isnull=False).order_by("-on")[:1]


LATER, WAITING = Prepared(_moved_later, OUT_OF_SIGHT), Prepared(_waiting, OUT_OF_SIGHT)
CHECKED = Prepared(_checked, OUT_OF_SIGHT)


def _run(rows: list[Row], balance: int) -> None:
    """Down the page each row shows what was there after it."""
    for row in rows:
        row.balance = balance
        balance -= row.amount


@dataclass(frozen=True)
class Standing:
    """What an account comes to: all in all, of that still pending, up to today, and when it was last checked."""

    balance: int
    pending: int
    pending_count: int
    today: int
    checked: Statement | None

    @property
    def cleared(self) -> int:
        return self.balance - self.pending

    @property
    def ahead(self) -> int:
        """What is dated later than today."""
        return self.balance - self.today


def standing_of(account: Account, *, today: date) -> Standing:
    [pending, count] = next(iter(WAITING.rows(account=account.pk)), (0, 0))
    checked = next(iter(CHECKED.objects(account=account.pk)), None)
    return Standing(account.balance, int(pending), count, balance_on(account, today), checked)
