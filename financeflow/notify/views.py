"""Pages of notices: what one was told, how one wants to be told, and the way out of a letter."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from financeflow.notify import actions, queries
from financeflow.notify.forms import ChannelsForm, HoursForm
from financeflow.notify.stopping import stop_of
from financeflow.tenancy.guards import MemberRequest, member, passer_by
from financeflow.tenancy.scope import household_scope
from financeflow.web.pages import is_htmx, page, posted


@member("viewer")
def notification_list(request: MemberRequest) -> HttpResponse:
    notices = queries.notices_of(request.user.pk)
    last = _uid(request.GET.get("before"))
    before = get_object_or_404(notices, uid=last) if last else None
    only_new = request.GET.get("show") == "new"
    told = queries.told(request.user.pk, only_new=only_new, before=before)
    context = {"told": told, "before": before, "only_new": only_new, "new": _new(request)}
    return page(request, "notify/notification_list.html", context, partial="rows")


@member("viewer")
def notification_latest(request: MemberRequest) -> HttpResponse:
    """What the bell shows when it is opened."""
    told = queries.told(request.user.pk, most=queries.LATEST)
    return render(request, "notify/_latest.html", {"told": told, "new": _new(request)})


@member("viewer")
def notification_count(request: MemberRequest) -> HttpResponse:
    """For the frame, when something was told or read: how many are new, which each request knows already."""
    return render(request, "notify/_counts.html", {"count": _new(request)})


@member("viewer", "POST")
def notification_open(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """Take it as read, and go where it leads: within this site, as it was written."""
    notice = get_object_or_404(queries.notices_of(request.user.pk), uid=uid)
    actions.mark_read(household_id=request.household.pk, user_id=request.user.pk, notice=notice)
    return HttpResponseRedirect(notice.path) if notice.path else redirect("notification_list")


@member("viewer", "POST")
def notification_read_all(request: MemberRequest) -> HttpResponse:
    actions.mark_read(household_id=request.household.pk, user_id=request.user.pk)
    if is_htmx(request):
        told = queries.told(request.user.pk, most=queries.LATEST)
        return render(request, "notify/_latest.html", {"told": told, "new": 0})
    return redirect("notification_list")


@member("viewer", "GET", "POST")
def settings_notifications(request: MemberRequest) -> HttpResponse:
    form = ChannelsForm(posted(request), queries.channels_of(request.user.pk))
    if form.is_valid():
        who = {"household_id": request.household.pk, "user_id": request.user.pk}
        actions.choose_channels(**who, chosen=form.chosen())
        messages.success(request, _("Saved"))
        return redirect("settings_notifications")
    hours = HoursForm(None, queries.hours_of(request.user.pk), household_zone=request.household.time_zone)
    return page(request, "settings/notifications.html", {"form": form, "hours": hours})


@member("viewer", "POST")
def settings_quiet_hours(request: MemberRequest) -> HttpResponse:
    hours = HoursForm(request.POST, None, household_zone=request.household.time_zone)
    if hours.is_valid():
        actions.choose_hours(household_id=request.household.pk, user_id=request.user.pk, **hours.chosen())
        messages.success(request, _("Saved"))
        return redirect("settings_notifications")
    form = ChannelsForm(None, queries.channels_of(request.user.pk))
    return page(request, "settings/notifications.html", {"form": form, "hours": hours}, status=422)


# The signed address alone says who asks and for what: mail programs send this form without a session or a token.
@csrf_exempt
@passer_by("GET", "POST")
def notification_stop(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, for programs that look into mails follow links; the button ends these letters."""
    found = queries.reader_of(stop_of(token))
    if found is None:
        return render(request, "notify/notification_stop.html", status=404)
    with translation.override(found.language), household_scope(found.household_id, viewer=found.user_id):
        if request.method == "POST":
            who = {"household_id": found.household_id, "user_id": found.user_id}
            actions.stop_letters(**who, names=[kind.name for kind in found.kinds])
        return render(request, "notify/notification_stop.html", {"found": found, "is_done": request.method == "POST"})


def _new(request: MemberRequest) -> int:
    """How many are new; it comes with who one is."""
    membership: Any = request.membership
    return int(membership.unread_notices or 0)


def _uid(text: str | None) -> uuid.UUID | None:
    """A public id from the address; anything else is a page that does not exist."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
