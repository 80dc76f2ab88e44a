"""The page of the inbox, its count for the frame, and the two things one can do there: answer and dismiss."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from financeflow.history.refusal import Refused
from financeflow.inbox import actions, queries
from financeflow.inbox.forms import AnswerForm
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page


@member("viewer")
def inbox_list(request: MemberRequest) -> HttpResponse:
    found = queries.queue(request.household, request.GET.get("kind", ""))
    context = {"queue": found, "front": found.front(request.GET.get("at", ""))}
    return page(request, "inbox/inbox_list.html", context, partial="queue")


@member("viewer")
def inbox_count(request: MemberRequest) -> HttpResponse:
    """For the frame, which asks by itself where the count is not known yet."""
    count = sum(each.count for each in queries.counts(request.household))
    return page(request, "inbox/_count.html", {"count": count})


@member("editor", "POST")
def inbox_decide(request: MemberRequest) -> HttpResponse:
    form = _form(request)
    frame = {"household": request.household, "by": request.user, **form.said()}
    return _answered(request, form, lambda: actions.decide_item(**frame, choice=form.chosen))


@member("editor", "POST")
def inbox_dismiss(request: MemberRequest) -> HttpResponse:
    form = _form(request)
    frame = {"household": request.household, "by": request.user, **form.said()}
    return _answered(request, form, lambda: actions.dismiss_item(**frame))


def _form(request: HttpRequest) -> AnswerForm:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest("This answers no question.")
    return form


def _answered(request: HttpRequest, form: AnswerForm, act: Callable[[], None]) -> HttpResponse:
    """Back to the queue with the next question in front; a rule that says no is told there."""
    then = {"kind": form.cleaned_data["only"], "at": form.cleaned_data["then"]}
    address = f"{reverse('inbox_list')}?{urlencode({name: value for name, value in then.items() if value})}"
    try:
        act()
    except (Refused, ValidationError) as why:
        messages.warning(request, " ".join(why.messages) if isinstance(why, ValidationError) else str(why))
        return HttpResponse(status=409) if is_htmx(request) else redirect(address)
    return done(request, address)
