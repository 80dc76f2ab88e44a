"""The households' part in the export: who is in it, as information. People cannot be restored, only invited."""

from __future__ import annotations

from django.db.models import F, QuerySet

from financeflow.households.exporting import ExportTable
from financeflow.households.models import Membership


def tables() -> list[ExportTable]:
    return [
        ExportTable("members", Membership, ("email", "name", "role", "joined_at"), rows=_members, is_told_only=True)
    ]


def _members() -> QuerySet[Membership]:
    return Membership.objects.annotate(email=F("user__email"), name=F("user__name"))
