"""Questions about people and households. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

from django.db import models

from financeflow.events.models import Event
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import every_household


def memberships_of(user: User) -> list[Membership]:
    """Every household the person is in, the one last used first."""
    with every_household("a person may be in several households"):
        return list(Membership.objects.filter(user=user).select_related("household").order_by("-last_used_at", "id"))


def membership_in_force(user: User, *, preferred: int | None = None) -> Membership | None:
    """The household the person works in now: the one the session names, else the one last used.

    It carries the id of the last event, read before anything a page shows: what comes later is sent to the page.
    """
    with every_household("the household is not known yet"):
        latest = Event.objects.filter(household=models.OuterRef("household")).order_by("-id").values("id")[:1]
        found = (
            Membership.objects.filter(user=user)
            .select_related("household")
            .annotate(last_event_id=models.Subquery(latest))
        )
        chosen = models.Case(models.When(household_id=preferred, then=0), default=1)
        return found.order_by(chosen, "-last_used_at", "id").first()


def members_of(household: Household) -> models.QuerySet[Membership]:
    """The people of a household, owners first."""
    rank = models.Case(models.When(role="owner", then=0), models.When(role="editor", then=1), default=2)
    return Membership.objects.filter(household=household).select_related("user").order_by(rank, "joined_at")
