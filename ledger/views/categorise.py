"""Categorise the rest: all that has no category, one group after the other, by keys or by hand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.history.actions import undo_change
from financeflow.history.jobs import AT_ONCE, undo_later
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import go, is_htmx, page
from ledger.actions.rest import file_group
from ledger.forms.rest import END, FileGroupForm, UndoForm, place_in, query_of
from ledger.queries.rest import Group, rest_groups
from ledger.views.categorise_shown import key_beside, step_context

PAGE = "ledger/transaction_categorise.html"


@member("editor", "GET", "POST")
def transaction_categorise(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _filed(request)
    return _step(request, place_in(request.GET))


@member("editor", "POST")
def transaction_categorise_undo(request: MemberRequest) -> HttpResponse:
    """What was filed last is open again, and one is back at it."""
    place = UndoForm(request.POST).place()
    change = get_object_or_404(ChangeSet.objects.filter(verb="transaction.filed"), uid=place["last"])
    if change.touched > AT_ONCE:
        return go(request, "job_show", undo_later(change, by=request.membership).uid)
    try:
        undo_change(change, by=request.membership)
    except Refused as refusal:
        return _step(request, {**place, "last": None}, why_not=str(refusal), status=409)
    return _at(request, {"at": place["was"], "done": max(0, place["done"] - 1)})


def _filed(request: MemberRequest) -> HttpResponse:
    """File the group, and on to the one after it; what stands against it is said where one is."""
    form, groups = FileGroupForm(request.POST), rest_groups()
    if not form.is_valid():
        errors = [str(error) for some in form.errors.values() for error in some]
        return _step(request, {"at": request.POST.get("at", "")}, why_not=" ".join(errors), status=422)
    said = {**form.cleaned_data, "done": form.cleaned_data["done"] or 0}
    group = next((each for each in groups if each.key == said["at"]), None)
    if group is None:
        return _step(request, {"done": said["done"]}, why_not=_("These are filed already."), status=409)
    return _file(request, said, group, key_beside(groups, group, 1) or END)


def _file(request: MemberRequest, said: dict[str, Any], group: Group, following: str) -> HttpResponse:
    asked = {"category": said["category"], "seen": said["seen"], "with_rule": said["rule"]}
    try:
        outcome = file_group(household=request.household, by=request.user, group=group, **asked)
    except (Refused, ValidationError) as refusal:
        words = " ".join(getattr(refusal, "messages", [str(refusal)]))
        return _step(request, said, why_not=words, status=409)
    last = outcome.change_set.uid if outcome.change_set else None
    return _at(request, {"at": following, "done": said["done"] + 1, "last": last, "was": group.key})


def _at(request: MemberRequest, place: dict[str, Any]) -> HttpResponse:
    """On to a place: by its address, so that loading it again does nothing twice."""
    here = f"{reverse('transaction_categorise')}{query_of(**place)}"
    if not is_htmx(request):
        return redirect(here)
    answer = _step(request, place)
    answer["HX-Replace-Url"] = here
    return answer


def _step(request: MemberRequest, place: dict[str, Any], *, why_not: str = "", status: int = 200) -> HttpResponse:
    context = step_context(request.household, place)
    return page(request, PAGE, context | {"why_not": why_not}, partial="step", status=status)
