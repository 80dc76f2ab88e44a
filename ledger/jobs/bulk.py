"""Changing more transactions at once than somebody would wait for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.history.recording import recorded_now
from financeflow.history.refusal import Refused
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from financeflow.tenancy.scope import household_scope
from ledger.actions.deeds import do_deed, left_words
from ledger.jobs.asking import see_that_one_may
from ledger.queries.selection import selection_of


@titled(gettext_lazy("Change of many transactions"))
def change_many(job: Job, progress: Progress) -> dict[str, Any]:
    """As who asked sees the household. Its result is kept with the change itself, so that it is never done twice."""
    if job.result:
        return dict(job.result)
    see_that_one_may(job)
    with household_scope(job.household_id, viewer=job.by_id):
        rows = selection_of(job.household, job.params["chosen"]).rows()
        count = rows.count()
        progress.step(0, count, _("Changing %(count)s transactions") % {"count": count})
        try:
            with transaction.atomic():
                result = _done(job, rows)
                Job.objects.filter(pk=job.pk).update(result=result)
                progress.step(count, count, result["message"])  # whoever stops it until here finds nothing changed
        except (Refused, ValidationError) as refusal:
            raise JobFailed(" ".join(getattr(refusal, "messages", [str(refusal)]))) from refusal
    return result


def _done(job: Job, rows: Any) -> dict[str, Any]:
    token = recorded_now.set([])
    try:
        deed, said = job.params["deed"], job.params["said"]
        outcome = do_deed(deed, household=job.household, by=job.by, rows=rows, said=said)
        changes = recorded_now.get() or []
    finally:
        recorded_now.reset(token)
    if not changes:
        message = _("Nothing had to be changed")
        return {"message": message, "url": reverse("transaction_list"), "word": _("Show the list")}
    summary = _("Done") if changes[0].private_to_id else changes[0].summary  # all members see the job
    message = "; ".join(filter(None, [summary, left_words(outcome)]))
    return {"message": message, "url": changes[0].get_absolute_url(), "word": _("See it, or undo it")}
