"""What came of an upload: the changes by which it was brought in."""

from __future__ import annotations

from financeflow.history.models import Change, ChangeSet
from ledger.models import Import

BROUGHT_IN = "import.brought_in"


def changes_in_force(upload: Import) -> list[ChangeSet]:
    """The changes that brought it in and are not undone, the latest first: the order in which to take them back."""
    touched = Change.objects.filter(model="ledger.import", row_id=upload.pk).values("change_set")
    found = ChangeSet.objects.filter(pk__in=touched, verb=BROUGHT_IN, undone_at=None)
    return list(found.order_by("-pk"))
