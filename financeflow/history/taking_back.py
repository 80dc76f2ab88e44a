"""Putting rows back to what they were: a change-set walked backwards, thousands of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from financeflow.history import queries
from financeflow.history.checking import missing
from financeflow.history.keys import rows_at
from financeflow.history.models import Change, ChangeSet
from financeflow.history.pointing import built_upon, changed_since, is_forgotten, protected_among
from financeflow.history.recording import Recording
from financeflow.history.refusal import UndoRefused
from financeflow.history.setwise import CHUNK
from financeflow.history.states import Seen, State, kept_fields, seen, set_state

# Up to so many rows are validated each by itself, as when a person writes them; of more, what the database demands.
FEW = 200
Step = Callable[[int, int], None]


def quietly(done: int, total: int) -> None:
    """For who need not hear how far the work is."""


def take_back(record: Recording, change_set: ChangeSet, *, step: Step) -> None:
    """Write the opposite of every change, the last one first; UndoRefused when something stands in the way."""
    done, total = 0, change_set.touched
    for run in runs(change_set):
        model = apps.get_model(run[0].model)
        # Neighbours are quicker written together; in a tree, a branch goes before its stem and comes after it.
        in_turn = total <= FEW or _is_tree(model)
        Back(record, model, run if in_turn else sorted(run, key=_row), in_turn).write()
        done += len(run)
        step(done, total)


def runs(change_set: ChangeSet) -> Iterator[list[Change]]:
    """The changes backwards, in runs of one table, one kind of change and the same columns, no row twice in any."""
    run: list[Change] = []
    rows: set[int] = set()
    for change in _backwards(change_set):
        if run and (_kind(change) != _kind(run[0]) or change.row_id in rows or len(run) == CHUNK):
            yield run
            run, rows = [], set()
        run.append(change)
        rows.add(change.row_id)
    if run:
        yield run


def _backwards(change_set: ChangeSet) -> Iterator[Change]:
    """A page at a time, so that memory stays bounded."""
    rest = Change.objects.filter(change_set=change_set.pk).defer("uid").order_by("-pk")
    while page := list(rest[:CHUNK]):
        yield from page
        rest = rest.filter(pk__lt=page[-1].pk)


def _kind(change: Change) -> tuple[Any, ...]:
    if change.before is None or change.after is None:
        return change.model, change.before is None, change.after is None
    return change.model, False, False, *sorted(change.after)


def _row(change: Change) -> int:
    return change.row_id


def _is_tree(model: type[models.Model]) -> bool:
    return any(column.related_model is model for column in kept_fields(model))


@dataclass(frozen=True)
class Back:
    """One run of changes on its way back; written row by row in its turn, each validated, or all at once."""

    record: Recording
    model: type[models.Model]
    run: Sequence[Change]
    in_turn: bool
    forgotten: dict[tuple[str, Any], bool] = field(default_factory=dict)

    def write(self) -> None:
        if self.run[0].before is None:
            self._remove_added()
        elif self.run[0].after is None:
            self._add_removed()
        else:
            self._change_back()

    def _remove_added(self) -> None:
        found = self._as_left([column.attname for column in kept_fields(self.model)])
        labels = {change.row_id: change.label for change in self.run}
        if refusal := built_upon(self.model, labels, self.record.change_set):
            raise refusal
        try:
            for some in ([row] for row in found) if self.in_turn else [found]:
                self.record.erase(self.model, some)
        except models.ProtectedError as error:
            label = protected_among(self.model, labels, error)
            raise UndoRefused(_("“%(label)s” is in use and cannot go.") % {"label": label}) from error

    def _add_removed(self) -> None:
        there = set(rows_at(self.model, [change.row_id for change in self.run]).values_list("pk", flat=True))
        for change in self.run:
            if change.row_id in there:
                raise self._conflict(change, set(change.before or {}))
        rows: list[Any] = []
        for change in self.run:
            rows.append(self.model())
            set_state(rows[-1], change.before or {})
        self._see_that_all_is_there([row.__dict__ for row in rows])
        if self.in_turn:
            for row in rows:
                self.record.add(row)
        else:
            self.record.insert_many(rows)

    def _change_back(self) -> None:
        columns = {column.attname for column in kept_fields(self.model)}
        names = [name for name in self.run[0].after or {} if name in columns]
        found = self._as_left(names)
        states = [{name: (change.before or {}).get(name) for name in names} for change in self.run]
        self._see_that_all_is_there(states)
        if self.in_turn:
            self._change_in_turn(states)
        else:
            self.record.rewrite(self.model, list(zip(found, states, strict=True)))

    def _change_in_turn(self, states: Sequence[State]) -> None:
        rows = rows_at(self.model, [change.row_id for change in self.run]).in_bulk()
        for change, state in zip(self.run, states, strict=True):
            target = self.model()
            set_state(target, state)
            self.record.change(rows[change.row_id], **{name: getattr(target, name) for name in state})

    def _as_left(self, names: Sequence[str]) -> list[Seen]:
        """The rows as they stand, held, in the order of the run, if all of them are as the changes left them."""
        found = {row.pk: row for row in seen(self.model, [change.row_id for change in self.run], names)}
        for change in self.run:
            row = found.get(change.row_id)
            if row is None:
                raise self._conflict(change, set(change.after or {}))
            if differing := self._differing(row.state, change.after or {}):
                raise self._conflict(change, differing)
        return [found[change.row_id] for change in self.run]

    def _differing(self, state: State, expected: State) -> set[str]:
        """The columns that are no longer as the change left them."""
        if state == expected:
            return set()
        names = {name for name in state if name in expected and state[name] != expected[name]}
        return {name for name in names if state[name] is not None or not self._is_forgotten(name, expected[name])}

    def _see_that_all_is_there(self, states: Sequence[dict[str, Any]]) -> None:
        """Refuse what would point at something gone; what the database would have forgotten by itself is forgotten."""
        relations = [each for each in kept_fields(self.model) if each.is_relation and each.attname in states[0]]
        for column in relations:
            name = column.attname
            gone = missing(column, {state[name] for state in states}) - self._coming_back(column)
            for change, state in zip(self.run, states, strict=True) if gone else ():
                if state[name] in gone:
                    self._forget(change, state, name)

    def _coming_back(self, column: Any) -> set[int]:
        """A branch may come back together with its stem."""
        is_branch = column.related_model is self.model and self.run[0].after is None
        return {change.row_id for change in self.run} if is_branch else set()

    def _forget(self, change: Change, state: dict[str, Any], name: str) -> None:
        if not self._is_forgotten(name, state[name]):
            raise UndoRefused(_("What “%(label)s” belonged to is gone.") % {"label": change.label})
        state[name] = None

    def _is_forgotten(self, name: str, key: Any) -> bool:
        if (name, key) not in self.forgotten:
            self.forgotten[name, key] = is_forgotten(self.model, name, key)
        return self.forgotten[name, key]

    def _conflict(self, change: Change, differing: set[str]) -> UndoRefused:
        blocker = queries.change_after(change, differing, undoing=self.record.change_set)
        if blocker is None:
            return UndoRefused(_("“%(label)s” is gone for good, so this cannot be undone.") % {"label": change.label})
        return changed_since(change.label, blocker, self.record.change_set)
