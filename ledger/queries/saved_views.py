"""Questions about the searches that members keep under a name."""

from __future__ import annotations

from django.db import models

from financeflow.households.models import User
from ledger.models import SavedView

MOST_VIEWS = 30


def saved_views(member: User) -> models.QuerySet[SavedView]:
    """Those of this member, in their order."""
    return SavedView.objects.filter(member=member)
