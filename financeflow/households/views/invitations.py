"""Inviting somebody by e-mail, and what the link in that mail opens."""

from __future__ import annotations

import uuid
from typing import cast

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.households import actions, mail, queries
from financeflow.households.adapters import INVITATION_SESSION_KEY
from financeflow.households.forms import InvitationForm
from financeflow.households.models import Invitation, User
from financeflow.households.signin.queries import email_is_confirmed
from financeflow.households.views.households import work_in
from financeflow.notify.tasks import mail_soon
from financeflow.tenancy.guards import MemberRequest, member, passer_by
from financeflow.tenancy.scope import household_scope
from financeflow.web.errors import too_many
from financeflow.web.limits import seconds_to_wait
from financeflow.web.pages import done, go, page, posted

DAY = 24 * 3600


@member("owner", "GET", "POST")
def invitation_add(request: MemberRequest) -> HttpResponse:
    if first := _to_do_first(request):
        return first
    form = InvitationForm(posted(request))
    if form.is_valid():
        if wait := _wait(request):
            return too_many(request, wait=wait)
        if invitation := _add(request, form):
            _send(request, invitation)
            return done(request, "settings_members")
    status = 422 if form.errors else 200
    return page(request, "settings/invitation_add.html", {"form": form}, partial="form", status=status)


def _to_do_first(request: MemberRequest) -> HttpResponse | None:
    """Mails go out for people with an account, and with an address they have proved where that is asked for."""
    if request.user.is_guest:
        return go(request, "sandbox_keep")
    if settings.EMAIL_VERIFICATION == "mandatory" and not email_is_confirmed(request.user):
        messages.warning(request, _("Confirm your e-mail first, then invite others."))
        return go(request, "settings_security")
    return None


def _add(request: MemberRequest, form: InvitationForm) -> Invitation | None:
    try:
        return actions.add_invitation(household=request.household, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return None


@member("owner", "POST")
def invitation_resend(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    if first := _to_do_first(request):
        return first
    if wait := _wait(request):
        return too_many(request, wait=wait)
    try:
        _send(request, actions.renew_invitation(_invitation(uid), by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return done(request, "settings_members")


@member("owner", "POST")
def invitation_withdraw(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        actions.withdraw_invitation(_invitation(uid), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return done(request, "settings_members")


def _invitation(uid: uuid.UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("household", "by"), uid=uid)


def _wait(request: MemberRequest) -> int:
    return seconds_to_wait("invitation", str(request.user.uid), limit=settings.INVITATIONS_PER_DAY, per=DAY)


def _send(request: MemberRequest, invitation: Invitation) -> None:
    link = settings.SITE_URL.rstrip("/") + reverse("invitation_accept", args=[queries.invitation_token(invitation)])
    if not mail.send_invitation(invitation, link=link):
        words = _("The mail to %(email)s could not be sent. Try again from the list.")
        messages.error(request, words % {"email": invitation.email})


@passer_by("GET", "POST")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.invitation_of(token)
    if found.invitation is None or found.trouble:
        return _opens_nothing(request, found)
    if request.method == "POST" and _is_invited(request, found.invitation):
        return _join(request, found.invitation)
    request.session[INVITATION_SESSION_KEY] = str(found.invitation.uid)
    context = {
        "invitation": found.invitation,
        "is_invited": _is_invited(request, found.invitation),
        "has_account": User.objects.filter(email__iexact=found.invitation.email).exists(),
    }
    return render(request, "households/invitation_accept.html", context)


def _opens_nothing(request: HttpRequest, found: queries.InvitationFound) -> HttpResponse:
    """The page that says why and what to do; whoever is in already simply goes on."""
    status = 404 if found.trouble == "bad" else 410
    return render(request, "households/invitation_over.html", {"found": found}, status=status)


def _is_invited(request: HttpRequest, invitation: Invitation) -> bool:
    return request.user.is_authenticated and request.user.email.lower() == invitation.email.lower()


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    person = cast(User, request.user)
    with household_scope(invitation.household_id):
        try:
            joined, told = actions.join_household(invitation, by=person)
        except ValidationError:
            return redirect(request.path)
        mail_soon(invitation.household_id, told)
    # Who holds the link reads the mail of that address.
    if address := EmailAddress.objects.filter(user=person, email__iexact=invitation.email).first():
        address.set_verified()
    request.session.pop(INVITATION_SESSION_KEY, None)
    work_in(request, joined)
    return redirect("dashboard")
