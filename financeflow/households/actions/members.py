"""Who is in a household and as what; it never goes without an owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.history.recording import Recording
from financeflow.households.deciding import deciding
from financeflow.households.models import Household, Membership, User


class GoneMember(ValidationError):
    """The person meant is no longer in the household."""


@contextmanager
def changing_members(household: Household, *, by: User, verb: str, summary: str) -> Iterator[Recording]:
    """A change of members: one at a time in a household, kept on record, never undone from the page."""
    with transaction.atomic():
        Household.objects.select_for_update().get(pk=household.pk)
        with deciding(household, by=by, verb=verb, summary=summary) as record:
            yield record


def change_role(member: Membership, *, by: User, role: str) -> None:
    """Make a member owner, editor or viewer."""
    words = {"owner": _("Made %(name)s an owner"), "editor": _("Made %(name)s an editor")}
    summary = words.get(role, _("Made %(name)s a viewer")) % {"name": member.user}
    with changing_members(member.household, by=by, verb="member.changed", summary=summary) as record:
        require_owner(member.household, by)
        fresh = _still_here(member)
        if role != Membership.Role.OWNER:
            _leave_an_owner(fresh)
        record.change(fresh, role=role)


def hand_over(member: Membership, *, by: User) -> None:
    """Make a member the owner in one's own place; one stays as an editor."""
    summary = _("Handed the household over to %(name)s") % {"name": member.user}
    with changing_members(member.household, by=by, verb="member.changed", summary=summary) as record:
        giver = require_owner(member.household, by)
        taker = _still_here(member)
        if taker.pk == giver.pk:
            raise ValidationError(_("You are an owner already. Choose somebody else."))
        record.change(taker, role=Membership.Role.OWNER)
        record.change(giver, role=Membership.Role.EDITOR)


def remove_member(member: Membership, *, by: User) -> None:
    """Take a member out; the person's next request no longer sees the household."""
    summary = _("Removed %(name)s from the household") % {"name": member.user}
    with changing_members(member.household, by=by, verb="member.removed", summary=summary) as record:
        require_owner(member.household, by)
        fresh = _still_here(member)
        _leave_an_owner(fresh)
        record.remove(fresh)


def leave_household(member: Membership) -> None:
    """Go of one's own will."""
    summary = _("%(name)s left the household") % {"name": member.user}
    with changing_members(member.household, by=member.user, verb="member.left", summary=summary) as record:
        fresh = _still_here(member)
        _leave_an_owner(fresh)
        record.remove(fresh)


def require_owner(household: Household, by: User) -> Membership:
    """The owner's membership as it stands under the lock: it may have ended since the page was asked for."""
    found = Membership.objects.filter(household=household, user=by, role=Membership.Role.OWNER).first()
    if found is None:
        raise PermissionDenied(_("Only an owner of the household may do this."))
    return found


def _still_here(member: Membership) -> Membership:
    found = Membership.objects.select_related("user").filter(pk=member.pk).first()
    if found is None:
        raise GoneMember(_("%(name)s is no longer in this household.") % {"name": member.user})
    return found


def _leave_an_owner(member: Membership) -> None:
    """Refuse when nobody else would be an owner."""
    others = Membership.objects.filter(household_id=member.household_id, role=Membership.Role.OWNER)
    if member.role == Membership.Role.OWNER and not others.exclude(pk=member.pk).exists():
        raise ValidationError(_("A household always keeps an owner. Make somebody else an owner first."))
