"""What points at a row that undo removes or brings back: who stands in the way, and what would be forgotten anyway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models.expressions import F
from django.utils.translation import gettext as _

from financeflow.history.checking import missing
from financeflow.history.keys import Among, rows_of
from financeflow.history.models import Change, ChangeSet
from financeflow.history.refusal import UndoRefused
from financeflow.history.states import field_of
from financeflow.tenancy.models import HouseholdOwned

Labels = Mapping[int, str]


def built_upon(model: type[models.Model], labels: Labels, undoing: ChangeSet) -> UndoRefused | None:
    """Why these rows cannot go: history knows rows that would go with them, or would forget them."""
    for field in _pointing_at(model):
        there = rows_of(field.model).filter(Among(F(field.attname), keys=labels)).order_by("pk")
        pointing = dict(there.values_list("pk", field.attname))
        change = _latest(field, pointing, undoing) if pointing else None
        if change:
            return changed_since(labels[pointing[change.row_id]], change.change_set, undoing)
    return None


def _pointing_at(model: type[models.Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            isinstance(relation, models.ManyToOneRel)
            and relation.on_delete in (models.CASCADE, models.SET_NULL)
            and issubclass(relation.related_model, HouseholdOwned)
        ):
            yield relation.field


def _latest(field: Any, pointing: Mapping[int, int], undoing: ChangeSet) -> Change | None:
    """The latest change in force that made one of these rows point there."""
    changes = Change.objects.filter(
        Among(F("row_id"), keys=pointing),
        model=field.model._meta.label_lower,
        after__has_key=field.attname,
        change_set__undone_at=None,
    )
    others = changes.exclude(change_set__in=[each for each in (undoing.pk, undoing.undoes_id) if each])
    return others.select_related("change_set").order_by("-pk").first()


def changed_since(label: str, blocker: ChangeSet, undoing: ChangeSet) -> UndoRefused:
    """The later change and the row by name, unless that change is another member's alone to see."""
    if blocker.private_to_id in (None, undoing.by_id):
        return UndoRefused(_("“%(label)s” was changed since. Undo that first:") % {"label": label}, blocker)
    return UndoRefused(_("It touched what another member keeps private, and that was changed since."))


def protected_among(model: type[models.Model], labels: Labels, error: models.ProtectedError) -> str:
    """What that row is called which another one needs."""
    for row in error.protected_objects:
        for field in row._meta.concrete_fields:
            key = getattr(row, field.attname)
            if field.is_relation and field.related_model is model and key in labels:
                return labels[key]
    return next(iter(labels.values()))


def is_forgotten(model: type[models.Model], name: str, key: Any) -> bool:
    """Whether the database itself sets this column to null when what it points at goes, and that is gone."""
    field: Any = field_of(model, name)
    forgets = field.is_relation and field.remote_field.on_delete is models.SET_NULL
    return forgets and key is not None and bool(missing(field, {key}))
