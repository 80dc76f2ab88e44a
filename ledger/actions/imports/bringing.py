"""What was decided about the rows of a file is carried out: all of it in one change, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.events.publishing import publish
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.jobs.actions import start_job
from financeflow.jobs.models import Job
from ledger.actions.imports.adding import add_rows
from ledger.actions.imports.completing import complete
from ledger.actions.imports.judging import judge
from ledger.actions.imports.opening import open_accounts_of, open_categories_of
from ledger.actions.imports.receiving import TOPIC, free
from ledger.actions.rates import currencies_came_into_use
from ledger.actions.writing import writing
from ledger.models import Import, ImportedAccount, ImportRow
from ledger.queries.imports.category_names import KnownCategories
from ledger.queries.imports.done import BROUGHT_IN
from ledger.queries.imports.preview import SUGGESTED
from ledger.queries.imports.waiting import still_out

BRING: Final = "ledger.bring_in"
Step = Callable[[int, int], None]
Deed = ImportRow.Deed


@dataclass(frozen=True)
class Brought:
    """What came of bringing a file in."""

    added: int
    completed: int
    summary: str


@transaction.atomic
def start_bringing(*, upload: Import, by: User | None) -> Job:
    """A job brings in what is decided; Refused where something has to be said first."""
    upload = free(upload)
    _see_that_it_may(upload)
    upload.job = start_job(household=upload.household, by=by, kind=BRING, upload=str(upload.uid))
    upload.save(update_fields=["job"])
    publish(TOPIC, household_id=upload.household_id, refreshes=False)
    return upload.job


def _see_that_it_may(upload: Import) -> None:
    if upload.state not in (Import.State.READY, Import.State.DONE):
        raise Refused(_("This file has not been read."))
    for sheet in upload.sheets.filter(account=None, is_new=False, is_left_out=False):
        if sheet.rows.exclude(deed=Deed.LEAVE).exists():
            words = _("Choose the account that the rows of “%(name)s” belong to, or leave them out.")
            raise Refused(words % {"name": sheet})


@transaction.atomic
def bring_in(*, upload: Import, by: User | None, step: Step = lambda done, total: None) -> Brought:
    """Every row that shall come in, and was not brought in before; one change, which history can take back."""
    household = Household.objects.select_for_update().get(pk=upload.household_id)
    upload = Import.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    _see_that_it_may(upload)
    if _let_go_of_what_is_gone(upload) or upload.judged_at != household.version:
        judge(upload)  # the books went on since the verdicts were found
    sheets = list(upload.sheets.filter(is_left_out=False).select_related("account__private_to"))
    rows = still_out(upload)
    counts = {deed: rows.filter(deed=deed).count() for deed in (Deed.ADD, Deed.MERGE)}
    filing = _filing_of(rows)
    summary = _summary(upload, counts[Deed.ADD], counts[Deed.MERGE])
    frame: dict[str, Any] = {"household": household, "by": by, "verb": BROUGHT_IN, "summary": summary}
    if not any(counts.values()):
        _mark_done(upload)
        return Brought(0, 0, _("Nothing had to be brought in"))
    with writing(**frame, accounts=[sheet.account for sheet in sheets if sheet.account]) as (record, books):
        names = _open(record, household, upload, sheets)
        add_rows(record, books, household, by, upload, sheets, names, step)
        complete(record, books, upload)
        record.change(upload, state=Import.State.DONE, done_at=timezone.now())
    return Brought(counts[Deed.ADD], counts[Deed.MERGE], f"{summary}{filing}")


def _filing_of(rows: QuerySet[ImportRow]) -> str:
    """How many of those to be added will be filed, and for how many somebody is asked."""
    found = rows.filter(deed=Deed.ADD, category__isnull=False).order_by()
    said = found.aggregate(filed=Count("pk", filter=~SUGGESTED), waiting=Count("pk", filter=SUGGESTED))
    words = ""
    if said["filed"]:
        words += ngettext(", %(count)s of them filed", ", %(count)s of them filed", said["filed"])
        words %= {"count": said["filed"]}
    if said["waiting"]:
        more = ngettext("; %(count)s suggestion waits for you", "; %(count)s suggestions wait for you", said["waiting"])
        words += more % {"count": said["waiting"]}
    return words


def _let_go_of_what_is_gone(upload: Import) -> int:
    """What a row was to complete was thrown away since: nothing would come of it, so it is looked at anew."""
    rows = still_out(upload).filter(deed=Deed.MERGE, is_decided=True)
    return rows.filter(Q(match=None) | Q(match__trashed_at__isnull=False)).order_by().update(is_decided=False)


def _open(record: Recording, household: Household, upload: Import, sheets: list[ImportedAccount]) -> KnownCategories:
    """The accounts and categories that the rows need; a bank's own names for categories open none."""
    open_accounts_of(record, household, sheets)
    currencies_came_into_use(household=household, codes={sheet.account.currency for sheet in sheets if sheet.account})
    return open_categories_of(record, household, upload) if upload.is_a_book else KnownCategories()


def _mark_done(upload: Import) -> None:
    """A file that brought nothing new is done as well, and is no change of the books."""
    if upload.state != Import.State.DONE:
        upload.state, upload.done_at = Import.State.DONE, timezone.now()
        upload.save(update_fields=["state", "done_at"])


def _summary(upload: Import, added: int, completed: int) -> str:
    values = {"count": added, "name": upload.name}
    if not added:
        words = ngettext(
            "Completed %(count)s transaction from “%(name)s”",
            "Completed %(count)s transactions from “%(name)s”",
            completed,
        )
        return words % {"count": completed, "name": upload.name}
    words = ngettext(
        "Brought in %(count)s transaction from “%(name)s”", "Brought in %(count)s transactions from “%(name)s”", added
    )
    return words % values
