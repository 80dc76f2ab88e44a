"""Totals are kept by the write that changes them: who keeps some is let in when history writes rows by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from financeflow.history.models import ChangeSet
from financeflow.history.states import State
from financeflow.web.gathering import gathered

if TYPE_CHECKING:
    from financeflow.households.models import Household

# A table's label, a row's key, and values the row has before the write or after it (of a change: those that changed).
Touched = tuple[str, int, State]


@contextmanager
def kept(*, household: Household, touched: Callable[[], Iterable[Touched]]) -> Iterator[None]:
    """Every keeper that settings name stands around the write, inside its transaction and before its first row is read.

    A keeper is called as keeper(household=, touched=) and gives a context manager; each has a stream of its own.
    """
    with ExitStack() as keepers:
        for keeper in gathered("KEEPERS"):
            keepers.enter_context(keeper(household=household, touched=touched()))
        yield


def touched_by(change_set: ChangeSet) -> Iterator[Touched]:
    """The rows of a change-set as they were and as they became, in the order of the writing."""
    changes = change_set.changes.order_by("pk").values_list("model", "row_id", "before", "after")
    for model, row_id, before, after in changes.iterator(chunk_size=2000):
        for state in (before, after):
            if state is not None:
                yield model, row_id, state
