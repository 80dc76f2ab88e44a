"""Security settings, the heartbeat, and the addresses of allauth that these settings replace."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from financeflow.households.models import User
from financeflow.households.signin import actions, queries
from financeflow.households.signin.forms import InactivityForm
from financeflow.tenancy.guards import signed_in
from financeflow.web.pages import page


@signed_in("GET", "POST")
def settings_security(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = InactivityForm(request.POST or None, instance=user)
    if request.method == "POST" and not user.is_guest:
        if form.is_valid():
            actions.set_inactivity(by=user, minutes=form.cleaned_data["inactivity_minutes"])
            messages.success(request, _("Saved."))
            return redirect("settings_security")
        return page(request, "settings/security.html", _security(request, user, form), status=422)
    return page(request, "settings/security.html", _security(request, user, form))


def _security(request: HttpRequest, user: User, form: InactivityForm) -> dict[str, Any]:
    if user.is_guest:
        return {}
    return {
        "form": form,
        "confirmed": queries.email_is_confirmed(user),
        "second_step": queries.second_step_of(user),
        "devices": queries.devices_of(user, here=request.session.session_key or ""),
    }


@signed_in("POST")
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    ended = actions.end_sessions(by=cast(User, request.user), but=request.session.session_key or "", only=pk)
    if not ended:
        raise Http404
    messages.success(request, _("That device is logged out."))
    return redirect("settings_security")


@signed_in("POST")
def session_end_others(request: HttpRequest) -> HttpResponse:
    ended = actions.end_sessions(by=cast(User, request.user), but=request.session.session_key or "")
    words = ngettext("Logged out on %(count)s other device.", "Logged out on %(count)s other devices.", ended)
    messages.success(request, words % {"count": ended} if ended else _("You were logged in only here."))
    return redirect("settings_security")


@never_cache
@signed_in("GET", "POST")
def session_watch(request: HttpRequest) -> HttpResponse:
    """Seconds until this session is logged out; asking by POST says that somebody is there."""
    watch = cast(Any, request).inactivity
    return JsonResponse({"left": watch.left if watch else None})


@signed_in("GET")
def to_security(request: HttpRequest) -> HttpResponse:
    return redirect("settings_security")
