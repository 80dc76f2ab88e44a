"""Amounts of transactions and of their lines in the base currency, at the day's rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from ledger.calc.conversion import Rate, convert_with_parts
from ledger.models import Line, RateState, Transaction
from ledger.models.many import OneOf
from ledger.queries.rates import RateTable, rate_table

# A row's key, what its amount is in the base currency, and how well that is known.
Worked = tuple[int, int | None, str]
_ONE = "UPDATE {table} SET base_amount = %s, rate_state = %s WHERE id = %s"
_MANY = """
    UPDATE {table} SET base_amount = each.amount, rate_state = each.state
    FROM unnest(%s::bigint[], %s::bigint[], %s::varchar[]) AS each(id, amount, state) WHERE {table}.id = each.id
"""


def convert_amounts(household: Household, ids: Sequence[int]) -> None:
    """Work out anew what these transactions are in the base currency, and write down what differs."""
    base = household.base_currency
    every = Transaction.objects.filter(OneOf("pk", ids)).order_by()
    same = {"base_amount": F("amount"), "rate_state": RateState.SAME}
    every.filter(currency=base).exclude(base_amount=F("amount"), rate_state=RateState.SAME).update(**same)
    at_home = Line.objects.filter(OneOf("transaction_id", ids), transaction__currency=base).order_by()
    differing = at_home.exclude(base_amount=F("amount"), rate_state=RateState.SAME)
    Line.objects.filter(OneOf("pk", list(differing.values_list("pk", flat=True)))).update(**same)
    columns = ("pk", "currency", "date", "amount", "base_amount", "rate_state")
    abroad = list(every.exclude(currency=base).values_list(*columns))
    if abroad:
        _convert(abroad, base)


def _convert(abroad: list[Any], base: str) -> None:
    days = [row[2] for row in abroad]
    table = rate_table(base=base, currencies={row[1] for row in abroad}, first=min(days), last=max(days))
    lines = _lines_of([row[0] for row in abroad])
    transactions_worked: list[Worked] = []
    lines_worked: list[Worked] = []
    for key, currency, day, amount, *known in abroad:
        parts = lines[key]
        found, state, shares = _at(table.rate(currency, day), amount, [part[1] for part in parts], currency, base)
        if [found, state] != known:
            transactions_worked.append((key, found, state))
        lines_worked += [
            (part[0], share, state)
            for part, share in zip(parts, shares, strict=True)
            if (share, state) != (part[2], part[3])
        ]
    _write(Transaction, transactions_worked)
    _write(Line, lines_worked)


def _lines_of(transactions: Sequence[int]) -> dict[int, list[Any]]:
    """Key, amount, and what is known of each line, by its transaction."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = Line.objects.filter(OneOf("transaction_id", transactions)).order_by("transaction", "position", "pk")
    for transaction, *rest in rows.values_list("transaction", "pk", "amount", "base_amount", "rate_state"):
        found[transaction].append(rest)
    return found


def _at(
    rate: Rate, amount: int, parts: Sequence[int], currency: str, base: str
) -> tuple[int | None, str, Sequence[int | None]]:
    digits = {"from_digits": minor_digits(currency), "to_digits": minor_digits(base)}
    found = convert_with_parts(amount, parts, rate=rate, **digits)
    if found is None:
        return None, RateState.MISSING.value, [None] * len(parts)
    return found[0], rate.state, found[1]


def set_base(each: Transaction, lines: Sequence[Line], base: str, table: RateTable) -> None:
    """The same for rows in memory that are yet to be written."""
    rate = table.rate(each.currency, each.date)
    found = _at(rate, each.amount, [line.amount for line in lines], each.currency, base)
    each.base_amount, each.rate_state, shares = found
    for line, share in zip(lines, shares, strict=True):
        line.base_amount, line.rate_state = share, each.rate_state


def _write(model: type[Transaction] | type[Line], rows: Iterable[Worked]) -> None:
    """Each row its own amount, by the way that each database does it fastest."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if not rows:
            return
        if connection.vendor == "postgresql":
            cursor.execute(_MANY.format(table=table), [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_ONE.format(table=table), [(amount, state, key) for key, amount, state in rows])
