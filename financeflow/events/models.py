"""The table of announcements, one growing id for all."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from financeflow.tenancy.models import HouseholdOwned


class Event(HouseholdOwned):
    """One announcement: a name, and what it is about where somebody may subscribe to just that."""

    name = models.CharField(max_length=60)
    subject = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "events"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["household", "id"], name="event_by_household"),
            models.Index(fields=["at"], name="event_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"
