"""Ticks on open statements: what was found there. They are work on the way, so history hears of none of this."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from ledger.models import Statement, Tick, Transaction
from ledger.models.many import OneOf

AT_ONCE = 2000


def put_ticks(statement: Statement, keys: Iterable[int]) -> None:
    """Tick these transactions; those that are ticked already stay so, here or on another statement."""
    ticks = [Tick(household_id=statement.household_id, statement=statement, transaction_id=key) for key in keys]
    Tick.objects.bulk_create(ticks, batch_size=AT_ONCE, ignore_conflicts=True)


def take_ticks(statement: Statement, rows: QuerySet[Transaction]) -> None:
    """Untick these transactions."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    Tick.objects.filter(OneOf("transaction_id", keys), statement=statement).delete()


def rows_on(statements: Collection[int]) -> dict[int, int]:
    """The transactions that stand on these locked statements, and where each stands."""
    rows = Transaction.objects.filter(statement__in=statements).order_by()
    return dict(rows.values_list("pk", "statement_id"))


def follow(statements: Collection[int], stood: dict[int, int]) -> None:
    """After statements were locked or unlocked: what stood on one stays ticked there; a locked one needs no ticks."""
    Tick.objects.filter(statement__in=statements, statement__locked_at__isnull=False).delete()
    left = Transaction.objects.filter(OneOf("pk", list(stood)), statement=None).order_by()
    free = set(left.values_list("pk", flat=True))
    for statement in Statement.objects.filter(pk__in=set(stood.values()), locked_at=None):
        put_ticks(statement, [key for key, where in stood.items() if where == statement.pk and key in free])
