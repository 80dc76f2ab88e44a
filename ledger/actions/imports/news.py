"""Telling who brought a file what became of it, where that took longer than people sit and wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.jobs.models import Job
from financeflow.notify.actions import Notice, notify
from financeflow.notify.models import Notification
from ledger.models import Import, ImportRow
from ledger.queries.imports.waiting import still_out

FINISHED: Final = "import.finished"
REFUSED: Final = "import.refused"
# Whoever has waited less still looks at the page, which says it by itself.
PATIENCE: Final = timedelta(seconds=20)


def tell_finished(job: Job, upload: Import, summary: str) -> list[Notification]:
    """How many came in, were left out and want a look; in the transaction that brought them in."""
    rows = still_out(upload).order_by()
    left = rows.filter(deed=ImportRow.Deed.LEAVE).count()
    open_ones = rows.filter(deed=ImportRow.Deed.ASK).count()
    words = []
    if left:
        words.append(ngettext("%(count)s row left out", "%(count)s rows left out", left) % {"count": left})
    if open_ones:
        words.append(ngettext("%(count)s needs a look", "%(count)s need a look", open_ones) % {"count": open_ones})
    return _tell(job, upload, FINISHED, summary, ", ".join(words))


def tell_unread(job: Job, upload: Import, why: str) -> list[Notification]:
    return _tell(job, upload, REFUSED, _("“%(name)s” could not be read") % {"name": upload.name}, why)


def tell_refused(job: Job, upload: Import, why: str) -> list[Notification]:
    """That it was read, but nothing of it came in."""
    return _tell(job, upload, REFUSED, _("“%(name)s” could not be brought in") % {"name": upload.name}, why)


def _tell(job: Job, upload: Import, kind: str, title: str, text: str) -> list[Notification]:
    if job.by_id is None or timezone.now() - job.created_at < PATIENCE:
        return []
    notice = Notice(job.by_id, title, text, reverse("import_show", args=[upload.uid]))
    return notify(household_id=job.household_id, kind=kind, once=str(job.uid), notices=[notice])
