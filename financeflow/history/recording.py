"""Writing rows so that history knows: the one way an action adds, changes or removes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from financeflow.events.publishing import publish
from financeflow.history import checking, setwise
from financeflow.history.differing import Difference, differing, merged
from financeflow.history.keys import rows_at
from financeflow.history.models import ChangeSet
from financeflow.history.setwise import CHUNK, Note
from financeflow.history.signals import recorded
from financeflow.history.states import (
    Row,
    Seen,
    State,
    counts_as_edit,
    currencies_of,
    kept_fields,
    labels_of,
    plain,
    seen,
    state_of,
)

if TYPE_CHECKING:
    from financeflow.households.models import Household, User

# The change-sets of the request at hand, for the toasts that offer to undo them.
recorded_now: ContextVar[list[ChangeSet] | None] = ContextVar("recorded_now", default=None)


class Recording:
    """One change-set in the making."""

    def __init__(self, change_set: ChangeSet) -> None:
        self.change_set = change_set
        self.touched = 0
        self.models: set[str] = set()
        self._notes: list[Note] = []

    def add(self, row: Row) -> None:
        """Validate and insert the row."""
        row.full_clean()
        row.save(force_insert=True)
        self._note(row, None, state_of(row))

    def change(self, row: Row, **values: Any) -> bool:
        """Set, validate and save; false, and nothing recorded, when all was so already."""
        model = type(row)
        before = state_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = state_of(row)
        changed = {name for name in after if after[name] != before[name]}
        if not changed:
            return False
        row.full_clean()
        saved = [field.name for field in kept_fields(model) if field.attname in changed]
        row.save(update_fields=saved + _count_edit(row, changed))
        noted = changed | currencies_of(model, changed)
        self._note(row, {name: before[name] for name in noted}, {name: after[name] for name in noted})
        return True

    def remove(self, row: Row) -> None:
        """Delete the row for good; what points at it must be gone already."""
        note = (row._meta.label_lower, row.pk, str(row)[:250], state_of(row), None)
        row.delete()
        self._keep(note)

    def add_many(self, rows: Sequence[Row]) -> None:
        """Validate and insert rows of one table by set-based SQL; what they point at is the caller's care."""
        if not rows:
            return
        checking.clean_fresh(rows)
        self.insert_many(rows)

    def insert_many(self, rows: Sequence[Row]) -> None:
        """Insert rows of one table that are known to be right."""
        for some in _in_chunks(rows):
            setwise.insert_rows(some)
            for row, label in zip(some, labels_of(some), strict=True):
                self._keep((row._meta.label_lower, row.pk, label, None, state_of(row)))

    def note_added(self, model: type[models.Model], rows: Iterable[tuple[int, str, State]]) -> None:
        """Rows of one table that were inserted past this recording: their keys, what they are called, their states."""
        name = model._meta.label_lower
        for pk, label, state in rows:
            self._keep((name, pk, label, None, state))

    def change_many(self, rows: models.QuerySet[Any], **values: Any) -> int:
        """The same new values for all these rows, by set-based SQL; how many were not so already.

        Each value is checked once, by its field; what a row's own clean() would say is the caller's care.
        """
        model = rows.model
        new = checking.cleaned(model, values)
        names = [*new, *(currencies_of(model, new) - set(new))]
        differing = rows if rows.query.is_sliced else rows.exclude(**new)
        after = {name: plain(value) for name, value in new.items()}
        changed = 0
        for pks in _in_chunks(_keys(differing)):
            found = seen(model, pks, names)
            changed += self.rewrite(model, list(merged(found, after)))
        return changed

    def change_each(self, changes: Iterable[tuple[Any, dict[str, Any]]]) -> int:
        """New values for each of these rows of one table, which the caller holds; how many were not so already.

        Each value is checked by its field; what a row's own clean() would say is the caller's care.
        """
        changed = 0
        for some in _in_chunks(changes):
            model = type(some[0][0])
            before = [_asked_for(row, values) for row, values in some]
            checking.set_cleaned(some)
            rows = [row for row, _values in some]
            after = [_asked_for(row, values) for row, values in some]
            found = map(Seen, [row.pk for row in rows], labels_of(rows), before)
            changed += self.rewrite(model, list(zip(found, after, strict=True)))
            _count_in_memory(rows, before, after)
        return changed

    def rewrite(self, model: type[models.Model], changes: Sequence[tuple[Seen, State]]) -> int:
        """Give held rows of one table new values that are known to be right; how many differed."""
        alike: dict[tuple[str, ...], list[tuple[Seen, Difference]]] = defaultdict(list)
        for row, difference in differing(model, changes):
            alike[difference.names].append((row, difference))
        label_lower = model._meta.label_lower
        for names, rows in alike.items():
            new = [(row.pk, difference.after) for row, difference in rows]
            setwise.update_rows(model, names, new, counted=counts_as_edit(model, names))
            for row, difference in rows:
                self._keep((label_lower, row.pk, row.label, difference.before, difference.after))
        return sum(map(len, alike.values()))

    def remove_many(self, rows: models.QuerySet[Any]) -> int:
        """Delete these rows for good, by set-based SQL; what points at them must be gone already."""
        model = rows.model
        removed = 0
        for pks in _in_chunks(_keys(rows)):
            found = seen(model, pks, [field.attname for field in kept_fields(model)])
            self.erase(model, found)
            removed += len(found)
        return removed

    def erase(self, model: type[models.Model], found: Sequence[Seen]) -> None:
        """Delete held rows of one table, whose whole states these are."""
        rows_at(model, [row.pk for row in found]).delete()
        for row in found:
            self._keep((model._meta.label_lower, row.pk, row.label, row.state, None))

    def _note(self, row: Row, before: State | None, after: State) -> None:
        self._keep((row._meta.label_lower, row.pk, str(row)[:250], before, after))

    def _keep(self, note: Note) -> None:
        self.touched += 1
        self.models.add(note[0])
        self._notes.append(note)
        if len(self._notes) >= CHUNK:
            self.write_down()

    def write_down(self) -> None:
        """Put what is noted into the database."""
        if self.change_set._state.adding:
            self.change_set.touched = self.touched
            self.change_set.save(force_insert=True)
        elif self.change_set.touched != self.touched:
            self.change_set.touched = self.touched
            self.change_set.save(update_fields=["touched"])
        notes, self._notes = self._notes, []
        setwise.insert_changes(notes, household_id=self.change_set.household_id, change_set_id=self.change_set.pk)


def _in_chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while some := list(islice(rest, CHUNK)):
        yield some


def _keys(rows: models.QuerySet[Any]) -> list[int]:
    """In one order for everybody, so that two writers wait for each other and never in a circle."""
    return sorted(set((rows if rows.query.is_sliced else rows.order_by()).values_list("pk", flat=True)))


def _asked_for(row: Row, values: dict[str, Any]) -> State:
    """The columns that these values are for, with the currencies of amounts, as the row has them now."""
    names = checking.columns(type(row), values)
    return {name: plain(getattr(row, name)) for name in [*names, *(currencies_of(type(row), names) - set(names))]}


def _count_edit(row: Any, changed: set[str]) -> list[str]:
    """Raise the row's edit version, where it has one and the change is one that an open form must hear of."""
    if not counts_as_edit(type(row), changed):
        return []
    row.edit_version += 1
    return ["edit_version"]


def _count_in_memory(rows: Iterable[Any], before: Iterable[State], after: Iterable[State]) -> None:
    """The caller's rows know their new edit version too, if they knew the old one."""
    for row, was, now in zip(rows, before, after, strict=True):
        if "edit_version" in row.__dict__:
            _count_edit(row, {name for name in now if now[name] != was[name]})


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
    private_to: User | None = None,
) -> Iterator[Recording]:
    """One write: all of it or nothing, recorded, and announced under `topic` once it is committed.

    What is `private_to` a member is told to that member alone.
    """
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
            private_to=private_to,
            at=timezone.now(),
        )
        record = Recording(change_set)
        yield record
        if not record.touched:
            return
        record.write_down()
        publish(topic, household_id=household.pk)
        transaction.on_commit(lambda: _announce(record), robust=True)
    collected = recorded_now.get()
    if collected is not None:
        collected.append(change_set)


def _announce(record: Recording) -> None:
    change_set = record.change_set
    said = {"household_id": change_set.household_id, "change_set_id": change_set.pk}
    recorded.send_robust(sender=ChangeSet, touched=record.touched, models=frozenset(record.models), **said)


@contextmanager
def unannounced() -> Iterator[None]:
    """Record without a toast for each change: for what is one act to the person and hundreds of rows here."""
    token = recorded_now.set(None)
    try:
        yield
    finally:
        recorded_now.reset(token)
