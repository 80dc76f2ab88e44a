"""What is done at once, and what is better done by a job: a face's choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse

from financeflow.history.refusal import Refused
from financeflow.jobs.actions import start_job
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.pages import go
from ledger.actions.merging import AT_ONCE, carry_out, merge_params


def now_or_later(
    request: MemberRequest,
    form: forms.Form,
    deed: tuple[str, str],
    gone: Sequence[Any],
    into: Any,
    *,
    count: int,
    answer: Callable[[], HttpResponse],
) -> HttpResponse | None:
    """Merge or delete, `count` transactions with it; none where a rule said no and the form says why."""
    what, verb = deed
    if count > AT_ONCE:
        params = merge_params(what, gone, into, verb=verb)
        started = start_job(household=request.household, by=request.user, kind="ledger.merge", **params)
        return go(request, "job_show", started.uid)
    try:
        carry_out(what, verb, gone, into, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return answer()
