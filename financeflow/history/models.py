"""Change-sets: one a write, with the rows it touched as they were and as they became."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from financeflow.history.sight import ChangeManager, ChangeSetManager
from financeflow.tenancy.models import HouseholdOwned


class ChangeSet(HouseholdOwned):
    """One thing somebody did."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    summary = models.CharField(max_length=250)
    topic = models.CharField(max_length=60)
    # Which role may take it back; a change of members is kept on record but never undone from here.
    needs = models.CharField(max_length=8, default="editor")
    is_undoable = models.BooleanField(default=True)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_with")
    undone_at = models.DateTimeField(null=True, blank=True)
    # Out of the others' sight, because it tells of what this member keeps private.
    private_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="private_change_sets",
    )
    # How many changes it has: they may be a hundred thousand, and a list of change-sets counts none.
    touched = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[ChangeSetManager[Self]] = ChangeSetManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "change_sets"
        ordering = ["-id"]
        indexes = [models.Index(fields=["household", "-id"], name="change_set_latest")]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return reverse("change_show", args=[self.uid])


class Change(HouseholdOwned):
    """One row before and after: before is null when it was added, after is null when it was removed."""

    # Both are found by the indexes below; one more for each would be one more to write for every row.
    household = models.ForeignKey("households.Household", on_delete=models.CASCADE, db_index=False)
    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="changes", db_index=False)
    model = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    label = models.CharField(max_length=250)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects: ClassVar[ChangeManager[Self]] = ChangeManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "changes"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["household", "model", "row_id", "id"], name="change_by_row"),
            models.Index(fields=["change_set", "id"], name="change_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.label}"
