"""What members were told, and how they want to be told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.notify.calc import quiet_end
from financeflow.tenancy.models import HouseholdOwned


class Notification(HouseholdOwned):
    """One notice to one member, told once however often it is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    # What makes it the same notice again: the month of a summary, the period of an alert.
    once = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)
    params = models.JSONField(default=dict, blank=True)
    is_shown = models.BooleanField(default=True)
    is_mailed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # Until then its letter waits for the end of the member's quiet hours.
    held_until = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "notifications"
        ordering = ["-id"]
        verbose_name = _("notification")
        indexes = [
            models.Index(fields=["user", "household", "-id"], name="notification_latest"),
            # What each page counts.
            models.Index(
                fields=["user", "household"],
                condition=models.Q(is_shown=True, read_at=None),
                name="notification_unread",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(is_mailed=True, mailed_at=None),
                name="notification_to_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["household", "kind", "once", "user"], name="notification_told_once")
        ]

    def __str__(self) -> str:
        return self.title


class NoticeChoice(HouseholdOwned):
    """How a member wants to be told of one kind, where that is not as usual."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    shown = models.BooleanField()
    mailed = models.BooleanField()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "notice_choices"
        verbose_name = _("choice of notices")
        constraints = [models.UniqueConstraint(fields=["household", "user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return self.kind


class NoticeHours(HouseholdOwned):
    """When a member gets no letters, by the clock where the member lives; by the household's where that is not said."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    begins = models.TimeField()
    ends = models.TimeField()
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "notice_hours"
        verbose_name = _("quiet hours")
        constraints = [models.UniqueConstraint(fields=["household", "user"], name="notice_hours_once")]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    @property
    def zone(self) -> str:
        return self.time_zone or self.household.time_zone

    def end_of(self, now: datetime) -> datetime | None:
        """When they are over, if it is quiet now."""
        return quiet_end(now, self.begins, self.ends, self.zone)
