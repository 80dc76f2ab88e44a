"""The households' part in the export: who is in it, as information, and what the inbox shall not ask again.

People cannot be restored, only invited.
"""

from __future__ import annotations

from django.db.models import F, QuerySet

from financeflow.households.exporting import ExportTable
from financeflow.households.models import Membership
from financeflow.inbox.models import Dismissal


def tables() -> list[ExportTable]:
    return [
        ExportTable("members", Membership, ("email", "name", "role", "joined_at"), rows=_members, is_told_only=True),
        ExportTable("dismissals", Dismissal, ("kind", "key", "at")),
    ]


def _members() -> QuerySet[Membership]:
    return Membership.objects.annotate(email=F("user__email"), name=F("user__name"))
