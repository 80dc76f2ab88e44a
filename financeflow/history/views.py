"""Pages of history: activity, one change, the trash."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from financeflow.history import actions, activity, queries
from financeflow.history.jobs import AT_ONCE, undo_later
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused, UndoRefused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.months import household_months
from financeflow.web.pages import done, go, is_htmx, page


@member("viewer")
def activity_list(request: MemberRequest) -> HttpResponse:
    chosen = _uid(request.GET.get("member"))
    last = _uid(request.GET.get("before"))
    before = get_object_or_404(ChangeSet, uid=last) if last else None
    months = household_months(request, several=True, optional=True)
    found = activity.activity_page(membership=request.membership, member=chosen, before=before, months=months.chosen)
    people = activity.doers(request.household)
    context = {"found": found, "people": people, "chosen": chosen, "before": before, "months": months}
    return page(request, "history/activity_list.html", context, partial="deeds")


@member("viewer")
def change_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    change_set = get_object_or_404(queries.change_sets(), uid=uid)
    deed = activity.told(queries.with_changes([change_set]), membership=request.membership)[0]
    context = {"deed": deed, "links": queries.linked(change_set)}
    return page(request, "history/change_show.html", context, partial="change")


@member("editor", "POST")
def change_undo(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    change_set = get_object_or_404(ChangeSet, uid=uid)
    try:
        if change_set.touched > AT_ONCE:
            return go(request, "job_show", undo_later(change_set, by=request.membership).uid)
        actions.undo_change(change_set, by=request.membership)
    except UndoRefused as refusal:
        _warn(request, refusal)
        return _back(request, status=409)
    return _back(request)


@member("viewer")
def trash_list(request: MemberRequest) -> HttpResponse:
    things = queries.trashed_things(locale=request.household.locale)
    return page(request, "history/trash_list.html", {"things": things}, partial="things")


@member("editor", "POST")
def trash_restore(request: MemberRequest, model: str, uid: uuid.UUID) -> HttpResponse:
    row = queries.trashed_row(model, uid)
    if row is None:
        raise Http404
    try:
        actions.restore_from_trash(row, household=request.household, by=request.membership)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return HttpResponse(status=409) if is_htmx(request) else redirect("trash_list")
    return done(request, "trash_list")


def _uid(text: str | None) -> uuid.UUID | None:
    """A public id from the address; anything else is a page that does not exist."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


def _warn(request: HttpRequest, refusal: UndoRefused) -> None:
    if refusal.in_the_way is None:
        messages.warning(request, str(refusal))
        return
    blocker = refusal.in_the_way
    words = format_html('{} <a href="{}">{}</a>', refusal.message, blocker.get_absolute_url(), blocker.summary)
    messages.warning(request, words)


def _back(request: HttpRequest, *, status: int = 204) -> HttpResponse:
    """To the page the button stood on; under htmx that page stays and only hears about it."""
    if is_htmx(request):
        return done(request, "activity_list") if status == 204 else HttpResponse(status=status)
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return redirect(referer)
    return redirect("activity_list")
