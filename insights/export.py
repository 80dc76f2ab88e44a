"""What of learning stands in an export: how far the app goes by itself, and what is forgotten. Books tell the rest."""

from __future__ import annotations

from django.db.models import QuerySet

from financeflow.households.exporting import ExportTable
from insights.models import Forgotten, School


def tables() -> list[ExportTable]:
    return [
        ExportTable("learning", School, ("files_by_itself", "filed_from", "suggested_from")),
        ExportTable("forgotten", Forgotten, ("key", "at", "last_line"), rows=_shared),
    ]


def _shared() -> QuerySet[Forgotten]:
    """But for what a member wants forgotten of private accounts alone."""
    return Forgotten.objects.filter(in_private=False)
