"""What is left over on the desk: files that were not brought in, rows kept back, work that failed, open statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone

from financeflow.jobs.kinds import is_personal
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import current_viewer
from ledger.models import Import, ImportRow, Statement
from ledger.queries.imports.desk import imports
from ledger.queries.reconciling import statements

MOST_FILES: Final = 10
DAYS_FAILED: Final = 14
MOST_WORK: Final = 200
State, Deed, Verdict = Import.State, ImportRow.Deed, ImportRow.Verdict


@dataclass(frozen=True)
class LeftOver:
    """A file, and how many of its rows nobody decided on or could not be read."""

    upload: Import
    rows: int = 0


def files_left() -> list[LeftOver]:
    """Files that were read and not brought in, could not be read, or of which rows were kept back."""
    latest = list(imports()[:MOST_FILES])
    here = [each for each in latest if not each.is_busy]
    back = _kept_back([each.pk for each in here if each.state == State.DONE])
    waiting = [LeftOver(each) for each in here if each.state in (State.READY, State.REFUSED)]
    return [*waiting, *(LeftOver(each, back[each.pk]) for each in here if back.get(each.pk))]


def _kept_back(uploads: list[int]) -> dict[int, int]:
    if not uploads:
        return {}
    undecided = Q(deed=Deed.ASK) | Q(verdict=Verdict.UNREAD, is_decided=False)
    rows = ImportRow.objects.filter(undecided, sheet__upload__in=uploads, sheet__is_left_out=False)
    return dict(rows.order_by().values_list("sheet__upload").annotate(rows=Count("pk")))


def failed_work() -> list[list[Job]]:
    """Work of the last days that failed and was not done since, the same work together, the latest first.

    What only another member may read of is left out.
    """
    since = timezone.now() - timedelta(days=DAYS_FAILED)
    over = Job.objects.filter(state__in=[Job.State.FAILED, Job.State.DONE], created_at__gte=since)[:MOST_WORK]
    viewer, same = current_viewer(), dict[str, list[Job]]()
    for job in over:
        if viewer is None or job.by_id == viewer.user_id or not is_personal(job.kind):
            same.setdefault(f"{job.kind} {job.params}", []).append(job)
    runs = (list(takewhile(lambda job: job.state == Job.State.FAILED, jobs)) for jobs in same.values())
    return [jobs for jobs in runs if jobs]


def open_statements() -> list[Statement]:
    """Statements that somebody began and did not finish."""
    return list(statements().filter(locked_at=None))


def day_of(job: Job) -> date:
    return (job.finished_at or job.created_at).date()
