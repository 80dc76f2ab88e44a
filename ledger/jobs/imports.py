"""The background work of the import desk: a file is read, brought in, taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.events.publishing import publish
from financeflow.history.refusal import Refused
from financeflow.jobs.beside import told_beside
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from financeflow.notify.tasks import mail_soon
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger.actions.imports.bringing import bring_in
from ledger.actions.imports.news import tell_finished, tell_refused, tell_unread
from ledger.actions.imports.reading import refuse, stage_and_judge
from ledger.actions.imports.receiving import TOPIC
from ledger.actions.imports.taking_back import take_back, take_back_anyway
from ledger.importing import found as importing
from ledger.importing.how import How
from ledger.importing.reading import read_file
from ledger.importing.source import Source
from ledger.jobs.asking import see_that_one_may
from ledger.models import Import
from ledger.queries.imports.profiles import how_it_is_read


def _upload_of(job: Job) -> Import:
    """Its upload, as long as nothing was begun with it since: one may start an old job again at any time."""
    upload = Import.objects.select_related("household", "target").filter(uid=job.params["upload"]).first()
    if upload is None:
        raise JobFailed(_("This file is not there any more."))
    if upload.job_id != job.pk:
        raise JobFailed(_("Something else was done with this file since, so this is left alone."))
    return upload


@titled(gettext_lazy("Reading a file"), is_personal=True)
def read(job: Job, progress: Progress) -> dict[str, Any]:
    """Begun anew each time: whatever an interrupted one left behind is cleared away."""
    see_that_one_may(job)
    with household_scope(job.household_id, viewer=job.by_id):
        upload = _upload_of(job)
        progress.step(0, 0, _("Reading “%(name)s”") % {"name": upload.name})
        try:
            found = _found(upload, progress)
        except importing.Refused as refusal:
            with transaction.atomic():
                refuse(upload, refusal)
                mail_soon(job.household_id, tell_unread(job, upload, str(refusal)))
        else:
            stage_and_judge(upload, found, progress.step)
        publish(TOPIC, household_id=job.household_id, refreshes=False)
    return {"url": reverse("import_show", args=[upload.uid]), "word": _("Look through it"), "message": upload.name}


def _found(upload: Import, progress: Progress) -> importing.Found:
    household = upload.household
    with upload.file.open("rb") as file:
        source = Source(upload.name, file.read())
    how = How(
        today=today_in(household.time_zone),
        currency=upload.target.currency if upload.target else household.base_currency,
        locale=household.locale,
        mapping=upload.mapping,
        step=progress.step,
    )
    return how_it_is_read(upload, source, how, read_file)


@titled(gettext_lazy("Bringing in a file"), is_personal=True)
def bring(job: Job, progress: Progress) -> dict[str, Any]:
    """All of it or nothing; its result is kept with the change itself, so that it is never done twice."""
    if job.result:
        return dict(job.result)
    see_that_one_may(job)
    with household_scope(job.household_id, viewer=job.by_id):
        upload = _upload_of(job)
        progress.step(0, 0, _("Bringing in “%(name)s”") % {"name": upload.name})
        try:
            with told_beside(progress) as step, transaction.atomic():
                brought = bring_in(upload=upload, by=job.by, step=step)
                result = _told(job, upload, brought.summary)
                mail_soon(job.household_id, tell_finished(job, upload, brought.summary))
                progress.step(1, 1, brought.summary)
        except (Refused, ValidationError) as refusal:
            why = " ".join(getattr(refusal, "messages", [str(refusal)]))
            mail_soon(job.household_id, tell_refused(job, upload, why))
            raise JobFailed(why) from refusal
    return result


@titled(gettext_lazy("Taking back a file"), is_personal=True)
def take_it_back(job: Job, progress: Progress) -> dict[str, Any]:
    """As who asked sees the household; done once."""
    if job.result:
        return dict(job.result)
    see_that_one_may(job)
    by = job.household.memberships.select_related("user", "household").get(user=job.by_id)
    with household_scope(job.household_id, viewer=job.by_id):
        upload = _upload_of(job)
        progress.step(0, 0, _("Taking back “%(name)s”") % {"name": upload.name})
        try:
            with told_beside(progress) as step, transaction.atomic():
                if job.params["anyway"]:
                    take_back_anyway(upload=upload, by=by)
                else:
                    take_back(upload=upload, by=by, step=step)
                words = _("Took back “%(name)s”") % {"name": upload.name}
                result = _told(job, upload, words)
                progress.step(1, 1, words)
        except (Refused, ValidationError) as refusal:
            raise JobFailed(" ".join(getattr(refusal, "messages", [str(refusal)]))) from refusal
    return result


def _told(job: Job, upload: Import, message: str) -> dict[str, Any]:
    """Written in the same transaction as what it tells of."""
    result = {"url": reverse("import_show", args=[upload.uid]), "word": _("Show"), "message": message}
    Job.objects.filter(pk=job.pk).update(result=result)
    publish(TOPIC, household_id=job.household_id, refreshes=False)
    return result
