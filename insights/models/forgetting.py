"""What a household wants forgotten: that something was taught stays in the books, and counts no more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned


class Forgotten(HouseholdOwned):
    """A name of which nothing counts that was said up to a moment, or all of them; undone by taking the row away.

    It reaches as far as whoever forgot could see: shared accounts, and their own private ones.
    """

    key = models.CharField(_("name"), max_length=160, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    # Lines that were there; one that is filed later teaches anew.
    last_line = models.BigIntegerField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    in_private = models.BooleanField(default=False, editable=False)

    history_label = ("key",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "forgotten"
        verbose_name = _("forgotten name")

    def __str__(self) -> str:
        return self.key or gettext("All names")
