"""Settings of a person and of the household: profile, picture, appearance, what holds for all."""

from __future__ import annotations

import uuid
from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from financeflow.households import actions, queries
from financeflow.households.forms import AppearanceForm, HouseholdForm, ProfileForm
from financeflow.households.models import User
from financeflow.tenancy.guards import MemberRequest, member, signed_in
from financeflow.web.pages import page, posted


@signed_in("GET", "POST")
def settings_profile(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    form = ProfileForm(person, posted(request), request.FILES or None)
    if form.is_valid():
        actions.change_profile(person, **form.cleaned_data)
        return _saved(request, "settings_profile")
    return page(request, "settings/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in()
def person_picture(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The picture, for people who share a household with its owner."""
    asking = cast(User, request.user)
    if asking.uid != uid and not queries.share_a_household(asking, uid):
        raise Http404
    person = get_object_or_404(User, uid=uid)
    name = person.picture.name or ""
    if not name or not person.picture.storage.exists(name):
        raise Http404
    etag = f'"{name.rpartition("/")[2]}"'
    answer = get_conditional_response(request, etag=etag) or _picture(person)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _picture(person: User) -> HttpResponse:
    with person.picture.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="image/webp")
    answer["Content-Disposition"] = 'inline; filename="picture.webp"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@member("viewer", "GET", "POST")
def settings_household(request: MemberRequest) -> HttpResponse:
    may_change = request.membership.role == "owner"
    if request.method == "POST" and not may_change:
        raise PermissionDenied(_("Only an owner of the household may change this."))
    form = HouseholdForm(posted(request), initial=model_to_dict(request.household), may_change=may_change)
    if form.is_valid():
        at_once = actions.change_household(request.household, by=request.user, **form.cleaned_data)
        return redirect("settings_household") if at_once else _later(request)
    return page(request, "settings/household.html", {"form": form}, status=422 if form.errors else 200)


def _later(request: MemberRequest) -> HttpResponse:
    told = _("The base currency changes once every amount is worked out in it. Until then, figures stay as they are.")
    messages.info(request, told)
    return redirect("job_list")


@signed_in("GET", "POST")
def settings_appearance(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    form = AppearanceForm(posted(request), initial=model_to_dict(person, fields=AppearanceForm.Meta.fields))
    if form.is_valid():
        actions.change_appearance(person, **form.cleaned_data)
        return _saved(request, "settings_appearance")
    return page(request, "settings/appearance.html", {"form": form}, status=422 if form.errors else 200)


@signed_in("POST")
def settings_blur_toggle(request: HttpRequest) -> HttpResponse:
    actions.toggle_blur(cast(User, request.user))
    return HttpResponseRedirect(_page_before(request))


@signed_in("POST")
def settings_theme_switch(request: HttpRequest) -> HttpResponse:
    actions.switch_theme(cast(User, request.user))
    return HttpResponseRedirect(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """Where the button was pressed, when that was one of our pages."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return reverse("dashboard")
    parts = urlsplit(came_from)
    path = "/" + parts.path.lstrip("/")  # two slashes would name another host
    return f"{path}?{parts.query}" if parts.query else path


def _saved(request: HttpRequest, to: str) -> HttpResponse:
    messages.success(request, _("Saved"))
    return redirect(to)
