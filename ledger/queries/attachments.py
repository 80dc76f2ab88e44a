"""Questions about attachments, and about the files that nothing points at any more."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q, Sum

from financeflow.history.models import Change
from financeflow.tenancy.scope import every_household, whole_household
from ledger.models import Attachment, Transaction


def attachments() -> models.QuerySet[Attachment]:
    """The papers that are there: neither they nor their transactions are in the trash."""
    kept = Attachment.objects.filter(trashed_at=None, transaction__trashed_at=None)
    return kept.select_related("transaction__account", "household")


def papers_of(transaction: Transaction) -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(transaction=transaction, trashed_at=None)


def bytes_kept() -> int:
    """How much all papers of the household come to, those in the trash too."""
    with whole_household():
        return Attachment.objects.aggregate(all=Sum("size", default=0))["all"]  # type: ignore[no-any-return]


def lost_files(names: Collection[str]) -> set[str]:
    """Those of the stored files that no attachment has, and that no undo can bring back."""
    with every_household("files of all households lie together"):
        rows = Attachment.objects.filter(Q(file__in=names) | Q(thumbnail__in=names))
        known = {name for pair in rows.values_list("file", "thumbnail") for name in pair}
        removed = Change.objects.filter(model=Attachment._meta.label_lower, after__isnull=True)
        for before in removed.filter(change_set__undone_at=None).values_list("before", flat=True):
            known |= {(before or {}).get(name) for name in ("file", "thumbnail")}
    return set(names) - known
