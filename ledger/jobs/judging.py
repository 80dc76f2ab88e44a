"""Finding the verdicts of a file anew, where it has more rows than somebody would wait for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.events.publishing import publish
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from financeflow.tenancy.scope import household_scope
from ledger.actions.imports.judging import judge
from ledger.actions.imports.receiving import TOPIC
from ledger.jobs.asking import see_that_one_may
from ledger.models import Import


@titled(gettext_lazy("Looking through a file"), is_personal=True)
def judge_again(job: Job, progress: Progress) -> dict[str, Any]:
    """With the eyes of who asked; done twice it comes to the same."""
    see_that_one_may(job)
    with household_scope(job.household_id, viewer=job.by_id):
        upload = Import.objects.filter(uid=job.params["upload"]).first()
        if upload is None:
            raise JobFailed(_("This file is not there any more."))
        progress.step(0, 0, _("Looking through “%(name)s”") % {"name": upload.name})
        judge(upload, progress.step)
        publish(TOPIC, household_id=job.household_id, refreshes=False)
    return {"url": reverse("import_show", args=[upload.uid]), "word": _("Look through it"), "message": upload.name}
