"""What somebody said need not be asked again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned


class Dismissal(HouseholdOwned):
    """One thing of one kind that is left out of the inbox for good; the key is made of public ids."""

    # Found by the constraint below.
    household = models.ForeignKey("households.Household", on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(max_length=120, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False, db_index=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    history_label = ("kind",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "dismissals"
        ordering = ["id"]
        verbose_name = _("question that is not asked again")
        constraints = [models.UniqueConstraint(fields=["household", "kind", "key"], name="dismissal_once")]

    def __str__(self) -> str:
        return self.kind
