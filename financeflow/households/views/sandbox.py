"""The guest sandbox: starting it, and keeping what was done in it."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financeflow.households import actions
from financeflow.households.forms import KeepForm
from financeflow.households.models import User
from financeflow.households.signin.guessing import guess_household
from financeflow.tenancy.guards import passer_by, signed_in
from financeflow.web.client import client_neighbourhood
from financeflow.web.errors import too_many
from financeflow.web.limits import seconds_to_wait
from financeflow.web.pages import go, page, posted

HOUR = 3600
TRIES_TO_KEEP = 20


@passer_by("POST")
def demo_start(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return _already_inside(request, request.user)
    who = client_neighbourhood(request)
    if wait := seconds_to_wait("sandbox", who, limit=settings.SANDBOXES_PER_HOUR, per=HOUR):
        return too_many(request, wait=wait, template="households/demo_limited.html")
    zone = request.POST.get("time_zone", "")
    place = guess_household(languages=request.headers.get("Accept-Language", ""), time_zone=zone)
    guest = actions.open_sandbox(**place)
    login(request, guest, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("dashboard")


def _already_inside(request: HttpRequest, person: User) -> HttpResponse:
    """A guest goes on with the demo that runs; a member is told to log out first."""
    if person.is_guest:
        return redirect("dashboard")
    return render(request, "households/demo_inside.html", status=409)


@signed_in("GET", "POST")
def sandbox_keep(request: HttpRequest) -> HttpResponse:
    guest = cast(User, request.user)
    if not guest.is_guest:
        return go(request, "dashboard")
    form = KeepForm(posted(request))
    if request.method == "POST":
        if wait := seconds_to_wait("keep", str(guest.pk), limit=TRIES_TO_KEEP, per=HOUR):
            return too_many(request, wait=wait)
        if form.is_valid():
            return _keep(request, guest, form)
    status = 422 if form.errors else 200
    return page(request, "households/sandbox_keep.html", {"form": form}, partial="form", status=status)


def _keep(request: HttpRequest, guest: User, form: KeepForm) -> HttpResponse:
    """Stay logged in as the person the guest has become, and ask for proof of the address."""
    try:
        person = actions.keep_sandbox(guest, **form.cleaned_data)
    except (IntegrityError, ValidationError, User.DoesNotExist):
        # Sent twice, or the address was taken in this very moment: the page, asked for again, knows which.
        return go(request, "sandbox_keep")
    update_session_auth_hash(request, person)
    request.user = person
    address = EmailAddress.objects.get(user=person, primary=True)
    if settings.EMAIL_VERIFICATION == "none":
        return go(request, "dashboard")
    try:
        send_verification_email_to_address(request, address, signup=True)
    except OSError:
        # No mail goes out just now; the address can be confirmed from the security page later.
        return go(request, "dashboard")
    return go(request, "account_email_verification_sent")
