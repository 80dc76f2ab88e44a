"""Whether transactions hold together: lines that add up, transfers whose sides fit, statements without a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from financeflow.tenancy.prepared import Prepared
from ledger.models import Statement, Transaction
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT


def unbalanced(ids: Sequence[int]) -> list[int]:
    """The transactions whose lines do not add up to their amount."""
    return [key for (key,) in UNBALANCED.rows(keys=ids)]


def _unbalanced() -> QuerySet[Transaction, Any]:
    rows = Transaction.objects.filter(OneOf("pk", Keys("keys"))).order_by().values("pk", "amount")
    found = rows.annotate(filed=Coalesce(Sum("lines__amount"), 0), parts=Count("lines"))
    return found.filter(~Q(filed=F("amount")) | Q(parts=0)).values_list("pk")


def _moved() -> QuerySet[Transaction, Any]:
    rows = Transaction.objects.filter(OneOf("pk", Keys("keys")), transfer__isnull=False)
    return rows.order_by().values_list("transfer").distinct()


UNBALANCED, MOVED = Prepared(_unbalanced, OUT_OF_SIGHT), Prepared(_moved, OUT_OF_SIGHT)


def broken_transfers(ids: Sequence[int]) -> list[int]:
    """The transfers with one side, or with sides that do not fit: two accounts, out and in, the same where they can be.

    Both sides go to the trash together, so a transfer has two sides there or none.
    """
    touched = [key for (key,) in MOVED.rows(keys=ids)]
    if not touched:
        return []
    sides: dict[int, list[Any]] = defaultdict(list)
    rows = Transaction.objects.filter(OneOf("transfer_id", touched))
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
