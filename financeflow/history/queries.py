"""Questions to history. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Subquery
from django.utils import timezone

from financeflow.history.models import Change, ChangeSet
from financeflow.history.sight import LatestInSight
from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.months import Month

# A change of thousands of rows is told by its first.
MOST_TOLD = 100
VANISH_AT_ONCE = 500


def change_sets(
    *, member: uuid.UUID | None = None, before: int | None = None, months: Sequence[Month] = ()
) -> models.QuerySet[ChangeSet]:
    """What was done in the household, latest first; `with_changes` tells of some of it what each page shows."""
    found = ChangeSet.objects.select_related("by", "undoes")
    if member:
        found = found.filter(by__uid=member)
    if before:
        found = found.filter(pk__lt=before)
    return found.filter(_in_months(months)) if months else found


def with_changes(found: Iterable[ChangeSet]) -> list[Any]:
    """These change-sets with the `first_changes` of each, and how many are left `untold`."""
    change_sets: list[Any] = list(found)
    changes = defaultdict(list)
    for change in Change.objects.filter(_first_of(change_sets)).order_by("id"):
        changes[change.change_set_id].append(change)
    for each in change_sets:
        each.first_changes = changes[each.pk]
        each.untold = each.touched - len(each.first_changes)
    return change_sets


def without_changes(found: Iterable[ChangeSet]) -> list[Any]:
    """These change-sets where a line tells each, and nothing of what changed."""
    change_sets: list[Any] = list(found)
    for each in change_sets:
        each.first_changes, each.untold = [], 0
    return change_sets


def _first_of(change_sets: Sequence[ChangeSet]) -> models.Q:
    """The changes that are told. A change-set of thousands is followed to the last of these, and no further."""
    small = [each.pk for each in change_sets if each.touched <= MOST_TOLD]
    found = models.Q(change_set__in=small)
    for each in change_sets:
        if each.touched > MOST_TOLD:
            last = Change.objects.filter(change_set=each.pk).order_by("id").values("id")[MOST_TOLD - 1 : MOST_TOLD]
            found |= models.Q(change_set=each.pk, id__lte=Subquery(last))
    return found


def history_of(rows: Iterable[tuple[str, int]], *, limit: int = 50) -> list[Any]:
    """The latest change-sets that touched any of these rows (label of the table, key), with those changes alone."""
    keys: dict[str, set[int]] = defaultdict(set)
    for label, row_id in rows:
        keys[label.lower()].add(row_id)
    touching = models.Q(pk__in=[])
    for label, ids in keys.items():
        touching |= models.Q(model=label, row_id__in=ids)
    changes = defaultdict(list)
    latest = Change.objects.filter(touching).order_by().values("change_set").distinct().order_by("-change_set")
    for change in Change.objects.filter(touching, change_set__in=latest[:limit]).order_by("id"):
        changes[change.change_set_id].append(change)
    found: list[Any] = list(change_sets().filter(pk__in=changes))
    for each in found:
        each.first_changes, each.untold = changes[each.pk], 0
    return found


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


def change_after(change: Change, fields: set[str], *, undoing: ChangeSet) -> ChangeSet | None:
    """The latest change in force that came later and touched one of these fields of the same row."""
    own = [key for key in (change.change_set_id, undoing.pk) if key]
    later = Change.objects.filter(
        model=change.model, row_id=change.row_id, pk__gt=change.pk, change_set__undone_at__isnull=True
    ).exclude(change_set__in=own)
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
    note: str
    trashed_at: datetime
    gone_at: datetime

    @property
    def days_left(self) -> int:
        return max(0, -((timezone.now() - self.gone_at) // timedelta(days=1)))


def trashed_things(*, locale: str) -> list[TrashedThing]:
    """Everything in the household's trash, latest first."""
    found = [
        TrashedThing(
            kind=str(model._meta.verbose_name),
            model=model._meta.label_lower,
            uid=row.uid,
            label=str(row),
            note=row.trash_note(locale),
            trashed_at=row.trashed_at,
            gone_at=row.trashed_at + timedelta(days=settings.TRASH_DAYS),
        )
        for model in trashable_models()
        for row in _trashed(model)
    ]
    return sorted(found, key=lambda thing: thing.trashed_at, reverse=True)


def _trashed(model: type[HouseholdOwned]) -> Any:
    joins = [path for path, __, _name in (lookup.rpartition("__") for lookup in model.history_label) if path]
    return _thrown_away(model).select_related(*joins).order_by("-trashed_at")[:500]


def _thrown_away(model: type[HouseholdOwned]) -> Any:
    """What nobody threw away in private; a name that stood only there would be read by all else."""
    rows: Any = model._default_manager
    return rows.filter(LatestInSight(F("pk"), label=model._meta.label_lower), trashed_at__isnull=False)


def vanishing(model: type[HouseholdOwned], *, before: datetime) -> Iterator[list[int]]:
    """What was thrown away before then, by key, a few hundred at a time."""
    rows: Any = model._default_manager
    keys = rows.filter(trashed_at__lt=before).order_by("pk").values_list("pk", flat=True)
    last = 0
    while some := list(keys.filter(pk__gt=last)[:VANISH_AT_ONCE]):
        yield some
        last = some[-1]


def told_alone_to(row: Any) -> Any | None:
    """The member who alone is told of the latest change of this row; none where everybody is."""
    changes = Change.objects.filter(model=row._meta.label_lower, row_id=row.pk)
    change = changes.select_related("change_set__private_to").order_by("-pk").first()
    return change.change_set.private_to if change else None


def trashed_row(model_name: str, uid: uuid.UUID) -> Any | None:
    """One thing in the trash by kind and public id, or None."""
    model = next((model for model in trashable_models() if model._meta.label_lower == model_name), None)
    return _thrown_away(model).filter(uid=uid).first() if model else None
