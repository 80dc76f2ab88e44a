"""The register of an account: its rows, latest first, with what was in it after each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from ledger.models import Account, Line, Statement, Transaction
from ledger.models.many import OneOf
from ledger.queries.balances import balance_on
from ledger.queries.listing import attach_other_sides, read_place, with_all_shown
from ledger.queries.shown import name_of

ON_A_PAGE = 50
LARGEST_KEY = 2**63 - 1


class Filed(NamedTuple):
    """The category of a line, as far as a register shows it."""

    name: str | None
    hue: int | None


@dataclass(frozen=True)
class RegisterPage:
    """One page of a register; each row has its `balance`, and `next` asks for what comes after it."""

    rows: list[Any]
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
    places = list(_placed(account, first, last, after).values_list("pk", "date")[: size + 1])
    shown = places[:size]
    rows = _joined([key for key, _day in shown])
    if rows:
        _run(rows, balance_on(account, rows[0].date) - _later_that_day(account, rows[0]))
    more = f"{shown[-1][1]}.{shown[-1][0]}" if len(places) > size else None
    return RegisterPage(rows, more)


def _placed(account: Account, first: date | None, last: date | None, after: str | None) -> QuerySet[Transaction]:
    rows = _rows(account)
    if first:
        rows = rows.filter(date__gte=first)
    if last:
        rows = rows.filter(date__lte=last)
    if after and (place := read_place(after)):
        day, key = place[0], min(place[1], LARGEST_KEY)
        rows = rows.filter(Q(date__lte=day) & (Q(date__lt=day) | Q(pk__lt=key)))
    return rows.order_by("-date", "-pk")


def _rows(account: Account) -> QuerySet[Transaction]:
    return Transaction.objects.filter(account=account, trashed_at=None).order_by()


def _joined(keys: list[int]) -> list[Any]:
    """These rows in this order with what a register shows of them: less than a list does, and quicker."""
    found: dict[int, Any] = with_all_shown(Transaction.objects.all()).prefetch_related(None).in_bulk(keys)
    rows = [found[key] for key in keys if key in found]
    attach_other_sides(rows)
    parts: dict[int, list[Filed]] = {}
    lines = Line.objects.filter(OneOf("transaction_id", keys)).order_by("position", "pk")
    for key, name, hue in lines.values_list("transaction", "category__name", "category__hue"):
        parts.setdefault(key, []).append(Filed(name, hue))
    for row in rows:
        _make_shown(row, parts.get(row.pk, []))
    return rows


def _make_shown(row: Any, parts: list[Filed]) -> None:
    row.key, row.name, row.parts = str(row.uid), name_of(row), parts
    row.filed = parts[0] if len(parts) == 1 and parts[0].name else None
    plain = row.status == Transaction.Status.CLEARED and len(parts) == 1
    row.marked = not plain or row.is_refund or row.awaits_refund or row.has_papers


def _later_that_day(account: Account, row: Transaction) -> int:
    """What came on the same day after the row: rows of a day stand in the order in which they were written."""
    later = _rows(account).filter(date=row.date, pk__gt=row.pk)
    return int(later.aggregate(moved=Sum("amount", default=0))["moved"])


def _run(rows: list[Any], balance: int) -> None:
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
    waiting = _rows(account).filter(status=Transaction.Status.PENDING)
    pending = waiting.aggregate(sum=Sum("amount", default=0), rows=Count("pk"))
    checked = Statement.objects.filter(account=account, locked_at__isnull=False).order_by("-on").first()
    return Standing(account.balance, int(pending["sum"]), pending["rows"], balance_on(account, today), checked)
