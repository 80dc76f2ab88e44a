"""Which rows of an upload have not come into the books."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from ledger.models import Import, ImportRow, Transaction
from ledger.queries.imports.sheets import past_sight


def still_out(upload: Import) -> QuerySet[ImportRow]:
    """Rows of accounts that are not left out, of which no transaction came; in the order of the file."""
    rows = ImportRow.objects.filter(sheet__upload=upload, sheet__is_left_out=False)
    return rows.filter(~Exists(became())).order_by("sheet__position", "position")


def became() -> QuerySet[Transaction]:
    """What a row in the query around it became, in sight or not: who may not see it does not bring it in again."""
    return past_sight(Transaction).filter(import_row=OuterRef("pk"))


def came_of(upload: Import) -> QuerySet[Transaction]:
    """The transactions that rows of it became, or completed."""
    return Transaction.objects.filter(import_row__in=ImportRow.objects.filter(sheet__upload=upload).values("pk"))
