"""Questions about people and households. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

from financeflow.events.models import Event
from financeflow.households.models import Household, Invitation, Membership, User
from financeflow.jobs.models import Job
from financeflow.notify.queries import counted, unread_of
from financeflow.tenancy.prepared import Prepared, Slot
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.web.gathering import gathered

INVITATION_SALT = "financeflow.invitation"


def memberships_of(user: User) -> list[Membership]:
    """Every household the person is in, the one last used first."""
    with every_household("a person may be in several households"):
        return list(_entered(user).order_by("-last_used_at", "id"))


def membership_in_force(user: User, *, preferred: int | None = None) -> Membership | None:
    """The household the person works in now: the one the session names, else the one last used.

    It carries the id of the last event, read before anything a page shows: what comes later is sent to the page;
    whether the person is in other households as well; and how much the person was told there and has not read.
    """
    with every_household("the household is not known yet"):
        found: list[Membership] = IN_FORCE.objects(user=user.pk, now=timezone.now(), preferred=preferred)
    return found[0] if found else None


def _in_force() -> models.QuerySet[Membership]:
    """Asked with every page: so its SQL is written once."""
    user, here = Slot("user"), models.OuterRef("household")
    latest = Event.objects.filter(household=here).order_by("-id").values("id")[:1]
    others = Membership.objects.filter(user=user).exclude(pk=models.OuterRef("pk"))
    found = _entered(user, Slot("now", models.DateTimeField())).annotate(
        last_event_id=models.Subquery(latest),
        has_others=models.Exists(others),
        unread_notices=models.Subquery(counted(unread_of(user).filter(household=here))),
    )
    chosen = models.Case(models.When(household_id=Slot("preferred"), then=0), default=1)
    return found.order_by(chosen, "-last_used_at", "id")[:1]


IN_FORCE = Prepared(_in_force)


def _entered(user: User | Slot, now: datetime | Slot | None = None) -> models.QuerySet[Membership]:
    """Memberships in households whose days of grace are not over."""
    gone = models.Q(household__delete_at__lte=now or timezone.now())
    return Membership.objects.filter(user=user).exclude(gone).select_related("household")


def membership_in(user: User, household: uuid.UUID) -> Membership | None:
    """The person's place in the household of this public id."""
    with every_household("the person asks to work in another household"):
        return _entered(user).filter(household__uid=household).first()


def members_of(household: Household) -> models.QuerySet[Membership]:
    """The people of a household, owners first."""
    rank = models.Case(models.When(role="owner", then=0), models.When(role="editor", then=1), default=2)
    return Membership.objects.filter(household=household).select_related("user").order_by(rank, "joined_at")


def active_members(since: datetime, limit: int) -> list[Membership]:
    """Who did something since then, in each of their households, with both; the latest first."""
    seen = UserSession.objects.filter(last_seen_at__gte=since).values("user")
    members = Membership.objects.filter(user__in=seen, user__is_active=True).select_related("household", "user")
    return list(members.order_by("-last_used_at", "pk")[:limit])


def open_invitations() -> models.QuerySet[Invitation]:
    """What was offered and is neither taken nor withdrawn, also when its days are over."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("by")


def invitation_token(invitation: Invitation) -> str:
    """What the link of an invitation carries: signed and dated, kept nowhere."""
    return signing.dumps(str(invitation.uid), salt=INVITATION_SALT)


@dataclass(frozen=True)
class InvitationFound:
    """What a link leads to: an open invitation, or the word for why it opens nothing."""

    invitation: Invitation | None
    trouble: str = ""


def invitation_of(token: str) -> InvitationFound:
    """The invitation of a link; trouble is bad, expired, withdrawn or used."""
    try:
        uid = signing.loads(token, salt=INVITATION_SALT)
    except signing.BadSignature:
        return InvitationFound(None, "bad")
    with every_household("whoever holds the link is in no household yet"):
        found = Invitation.objects.select_related("household", "by").filter(uid=uid).first()
    if found is None or found.household.delete_at:
        return InvitationFound(None, "bad")
    return InvitationFound(found, _trouble_of(found))


def invited_address(uid: str | None) -> str:
    """Whom the invitation of this public id asks in, while it is open."""
    with every_household("whoever was invited is in no household yet"):
        invitation = Invitation.objects.filter(uid=uid, household__delete_at=None).first() if uid else None
    return invitation.email.lower() if invitation and invitation.is_open else ""


def _trouble_of(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "" if invitation.is_open else "expired"


@dataclass(frozen=True)
class HeldHousehold:
    """A household whose only owner is the person: what stands in the way of leaving."""

    household: Household
    alone: bool

    @property
    def may_go(self) -> bool:
        """Nobody else is in it, and its deletion was asked for."""
        return self.alone and self.household.delete_at is not None


def households_held_by(person: User) -> list[HeldHousehold]:
    """Households that would be without an owner if the person went."""
    with every_household("a person may own several households"):
        owned = Membership.objects.filter(user=person, role="owner").select_related("household")
        others = Membership.objects.filter(household=models.OuterRef("household")).exclude(user=person)
        found = owned.annotate(
            has_others=models.Exists(others), has_owner=models.Exists(others.filter(role="owner"))
        ).filter(has_owner=False)
        return [HeldHousehold(member.household, not member.has_others) for member in found.order_by("id")]


def kept_private(member: Membership) -> list[str]:
    """What the member keeps from the others' sight, by name, as every floor says it."""
    with household_scope(member.household_id):
        return [name for gather in gathered("KEPT_PRIVATE") for name in gather(member.user)]


def share_a_household(one: User, other: uuid.UUID) -> bool:
    """Whether two people are in a household together."""
    with every_household("two people may meet in any household"):
        mine = Membership.objects.filter(user=one).values("household")
        return Membership.objects.filter(household__in=mine, user__uid=other).exists()


def households_over(now: datetime) -> models.QuerySet[Household]:
    """Sandboxes whose hours, and households whose days of grace, are over."""
    return Household.objects.filter(models.Q(expires_at__lte=now) | models.Q(delete_at__lte=now)).order_by("id")


def exports_of(person: User, kind: str) -> models.QuerySet[Job]:
    """The person's exports that may still be fetched, and those that run; latest first.

    They hold what the person may see, private accounts too, so they are for nobody else.
    """
    since = timezone.now() - timedelta(days=settings.EXPORT_DAYS)
    return Job.objects.filter(kind=kind, by=person, created_at__gte=since).select_related("by")[:5]
