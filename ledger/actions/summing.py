"""Carrying a difference into the kept totals and balances."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import F

from financeflow.households.models import Household
from ledger.models import Account, Category, DayTotal, MonthTotal
from ledger.queries.sums import COLUMNS, Figures, Sums, gathered_sums, sums_of

__all__ = ["Sums", "carry", "gathered_sums", "insert", "sums_of"]

ROWS_AT_ONCE = 400


def carry(household: Household, difference: Sums) -> None:
    """Add the difference to the kept totals and balances; what comes to nothing goes."""
    insert(household, difference)
    for account, amount in difference.balances().items():
        Account.objects.filter(pk=account).update(balance=F("balance") + amount)


def insert(household: Household, sums: Sums) -> None:
    """Write totals where none are; where there are, add to them."""
    _upsert(MonthTotal, household, ("account_id", "month", "slot"), _still_filed(sums.months), category=True)
    _upsert(DayTotal, household, ("account_id", "day", "flow"), sums.days)


def _still_filed(months: dict[Any, Figures]) -> dict[Any, Figures]:
    """Without the categories that this very write took away: what was kept of them went with them."""
    emptied = {where[2] for where, change in months.items() if where[2] > 0 and change[2] < 0}
    gone = emptied - set(Category.objects.filter(pk__in=emptied).values_list("pk", flat=True)) if emptied else set()
    return {where: change for where, change in months.items() if where[2] not in gone} if gone else months


def _upsert(
    model: type[MonthTotal] | type[DayTotal],
    household: Household,
    key: tuple[str, str, str],
    figures: dict[Any, Figures],
    *,
    category: bool = False,
) -> None:
    if not figures:
        return
    extra = ("category_id",) if category else ()
    rows = (
        [_uid(), household.pk, *where, *([where[2] if where[2] > 0 else None] if category else []), *change]
        for where, change in figures.items()
    )
    columns = ("uid", "household_id", *key, *extra, *COLUMNS)
    with connection.cursor() as cursor:
        for some in _batches(rows):
            cursor.execute(_statement(model, columns, key, len(some)), [value for row in some for value in row])
    if any(change[2] < 0 for change in figures.values()):
        days = {where[1] for where in figures}
        model.objects.filter(**{f"{key[1]}__in": days}, count=0).delete()


def _statement(model: type[models.Model], columns: Sequence[str], key: Sequence[str], rows: int) -> str:
    """INSERT … ON CONFLICT adds to what is there; both databases read it alike."""
    table = model._meta.db_table
    added = ", ".join(f'"{name}" = {table}."{name}" + excluded."{name}"' for name in COLUMNS)
    row = f"({', '.join(['%s'] * len(columns))})"
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join([row] * rows)
    return f"INSERT INTO {table} ({names}) VALUES {marks} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {added}"  # noqa: S608


def _uid() -> Any:
    return MonthTotal._meta.get_field("uid").get_db_prep_value(uuid.uuid4(), connection)


def _batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    source = iter(rows)
    while some := list(islice(source, ROWS_AT_ONCE)):
        yield some
