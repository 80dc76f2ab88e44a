"""What came of an upload: the changes by which it was brought in."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q

from financeflow.history.models import Change, ChangeSet
from ledger.calc import certainty
from ledger.models import Import, Line
from ledger.queries.imports.waiting import came_of

BROUGHT_IN = "import.brought_in"


def count_filed(upload: Import) -> dict[str, int]:
    """How many transactions came of it, how many have a category, and for how many of the others one is suggested."""
    filed = Q(Exists(Line.objects.filter(transaction=OuterRef("pk"), category__isnull=False)))
    may_be = Q(import_row__category__isnull=False, import_row__confidence__range=certainty.SUGGESTED)
    rows = came_of(upload).filter(trashed_at=None).order_by()
    return rows.aggregate(
        came=Count("pk"),
        filed=Count("pk", filter=filed),
        suggested=Count("pk", filter=may_be & Q(transfer=None) & ~filed),
    )


def changes_in_force(upload: Import) -> list[ChangeSet]:
    """The changes that brought it in and are not undone, the latest first: the order in which to take them back."""
    touched = Change.objects.filter(model="ledger.import", row_id=upload.pk).values("change_set")
    found = ChangeSet.objects.filter(pk__in=touched, verb=BROUGHT_IN, undone_at=None)
    return list(found.order_by("-pk"))
