"""Every write of support staff, one verb each."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.recording import recording
from financeflow.households.models import Household, User
from financeflow.households.signin import actions as signin
from financeflow.support.models import SignInProblem, SupportLook
from financeflow.web.client import client_address

BOOKS_STAY_OPEN = timedelta(minutes=30)
log = logging.getLogger(__name__)


class SupportRefused(Exception):
    """Why support may not do this, in words for who tried."""


def note_look(*, by: User, household: Household, path: str) -> SupportLook:
    """Write down that a household was looked at."""
    look = _look(by, household, path)
    look.save(force_insert=True)
    return look


@transaction.atomic
def open_books(*, by: User, household: Household, path: str, reason: str) -> SupportLook:
    """Let a superuser read a household's books for half an hour; its members see that, and why, in their activity."""
    if not (by.is_active and by.is_superuser):
        raise SupportRefused(_("Only a superuser may look into the books."))
    look = _look(by, household, path)
    look.reason, look.books_until = reason, timezone.now() + BOOKS_STAY_OPEN
    summary = _("FinanceFlow support looked into the books: “%(reason)s”") % {"reason": reason}
    with recording(
        household=household, by=None, verb="support.looked", summary=summary, topic="household.changed", undoable=False
    ) as record:
        record.add(look)
    return look


def _look(by: User, household: Household, path: str) -> SupportLook:
    log.info("support look", extra={"user_id": by.pk, "household_id": household.pk, "path": path})
    return SupportLook(
        by=by, by_email=by.email, household=household, household_uid=household.uid, path=path[:200], at=timezone.now()
    )


def note_problem(*, email: str, request: HttpRequest | None) -> SignInProblem:
    """Write down a log-in that failed, and why."""
    user = User.objects.filter(email__iexact=email).first()
    address = client_address(request) if request else "unknown"
    return SignInProblem.objects.create(email=email[:254].lower(), reason=_reason(user), address=address)


def _reason(user: User | None) -> SignInProblem.Reason:
    if user is None:
        return SignInProblem.Reason.NO_ACCOUNT
    if not user.is_active:
        return SignInProblem.Reason.CLOSED
    return SignInProblem.Reason.WRONG_PASSWORD if user.has_usable_password() else SignInProblem.Reason.NO_PASSWORD


def forget_problems(*, before: datetime) -> int:
    return SignInProblem.objects.filter(at__lt=before).delete()[0]


def verify_email(*, by: User, user: User) -> None:
    """Take the address as the person's own, when support has made sure in another way."""
    _may_assist(by, user)
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    if not address.verified and not address.set_verified():
        raise SupportRefused(_("Another account has verified %(email)s.") % {"email": user.email})


def end_sessions(*, by: User, user: User) -> int:
    _may_assist(by, user)
    return signin.end_sessions(by=user)


def send_password_reset(*, by: User, user: User, request: HttpRequest) -> None:
    _may_assist(by, user)
    request_password_reset(request, user.email, [user], default_token_generator)


def lift_lock(*, by: User, user: User, request: HttpRequest) -> None:
    """Let the person try again at once after too many wrong passwords."""
    _may_assist(by, user)
    get_adapter(request)._delete_login_attempts_cached_email(request, email=user.email)


def _may_assist(by: User, user: User) -> None:
    if user.is_guest:
        raise SupportRefused(_("A guest has no account to help with."))
    if (user.is_staff or user.is_superuser) and not by.is_superuser:
        raise SupportRefused(_("Only a superuser may help other staff."))
