"""Rows that say the very same as rows that came in before: nearly all, where a file overlaps with an earlier one.

What can be told here is told without looking at anything else: a hundred thousand of them take a second.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Case, Q, QuerySet, TextField, Value, When

from ledger.calc.verdicts import WINDOW, Span
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.sheets import Sheets, past_sight

_WRITTEN: Final = Q(verdict="here", deed="leave")
# What was taken for the side of a transfer is looked at as a whole.
_LINKED: Final = Q(other__isnull=False) | Q(other_row__isnull=False)
_STATE: Final = Case(
    When(_LINKED, then=Value("linked")),
    When(_WRITTEN, then=Value("written")),
    default=Value(""),
    output_field=TextField(),
)


# A row that is a transaction, by their keys, with the sheet that this came with; and whether that stands with the row.
Settled = tuple[int, int, int, bool]


@dataclass
class Again:
    """What was found the same, and the rows that are still to be compared; None means all."""

    settled: list[Settled] = field(default_factory=list)
    open_rows: list[int] | None = None
    # Transactions that are taken, with the rows that they came with.
    spent: dict[int, int] = field(default_factory=dict)
    # How many have the bank's own number in common: numbers of this bank last.
    numbered: int = 0


def same_again(rows: QuerySet[Any], account: int, sheets: Sheets, span: Span, taken: Collection[int]) -> Again:
    """`rows` are those of one sheet that no person decided; transactions that are `taken` stay out."""
    known = _known(account, sheets, span, taken) if sheets.done[account] else []
    if not known:
        return Again()
    again, left = Again(), []
    said = [row[3] + row[4] for row in known]
    first = dict(zip(reversed(said), range(len(known) - 1, -1, -1), strict=True))
    twins = _twins(said, first) if len(first) < len(known) else {}
    columns = ("pk", "print", "bank_id", "match", _STATE)
    for key, name, bank_id, match, state in rows.order_by("position").values_list(*columns):
        name += bank_id
        at = first.pop(name, -1) if state != "linked" else -1
        if at < 0:
            left.append(key)
            continue
        if more := twins.get(name):
            first[name] = more.popleft()
        pk, row, sheet, *_said = known[at]
        again.spent[pk] = row
        again.numbered += bank_id != ""
        again.settled.append((key, pk, sheet, state == "written" and match == pk))
    again.open_rows = left
    return again


def _twins(said: Sequence[str], first: Mapping[str, int]) -> dict[str, deque[int]]:
    """Where all but the first stand of those that say the same."""
    twins: dict[str, deque[int]] = defaultdict(deque)
    for at, name in enumerate(said):
        if first[name] != at:
            twins[name].append(at)
    return twins


def _known(account: int, sheets: Sheets, span: Span, taken: Collection[int]) -> list[tuple[Any, ...]]:
    """Transactions that stand as they came with a row, booked and not thrown away."""
    window = (date.fromordinal(max(1, span.first - WINDOW)), date.fromordinal(span.last + WINDOW))
    rows = past_sight(Transaction).filter(account=account, date__range=window, trashed_at=None)
    rows = rows.exclude(status=Transaction.Status.PENDING)
    rows = rows.filter(OneOf("import_row__sheet_id", sheets.done[account]), import_row__deed="add")
    columns = ("pk", "import_row", "import_row__sheet", "import_row__print", "import_row__bank_id")
    found = list(rows.order_by("import_row").values_list(*columns))
    return [row for row in found if row[0] not in taken] if taken else found
