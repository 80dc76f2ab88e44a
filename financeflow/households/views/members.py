"""Who is in the household: roles, leaving, handing over."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.households import actions, queries
from financeflow.households.forms import RoleForm
from financeflow.households.models import Membership
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, page, posted


@member("viewer")
def settings_members(request: MemberRequest) -> HttpResponse:
    members = list(queries.members_of(request.household))
    context = {
        "members": members,
        "invitations": queries.open_invitations() if request.membership.role == "owner" else [],
        "only_owner": [each.user_id for each in members if each.role == "owner"] == [request.user.pk],
    }
    return page(request, "settings/members.html", context, partial="members")


@member("owner", "GET", "POST")
def member_role(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    chosen = _member(uid)
    form = RoleForm(posted(request), initial={"role": chosen.role})
    if form.is_valid() and _done(form, lambda: actions.change_role(chosen, by=request.user, **form.cleaned_data)):
        # Who is no longer an owner has another page before them.
        leave = go if chosen.user_id == request.user.pk else done
        return leave(request, "settings_members")
    return _ask(request, "settings/member_role.html", form, chosen)


@member("owner", "GET", "POST")
def member_remove(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    chosen, form = _member(uid), Form(posted(request))
    if request.method == "POST" and _done(form, lambda: actions.remove_member(chosen, by=request.user)):
        return done(request, "settings_members")
    return _ask(request, "settings/member_remove.html", form, chosen)


@member("owner", "GET", "POST")
def household_hand_over(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    chosen, form = _member(uid), Form(posted(request))
    if request.method == "POST" and _done(form, lambda: actions.hand_over(chosen, by=request.user)):
        return go(request, "settings_members")
    return _ask(request, "settings/household_hand_over.html", form, chosen)


@member("viewer", "GET", "POST")
def household_leave(request: MemberRequest) -> HttpResponse:
    form = Form(posted(request))
    if request.method == "POST" and _done(form, lambda: actions.leave_household(request.membership)):
        return go(request, "dashboard")
    kept = queries.kept_private(request.membership)
    return _ask(request, "settings/household_leave.html", form, request.membership, kept=kept)


def _member(uid: uuid.UUID) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "household"), uid=uid)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Do it; what the action has against it stands on the form."""
    form.full_clean()  # an empty form carries what the action says
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _ask(request: MemberRequest, template: str, form: Form, chosen: Membership, **more: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, template, {"form": form, "chosen": chosen, **more}, partial="form", status=status)
