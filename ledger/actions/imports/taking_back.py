"""The whole import is taken back: by history where nothing stands in the way, or to the trash."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.events.publishing import publish
from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.history.taking_back import Step, quietly
from financeflow.households.models import Membership
from financeflow.jobs.actions import start_job
from financeflow.jobs.models import Job
from ledger.actions.imports.receiving import TOPIC, free
from ledger.actions.transactions import trash
from ledger.actions.writing import accounts_of, writing
from ledger.models import Import, Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.done import changes_in_force
from ledger.queries.imports.waiting import came_of

TAKE_BACK = "ledger.take_back_import"


@transaction.atomic
def start_taking_back(*, upload: Import, by: Membership, anyway: bool = False) -> Job:
    """A job takes it back: somebody waits for three rows, and nobody for a hundred thousand."""
    upload = free(upload)
    _see_that_it_is_in(upload)
    upload.job = start_job(
        household=upload.household, by=by.user, kind=TAKE_BACK, upload=str(upload.uid), anyway=anyway
    )
    upload.save(update_fields=["job"])
    publish(TOPIC, household_id=upload.household_id, refreshes=False)
    return upload.job


def _see_that_it_is_in(upload: Import) -> None:
    if upload.state != Import.State.DONE:
        raise Refused(_("This file was not brought in, so there is nothing to take back."))


@transaction.atomic
def take_back(*, upload: Import, by: Membership, step: Step = quietly) -> list[ChangeSet]:
    """Everything as it was before; UndoRefused, naming it, where a later change stands in the way."""
    return [undo_change(change_set, by=by, step=step) for change_set in changes_in_force(upload)]


@transaction.atomic
def take_back_anyway(*, upload: Import, by: Membership) -> int:
    """What it added goes to the trash although it was changed since; what it only completed stays as it is now."""
    _see_that_it_is_in(upload)
    rows = came_of(upload).filter(source=Transaction.Source.IMPORTED, trashed_at=None)
    count = rows.count()
    words = ngettext(
        "Took back “%(name)s”: %(count)s transaction to the trash",
        "Took back “%(name)s”: %(count)s transactions to the trash",
        count,
    )
    summary = words % {"name": upload.name, "count": count}
    frame: dict[str, Any] = {"household": upload.household, "by": by.user, "verb": "import.taken_back"}
    with writing(**frame, summary=summary, accounts=accounts_of(rows)) as (record, books):
        sides = Transaction.objects.filter(transfer__in=rows.exclude(transfer=None).values("transfer"))
        keys = list((rows | sides.filter(trashed_at=None)).values_list("pk", flat=True))
        trash(record, books, Transaction.objects.filter(OneOf("pk", keys)))
        # Thrown away by a person a row stays away; taken back with its file it may come again.
        record.change_many(Transaction.objects.filter(OneOf("pk", keys)), import_row=None)
        record.change(upload, state=Import.State.READY, done_at=None)
    Import.objects.filter(pk=upload.pk).update(judged_at=None)
    return count
