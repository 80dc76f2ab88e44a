"""Offering a place in a household by e-mail, and taking it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.households.actions.members import changing_members, require_owner
from financeflow.households.models import Household, Invitation, Membership, User


class InvitationRefused(ValidationError):
    """Why an invitation cannot be sent or taken, in words for the person who tried."""


def add_invitation(*, household: Household, by: User, email: str, role: str) -> Invitation:
    """Offer a place; the mail with the link is the face's to send."""
    summary = _("Invited %(email)s") % {"email": email}
    with changing_members(household, by=by, verb="invitation.added", summary=summary) as record:
        require_owner(household, by)
        if Membership.objects.filter(household=household, user__email__iexact=email).exists():
            raise InvitationRefused(_("%(email)s is in this household already.") % {"email": email})
        if any(each.is_open for each in Invitation.objects.filter(household=household, email__iexact=email)):
            raise InvitationRefused(
                _("%(email)s is invited already. You can send that invitation again.") % {"email": email}
            )
        invitation = Invitation(household=household, email=email, role=role, by=by, expires_at=_in_a_while())
        record.add(invitation)
    return invitation


def renew_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Start its days anew, to be sent again."""
    summary = _("Invited %(email)s again") % {"email": invitation.email}
    with changing_members(invitation.household, by=by, verb="invitation.renewed", summary=summary) as record:
        require_owner(invitation.household, by)
        fresh = Invitation.objects.get(pk=invitation.pk)
        if fresh.accepted_at or fresh.withdrawn_at:
            raise InvitationRefused(_("This invitation is no longer open."))
        record.change(fresh, expires_at=_in_a_while())
    return fresh


def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take the offer back: its link opens nothing any more."""
    summary = _("Withdrew the invitation of %(email)s") % {"email": invitation.email}
    with changing_members(invitation.household, by=by, verb="invitation.withdrawn", summary=summary) as record:
        require_owner(invitation.household, by)
        fresh = Invitation.objects.get(pk=invitation.pk)
        if fresh.accepted_at:
            raise InvitationRefused(_("%(email)s has joined already.") % {"email": fresh.email})
        if not fresh.withdrawn_at:
            record.change(fresh, withdrawn_at=timezone.now())


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Take the place offered, once."""
    summary = _("%(name)s joined the household") % {"name": by}
    with changing_members(invitation.household, by=by, verb="invitation.accepted", summary=summary) as record:
        fresh = Invitation.objects.get(pk=invitation.pk)
        if not fresh.is_open or fresh.email.lower() != by.email.lower():
            raise InvitationRefused(_("This invitation is no longer open."))
        record.change(fresh, accepted_at=timezone.now())
        known = Membership.objects.filter(household_id=fresh.household_id, user=by).first()
        member = known or Membership(household=invitation.household, user=by, role=fresh.role)
        if known is None:
            record.add(member)
    return member


def _in_a_while() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)
