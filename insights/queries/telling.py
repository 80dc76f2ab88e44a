"""What history tells of lines: which ones an act may have made teach something else, and when each was said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.db.models import QuerySet

from financeflow.history.models import Change, ChangeSet
from financeflow.tenancy.prepared import Keys, Prepared, Slot
from insights.models import Lesson
from ledger.models import Line
from ledger.models.many import OneOf

_LINE, _TRANSACTION, _PAYEE, CATEGORY = "ledger.line", "ledger.transaction", "ledger.payee", "ledger.category"
# Changes of other tables teach nothing.
TELLING: Final = frozenset((_LINE, _TRANSACTION, _PAYEE, CATEGORY))
# Where categories go, nothing is said of what is filed there.
_OF_CATEGORIES: Final = "category."
# What a file brings was said on its day.
_OF_FILES: Final = "import."
_NOON: Final = time(12, tzinfo=UTC)
State = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What one act touched: lines, those among them that were filed anew, and whether there is less to know."""

    lines: set[int] = field(default_factory=set)
    # The lines that were there and got another category, with what of them was otherwise before.
    refiled: dict[int, State] = field(default_factory=dict)
    # Something that taught is gone for good, or categories are others now.
    begins_anew: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """When it was said under what a line is filed; what came already filed was said on its day."""

    at: datetime
    came_filed: bool = False

    def moment(self, day: date) -> datetime:
        return min(self.at, datetime.combine(day, _NOON)) if self.came_filed else self.at


def told_by(change_set: ChangeSet) -> Told:
    """The lines that it may have made teach something else: its own, those of its transactions and payees."""
    told = Told()
    there: dict[str, set[int]] = {_TRANSACTION: set(), _PAYEE: set()}
    few = change_set.touched <= FEW
    changes = CHANGES.rows(act=change_set.pk) if few else _changes(change_set.pk).iterator(2000)
    for model, row, before, after in changes:
        if model == _LINE:
            _note(told, row, before, after)
        elif model == CATEGORY:
            told.begins_anew = True
        elif before is not None:
            there[model].add(row)
    if rows := there[_TRANSACTION]:
        told.lines.update(Line.objects.filter(OneOf("transaction_id", rows)).values_list("pk", flat=True))
    if rows := there[_PAYEE]:
        told.lines.update(Lesson.objects.filter(OneOf("payee_id", rows)).values_list("line_id", flat=True))
    return told


def _changes(change_set: int | Slot) -> QuerySet[Change, Any]:
    changes = Change.objects.filter(change_set=change_set, model__in=sorted(TELLING)).order_by()
    return changes.values_list("model", "row_id", "before", "after")


# Of so many rows all are read at once.
FEW: Final = 500
CHANGES: Final = Prepared(lambda: _changes(Slot("act")), whole=True)


def _note(told: Told, row: int, before: State | None, after: State | None) -> None:
    if after is None:
        told.begins_anew |= _is_said(before)
        return
    told.lines.add(row)
    if before is not None and _is_said_anew(before, after):
        told.refiled[row] = before


def _is_said(state: State | None) -> bool:
    return bool(state and state.get("category_id") and not state.get("learned"))


def _is_said_anew(before: State, after: State) -> bool:
    """It has another category now, or somebody says what it was filed under by itself."""
    return bool(after.get("category_id") or (before.get("learned") and after.get("learned") == 0))


def said_of(lines: Collection[int]) -> dict[int, Said]:
    """When it was said last, of those of which it was; what was undone was never said."""
    found: dict[int, Said] = {}
    for row, before, after, at, verb, by in SAYING.rows(lines=lines) if lines else ():
        if row not in found and (said := _said(before, after, at, verb, by)):
            found[row] = said
    return found


def _saying() -> QuerySet[Change, Any]:
    changes = Change.objects.filter(OneOf("row_id", Keys("lines")), model=_LINE, after__isnull=False)
    in_force = changes.filter(change_set__undoes=None, change_set__undone_at=None).order_by("-pk")
    return in_force.values_list("row_id", "before", "after", "change_set__at", "change_set__verb", "change_set__by")


SAYING: Final = Prepared(_saying, whole=True)


def _said(before: State | None, after: State, at: datetime, verb: str, by: int | None) -> Said | None:
    if before is None:
        return Said(at, came_filed=verb.startswith(_OF_FILES) or by is None) if _is_said(after) else None
    if verb.startswith(_OF_CATEGORIES) or not _is_said_anew(before, after):
        return None
    return Said(at)
