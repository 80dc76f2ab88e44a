"""Questions to history. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from financeflow.history.models import Change, ChangeSet
from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.months import Month

# A change of thousands of rows is told by its first.
MOST_TOLD = 100


def change_sets(
    *, member: uuid.UUID | None = None, before: int | None = None, months: Sequence[Month] = ()
) -> models.QuerySet[ChangeSet]:
    """What was done in the household, latest first, with what each page shows of it."""
    touched = Change.objects.filter(change_set=OuterRef("pk")).order_by().values("change_set").annotate(all=Count("pk"))
    found = (
        ChangeSet.objects.select_related("by", "undoes")
        .annotate(touched=Coalesce(Subquery(touched.values("all")), 0))
        .prefetch_related(Prefetch("changes", Change.objects.order_by("id")[:MOST_TOLD], to_attr="first_changes"))
    )
    if member:
        found = found.filter(by__uid=member)
    if before:
        found = found.filter(pk__lt=before)
    return found.filter(_in_months(months)) if months else found


def _in_months(months: Sequence[Month]) -> models.Q:
    """In any of these months, which begin at midnight where the household is."""
    found = models.Q()
    for month in months:
        first, end = (datetime.combine(day, time.min) for day in (month.first_day, month.plus(1).first_day))
        found |= models.Q(at__gte=timezone.make_aware(first), at__lt=timezone.make_aware(end))
    return found


@dataclass(frozen=True)
class Links:
    """The changes that one change undid, or was undone by."""

    undoes: ChangeSet | None
    undone_with: list[ChangeSet]


def linked(change_set: ChangeSet) -> Links:
    return Links(change_set.undoes, list(change_set.undone_with.order_by("pk")))


def change_after(change: Change, fields: set[str]) -> ChangeSet | None:
    """The latest change in force that came later and touched one of these fields of the same row."""
    later = Change.objects.filter(
        model=change.model, row_id=change.row_id, pk__gt=change.pk, change_set__undone_at__isnull=True
    ).exclude(change_set=change.change_set)
    for each in later.select_related("change_set").order_by("-pk"):
        if not fields.isdisjoint((each.before or {}) | (each.after or {})):
            return each.change_set
    return None


def edits_since(row: HouseholdOwned, edit_version: int) -> list[Change]:
    """The edits of a row since it had that version, latest first."""
    model: Any = type(row)
    found = Change.objects.filter(model=model._meta.label_lower, row_id=row.pk, after__isnull=False)
    edits = (
        change
        for change in found.select_related("change_set__by").order_by("-pk")[:100]
        if change.before is not None and not set(change.before) <= set(model.edit_ignores)
    )
    current: Any = row
    return list(islice(edits, max(1, current.edit_version - edit_version)))


def trashable_models() -> list[type[HouseholdOwned]]:
    return [model for model in apps.get_models() if issubclass(model, Trashable) and issubclass(model, HouseholdOwned)]


@dataclass(frozen=True)
class TrashedThing:
    """One thing in the trash."""

    kind: str
    model: str
    uid: uuid.UUID
    label: str
    trashed_at: datetime
    gone_at: datetime

    @property
    def days_left(self) -> int:
        return max(0, -((timezone.now() - self.gone_at) // timedelta(days=1)))


def trashed_things() -> list[TrashedThing]:
    """Everything in the household's trash, latest first."""
    found = [
        TrashedThing(
            kind=str(model._meta.verbose_name),
            model=model._meta.label_lower,
            uid=row.uid,
            label=str(row),
            trashed_at=row.trashed_at,
            gone_at=row.trashed_at + timedelta(days=settings.TRASH_DAYS),
        )
        for model in trashable_models()
        for row in _trashed(model)
    ]
    return sorted(found, key=lambda thing: thing.trashed_at, reverse=True)


def _trashed(model: type[HouseholdOwned]) -> Any:
    rows: Any = model._default_manager
    return rows.filter(trashed_at__isnull=False).order_by("-trashed_at")[:500]


def trashed_row(model_name: str, uid: uuid.UUID) -> Any | None:
    """One thing in the trash by kind and public id, or None."""
    model = next((model for model in trashable_models() if model._meta.label_lower == model_name), None)
    rows: Any = model._default_manager if model else None
    return rows.filter(uid=uid, trashed_at__isnull=False).first() if rows else None
