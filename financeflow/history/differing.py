"""What changes when a row's state becomes another: told once for all rows that share both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import models

from financeflow.history.states import Seen, State, currencies_of


class Difference(NamedTuple):
    """The columns that differ, and both states as noted: these columns, and the currencies of amounts."""

    names: tuple[str, ...]
    before: State
    after: State


def differing(model: type[models.Model], changes: Sequence[tuple[Seen, State]]) -> Iterator[tuple[Seen, Difference]]:
    """The rows that a new state makes different. A state is known by its identity: the caller holds them all."""
    known: dict[tuple[int, int], Difference] = {}
    for row, state in changes:
        key = id(row.state), id(state)
        difference = known.get(key)
        if difference is None:
            difference = known[key] = _difference(model, row.state, state)
        if difference.names:
            yield row, difference


def _difference(model: type[models.Model], before: State, after: State) -> Difference:
    names = tuple(name for name in after if after[name] != before[name])
    noted = [name for name in after if name in {*names, *currencies_of(model, names)}]
    return Difference(names, {name: before[name] for name in noted}, {name: after[name] for name in noted})


def merged(found: Sequence[Seen], new: State) -> Iterator[tuple[Seen, State]]:
    """Each row with its state as these values make it."""
    known: dict[int, State] = {}
    for row in found:
        state = known.get(id(row.state))
        if state is None:
            state = known[id(row.state)] = row.state | new
        yield row, state
