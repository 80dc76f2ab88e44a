"""Pages of notices: what one was told, and how one wants to be told."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from financeflow.notify import actions, queries
from financeflow.notify.forms import ChannelsForm
from financeflow.notify.kinds import kinds
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import page, posted

# More than a member looks back for; what is older has been read or is no news any more.
SHOWN = 100


@member("viewer")
def notification_list(request: MemberRequest) -> HttpResponse:
    notices = list(queries.notices_of(request.user.pk)[:SHOWN])
    icons = {name: kind.icon for name, kind in kinds().items()}
    told = [(notice, icons.get(notice.kind, "bell")) for notice in notices]
    unread = any(notice.read_at is None for notice in notices)
    return page(request, "notify/notification_list.html", {"told": told, "unread": unread}, partial="rows")


@member("viewer", "POST")
def notification_open(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """Take it as read, and go where it leads: within this site, as it was written."""
    notice = get_object_or_404(queries.notices_of(request.user.pk), uid=uid)
    actions.mark_read(household_id=request.household.pk, user_id=request.user.pk, notice=notice)
    return HttpResponseRedirect(notice.path) if notice.path else redirect("notification_list")


@member("viewer", "POST")
def notification_read_all(request: MemberRequest) -> HttpResponse:
    actions.mark_read(household_id=request.household.pk, user_id=request.user.pk)
    return redirect("notification_list")


@member("viewer", "GET", "POST")
def settings_notifications(request: MemberRequest) -> HttpResponse:
    form = ChannelsForm(posted(request), queries.channels_of(request.user.pk))
    if form.is_valid():
        who = {"household_id": request.household.pk, "user_id": request.user.pk}
        actions.choose_channels(**who, chosen=form.chosen())
        messages.success(request, _("Saved"))
        return redirect("settings_notifications")
    return page(request, "settings/notifications.html", {"form": form})
