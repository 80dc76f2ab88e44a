"""Questions about the searches that members keep under a name."""

from __future__ import annotations

from django.db import models

from financeflow.households.models import User
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.models import SavedView

MOST_VIEWS = 30


def saved_views(member: User) -> models.QuerySet[SavedView]:
    """Those of this member, in their order."""
    return _of_member(member)


def views_listed(member: User) -> list[SavedView]:
    """The same, as the page of the list asks for them."""
    return LISTED.objects(member=member.pk)


def _of_member(member: User | Slot) -> models.QuerySet[SavedView]:
    return SavedView.objects.filter(member=member)


LISTED = Prepared(lambda: _of_member(Slot("member")))
