"""Pages of background work: what runs, how far it is, and the buttons to stop it or start it again."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.jobs import actions, queries
from financeflow.jobs.beside import as_whispered
from financeflow.jobs.kinds import is_personal
from financeflow.jobs.models import Job
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import is_htmx, page


@member("viewer")
def job_list(request: MemberRequest) -> HttpResponse:
    return page(request, "jobs/job_list.html", {"jobs": queries.recent_jobs()}, partial="rows")


@member("viewer")
def job_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _shown(request, get_object_or_404(Job.objects.select_related("by"), uid=uid))


@member("editor", "POST")
def job_cancel(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job, uid=uid)
    actions.cancel_job(job)
    return _shown(request, job) if is_htmx(request) else redirect("job_show", job.uid)


@member("editor", "POST")
def job_retry(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job, uid=uid)
    actions.retry_job(job)
    return _shown(request, job) if is_htmx(request) else redirect("job_show", job.uid)


def _shown(request: MemberRequest, job: Job) -> HttpResponse:
    job = as_whispered(job)
    if is_personal(job.kind) and job.by_id != request.user.pk:
        job.message, job.result = "", {}
    watch_only = request.membership.role == "viewer"
    return page(request, "jobs/job_show.html", {"job": job, "watch_only": watch_only}, partial="progress")
