"""Whether transactions hold together: lines that add up, transfers whose sides fit, statements without a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from ledger.models import Statement, Transaction, Transfer
from ledger.models.many import OneOf


def unbalanced(ids: Sequence[int]) -> list[int]:
    """The transactions whose lines do not add up to their amount."""
    found = Transaction.objects.filter(OneOf("pk", ids)).annotate(filed=Coalesce(Sum("lines__amount"), 0))
    lines = Count("lines")
    return list(found.annotate(parts=lines).filter(~Q(filed=F("amount")) | Q(parts=0)).values_list("pk", flat=True))


def broken_transfers(ids: Sequence[int]) -> list[int]:
    """The transfers with one side, or with sides that do not fit: two accounts, out and in, the same where they can be.

    Both sides go to the trash together, so a transfer has two sides there or none.
    """
    touched = Transfer.objects.filter(sides__in=Transaction.objects.filter(OneOf("pk", ids), transfer__isnull=False))
    sides: dict[int, list[Any]] = defaultdict(list)
    rows = Transaction.objects.filter(transfer__in=list(touched.values_list("pk", flat=True).distinct()))
    for row in rows.values_list("transfer_id", "account_id", "amount", "currency", "trashed_at", named=True):
        sides[row.transfer_id].append(row)
    return [key for key, both in sides.items() if not _fit(both)]


def _fit(sides: list[Any]) -> bool:
    if len(sides) != 2:
        return False
    one, other = sides
    if one.account_id == other.account_id or one.trashed_at != other.trashed_at or one.amount * other.amount > 0:
        return False
    return bool(one.currency != other.currency or one.amount + other.amount == 0)


def broken_statements(ids: Iterable[int]) -> list[int]:
    """The statements that are locked and not made up of what stands on them, or open and yet have rows."""
    rows = Q(transactions__trashed_at=None, transactions__status=Transaction.Status.RECONCILED)
    found = Statement.objects.filter(pk__in=ids).annotate(
        stand=Count("transactions"),
        counted=Count("transactions", filter=rows & Q(transactions__account=F("account"))),
        sums=Coalesce(Sum("transactions__amount", filter=rows), 0),
    )
    wrong = found.exclude(stand=F("rows"), counted=F("rows"), sums=F("total"))
    unkept = found.filter(locked_at=None).exclude(rows=0, total=0)
    return sorted({*wrong.values_list("pk", flat=True), *unkept.values_list("pk", flat=True)})
