"""What uncategorised rows may be for: asked for all rows of a page at once, and only where there are any."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from financeflow.households.models import Household
from ledger.calc.bands import Band
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories


def guess_rows(rows: Iterable[Any], household: Household) -> bool:
    """`guess` of each row that has no category, as far as one is likely; rows come made shown (see queries.shown).

    Whether any has none.
    """
    open_ones = {row.pk: row for row in rows if is_open(row)}
    if not open_ones:
        return False
    asked = Transaction.objects.filter(OneOf("pk", list(open_ones))).select_related("payee__default_category")
    known = list(asked.order_by())
    for each, found in zip(known, suggest_categories(household, [unfiled(one) for one in known]), strict=True):
        open_ones[each.pk].guess = likeliest(found)
    return True


def is_open(row: Any) -> bool:
    """Whether it has no category and could have one."""
    return row.filed is None and not row.transfer_id and len(row.parts) == 1 and not row.is_refund


def unfiled(row: Transaction) -> Unfiled:
    """All that is known of a transaction that wants a category."""
    return Unfiled(
        amount=row.amount,
        currency=row.currency,
        payee=row.payee,
        words=row.description or (row.payee.name if row.payee else ""),
        account=row.account_id,
        day=row.date,
    )


def likeliest(found: list[Suggestion]) -> Suggestion | None:
    """The first, unless it is so unsure that nobody is helped by it."""
    return found[0] if found and found[0].band != Band.OPEN else None
