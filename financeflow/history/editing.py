"""Two people and one row: who comes later is told what changed, and overwrites nothing unseen."""

from __future__ import annotations

from typing import Any, TypeVar

from financeflow.history import queries
from financeflow.history.refusal import EditConflict
from financeflow.tenancy.models import HouseholdOwned

Row = TypeVar("Row", bound=HouseholdOwned)


def locked(row: Row) -> Row:
    """The row as it is now, held until the transaction ends."""
    rows: Any = type(row)._default_manager
    found: Row = rows.select_for_update(of=("self",)).get(pk=row.pk)
    return found


def claimed(row: Row, *, edit_version: int) -> Row:
    """The row, held, if it still is what the person saw; else EditConflict with the edits since."""
    current: Any = locked(row)
    if current.edit_version != edit_version:
        raise EditConflict(current, queries.edits_since(current, edit_version))
    found: Row = current
    return found
