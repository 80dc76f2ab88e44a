"""Taking an invitation, and telling the owners that somebody did."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from financeflow.households.actions.invitations import accept_invitation
from financeflow.households.models import Invitation, Membership, User
from financeflow.notify.actions import Notice, notify
from financeflow.notify.models import Notification

JOINED: Final = "member.joined"


@transaction.atomic
def join_household(invitation: Invitation, *, by: User) -> tuple[Membership, list[Notification]]:
    """Take the place offered, and tell the owners; their letters are the face's to send."""
    joined = accept_invitation(invitation, by=by)
    return joined, _tell_owners(joined)


def _tell_owners(joined: Membership) -> list[Notification]:
    """Each in their own language, once for each time somebody comes."""
    owners = Membership.objects.filter(role=Membership.Role.OWNER, user__is_active=True).select_related("user")
    notices = [_notice(joined, owner) for owner in owners.filter(household=joined.household).exclude(pk=joined.pk)]
    return notify(household_id=joined.household_id, kind=JOINED, once=str(joined.uid), notices=notices)


def _notice(joined: Membership, owner: Membership) -> Notice:
    with translation.override(owner.user.language or settings.LANGUAGE_CODE):
        words = {"name": joined.user, "household": joined.household, "role": joined.get_role_display()}
        title = _("%(name)s joined “%(household)s”") % words
        return Notice(owner.user_id, title, _("Their role: %(role)s.") % words, reverse("settings_members"))
