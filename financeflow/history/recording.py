"""Writing rows so that history knows: the one way an action adds, changes or removes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from financeflow.events.publishing import publish
from financeflow.history.models import Change, ChangeSet
from financeflow.tenancy.models import HouseholdOwned

if TYPE_CHECKING:
    from financeflow.households.models import Household, User

State = dict[str, Any]
Row = HouseholdOwned | models.Model

# The change-sets of the request at hand, for the toasts that offer to undo them.
recorded_now: ContextVar[list[ChangeSet] | None] = ContextVar("recorded_now", default=None)


def kept_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    left_out = getattr(model, "history_leaves_out", ())
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def state_of(row: models.Model) -> State:
    """The row's own values, as JSON can keep them."""
    return {field.attname: _plain(field.value_from_object(row)) for field in kept_fields(type(row))}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | models.fields.files.FieldFile):
        return str(value)
    return value


def set_state(row: models.Model, state: State) -> None:
    """Put kept values back onto a row."""
    fields = {field.attname: field for field in kept_fields(type(row))}
    for name, value in state.items():
        if name in fields:
            setattr(row, name, fields[name].to_python(value))


def _count_edit(row: Any, changed: set[str]) -> list[str]:
    """Raise the row's edit version, where it has one and the change is one that an open form must hear of."""
    if not hasattr(row, "edit_version") or changed <= set(row.edit_ignores):
        return []
    row.edit_version += 1
    return ["edit_version"]


def _currencies(row: Row, changed: set[str]) -> set[str]:
    """An amount says nothing without its currency, so that is noted too."""
    money: dict[str, str] = getattr(row, "history_money", {})
    return {money[name] for name in changed if name in money}


class Recording:
    """One change-set in the making."""

    def __init__(self, change_set: ChangeSet) -> None:
        self.change_set = change_set
        self.changes: list[Change] = []

    def add(self, row: Row) -> None:
        """Validate and insert the row."""
        row.full_clean()
        row.save(force_insert=True)
        self._note(row, None, state_of(row))

    def change(self, row: Row, **values: Any) -> bool:
        """Set, validate and save; false, and nothing recorded, when all was so already."""
        before = state_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = state_of(row)
        changed = {name for name in after if after[name] != before[name]}
        if not changed:
            return False
        row.full_clean()
        saved = [field.name for field in kept_fields(type(row)) if field.attname in changed]
        row.save(update_fields=saved + _count_edit(row, changed))
        noted = changed | _currencies(row, changed)
        self._note(row, {name: before[name] for name in noted}, {name: after[name] for name in noted})
        return True

    def add_many(self, rows: Sequence[Row]) -> None:
        """Validate and insert rows of one table by set-based SQL; what they point at is the caller's care."""
        if not rows:
            return
        relations = [field.name for field in type(rows[0])._meta.concrete_fields if field.is_relation]
        for row in rows:
            row.clean_fields(exclude=relations)
            row.clean()
        type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)
        for row in rows:
            self._note(row, None, state_of(row))

    def remove(self, row: Row) -> None:
        """Delete the row for good; what points at it must be gone already."""
        before, key = state_of(row), row.pk
        row.delete()
        self._note(row, before, None, key)

    def _note(self, row: Row, before: State | None, after: State | None, key: int | None = None) -> None:
        self.changes.append(
            Change(
                household_id=self.change_set.household_id,
                change_set=self.change_set,
                model=row._meta.label_lower,
                row_id=key or row.pk,
                label=str(row)[:250],
                before=before,
                after=after,
            )
        )


@contextmanager
def recording(
    *,
    household: Household,
    by: User | None,
    verb: str,
    summary: str,
    topic: str = "ledger.changed",
    needs: str = "editor",
    undoable: bool = True,
    undoes: ChangeSet | None = None,
) -> Iterator[Recording]:
    """One write: all of it or nothing, recorded, and announced under `topic` once it is committed."""
    with transaction.atomic():
        change_set = ChangeSet(
            household=household,
            by=by,
            verb=verb,
            summary=summary[:250],
            topic=topic,
            needs=needs,
            is_undoable=undoable,
            undoes=undoes,
            at=timezone.now(),
        )
        record = Recording(change_set)
        yield record
        if not record.changes:
            return
        change_set.save(force_insert=True)
        Change.objects.bulk_create(record.changes, batch_size=2000)
        publish(topic, household_id=household.pk)
    collected = recorded_now.get()
    if collected is not None:
        collected.append(change_set)


@contextmanager
def unannounced() -> Iterator[None]:
    """Record without a toast for each change: for what is one act to the person and hundreds of rows here."""
    token = recorded_now.set(None)
    try:
        yield
    finally:
        recorded_now.reset(token)
