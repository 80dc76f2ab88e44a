"""Which household one works in, and opening others."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financeflow.households import actions, queries
from financeflow.households.forms import NewHouseholdForm
from financeflow.households.middleware import SESSION_KEY
from financeflow.households.models import Household, Membership, User
from financeflow.households.signin.guessing import guess_household
from financeflow.tenancy.guards import signed_in
from financeflow.tenancy.scope import household_scope
from financeflow.web.pages import go, page, posted


@signed_in("POST")
def household_switch(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    member = queries.membership_in(cast(User, request.user), uid)
    if member is None:
        raise Http404
    work_in(request, member)
    return go(request, "dashboard")


def work_in(request: HttpRequest, member: Membership) -> None:
    """From now on this session shows that household."""
    with household_scope(member.household_id):
        actions.use_household(member)
    request.session[SESSION_KEY] = member.household_id


@signed_in()
def household_none(request: HttpRequest) -> HttpResponse:
    if getattr(request, "membership", None):
        return redirect("dashboard")
    return render(request, "households/household_none.html")


@signed_in("GET", "POST")
def household_add(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if person.is_guest:
        return go(request, "sandbox_keep")
    form = NewHouseholdForm(posted(request), initial=_guess(request))
    if form.is_valid():
        _open(request, person, form)
        return go(request, "dashboard")
    status = 422 if form.errors else 200
    return page(request, "households/household_add.html", {"form": form}, partial="form", status=status)


def _guess(request: HttpRequest) -> dict[str, object]:
    """As the household at hand, else as the browser tells."""
    here: Household | None = getattr(request, "household", None)
    if here:
        return {"base_currency": here.base_currency, "time_zone": here.time_zone, "locale": here.locale}
    return guess_household(languages=request.headers.get("Accept-Language", ""), time_zone="")


def _open(request: HttpRequest, person: User, form: NewHouseholdForm) -> None:
    first_weekday = _guess(request).get("first_weekday", 0)
    opened = actions.open_household(by=person, first_weekday=first_weekday, **form.cleaned_data)
    if member := queries.membership_in(person, opened.uid):
        work_in(request, member)
