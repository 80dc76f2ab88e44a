"""How the ledger's views answer: a form, a form that met another edit, a step up or down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from financeflow.history import wording
from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.pages import is_htmx, page

MOST_PAGES = 10_000


def step_asked(sent: QueryDict) -> int:
    if sent.get("step") not in ("up", "down"):
        raise BadRequest("A step is up or down.")
    return -1 if sent["step"] == "up" else 1


def page_asked(request: HttpRequest) -> int:
    """The number of a page; whatever is none, or further than anybody leafs, is a page that is not there."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 6 and 1 <= int(number) <= MOST_PAGES):
        raise Http404
    return int(number)


def form_page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    return page(request, template, {"form": form, **context}, partial="form", status=422 if form.is_bound else 200)


def said_no(request: HttpRequest, why: Refused | ValidationError, to: str, *args: Any) -> HttpResponse:
    """A rule said no to a button: the page says why and stays, or is gone back to where there is no JavaScript."""
    messages.warning(request, " ".join(why.messages) if isinstance(why, ValidationError) else str(why))
    return HttpResponse(status=409) if is_htmx(request) else redirect(to, *args)


def conflict_page(
    request: MemberRequest, template: str, form: Any, conflict: EditConflict, **more: Any
) -> HttpResponse:
    """The form as it was sent, with what changed meanwhile; sent once more it is meant."""
    things = wording.in_words(conflict.changes, locale=request.household.locale)
    current: Any = conflict.row
    form.data = form.data.copy()
    form.data["edit_version"] = current.edit_version
    edits = [(change.change_set, things[change.pk]) for change in conflict.changes]
    context = {"form": form, "conflict": conflict, "edits": edits, current._meta.model_name: current, **more}
    return page(request, template, context, partial="form", status=422)
