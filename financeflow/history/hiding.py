"""A change may touch rows that the member who looks may not see: what is told of these is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from financeflow.history.keys import rows_at
from financeflow.history.models import Change
from financeflow.tenancy.scope import whole_household


def in_sight(changes: Sequence[Change]) -> list[Change]:
    """Those of rows that are in sight. What is gone for good is, where something that it belonged to is."""
    guarded = {label for label in {change.model for change in changes} if _hides(apps.get_model(label))}
    if not guarded:
        return list(changes)
    asked: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        if change.model in guarded:
            asked[apps.get_model(change.model)].add(change.row_id)
            for model, key in _belongs_to(change):
                asked[model].add(key)
    seen = {model: _keys(model, keys) for model, keys in asked.items()}
    with whole_household():
        there = {model: _keys(model, keys - seen[model]) | seen[model] for model, keys in asked.items()}
    return [change for change in changes if change.model not in guarded or _is_seen(change, seen, there)]


def _is_seen(change: Change, seen: dict[Any, set[Any]], there: dict[Any, set[Any]]) -> bool:
    model = apps.get_model(change.model)
    if change.row_id in there[model]:
        return change.row_id in seen[model]
    return any(key in seen[other] for other, key in _belongs_to(change))


def _belongs_to(change: Change) -> Iterable[tuple[type[models.Model], Any]]:
    """The rows that it points at, of those tables of which some rows may be out of sight."""
    states = [state for state in (change.before, change.after) if state]
    for field in apps.get_model(change.model)._meta.concrete_fields:
        other = field.related_model
        if isinstance(other, type) and _hides(other):
            yield from ((other, state[field.attname]) for state in states if state.get(field.attname))


def _hides(model: type[models.Model]) -> bool:
    manager: Any = model._default_manager
    return hasattr(manager, "hides_rows") and manager.hides_rows()


def _keys(model: type[models.Model], keys: Iterable[Any]) -> set[Any]:
    return set(rows_at(model, keys).values_list("pk", flat=True))
