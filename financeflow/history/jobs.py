"""The background work of history: taking back more than somebody would wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.history import actions
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import UndoRefused
from financeflow.jobs.actions import start_job
from financeflow.jobs.beside import told_beside
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress

if TYPE_CHECKING:
    from financeflow.households.models import Membership

UNDO = "history.undo"
# Up to so many changes a person waits for.
AT_ONCE = 2000


def undo_later(change_set: ChangeSet, *, by: Membership) -> Job:
    """The job that takes the change back: the one that is at it already, or a new one."""
    actions.see_that_it_may_be_undone(change_set, by)
    unfinished = Job.objects.filter(kind=UNDO, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    known = unfinished.filter(params__change_set=str(change_set.uid)).first()
    return known or start_job(household=by.household, by=by.user, kind=UNDO, change_set=str(change_set.uid))


@titled(gettext_lazy("Taking back a large change"))
def undo(job: Job, progress: Progress) -> dict[str, Any]:
    """As who asked sees the household. Its result is kept with the undo itself, so that it is never done twice."""
    if job.result:
        return dict(job.result)
    change_set = ChangeSet.objects.filter(uid=job.params["change_set"]).first()
    by = job.household.memberships.select_related("user", "household").filter(user=job.by_id).first()
    if change_set is None or by is None:
        raise JobFailed(_("What was to be taken back is not there any more."))
    total = change_set.touched
    words = ngettext("Taking back %(count)s change", "Taking back %(count)s changes", total)
    progress.step(0, total, words % {"count": total})
    try:
        with told_beside(progress) as step, transaction.atomic():
            undone = actions.undo_change(change_set, by=by, step=step)
            result = {"url": undone.get_absolute_url(), "word": _("Show")}
            Job.objects.filter(pk=job.pk).update(result=result)
            # All members see the job. Whoever stops it until here finds nothing changed.
            progress.step(total, total, _("Done") if undone.private_to_id else undone.summary)
    except UndoRefused as refusal:
        raise JobFailed(str(refusal)) from refusal
    return result
