"""Merging and deleting by programs: at once, or by a job where so much hangs on it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from ninja.responses import Status

from financeflow.jobs.actions import start_job
from financeflow.tenancy.guards import MemberRequest
from ledger.actions.merging import AT_ONCE, carry_out, merge_params
from ledger.models import Category, Payee, Tag

Row = Category | Payee | Tag


def at_once_or_later(request: MemberRequest, what: str, verb: str, row: Row, into: Row | None, *, count: int) -> Any:
    """204 when it is done, 202 when a job does it."""
    if count <= AT_ONCE:
        carry_out(what, verb, [row], into, by=request.user)
        return Status(204, None)
    params = merge_params(what, [row], into, verb=verb)
    job = start_job(household=request.household, by=request.user, kind="ledger.merge", **params)
    return Status(202, {"job": job.uid, "url": reverse("job_show", args=[job.uid])})
