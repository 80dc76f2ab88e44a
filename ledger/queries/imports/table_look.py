"""How a table would be read: its columns with what stands in them, and the first rows as they would be understood."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from ledger.importing.csv.grid import grid_of
from ledger.importing.csv.mapping import Mapping, checked
from ledger.importing.found import Found, FoundRow, Refused, Unread
from ledger.importing.how import How
from ledger.importing.reading import read_file
from ledger.importing.source import HEAD, Source
from ledger.models import Import

TABLE: Final = "csv"
SHOWN: Final = 8
EXAMPLES: Final = 3
MOST_COLUMNS: Final = 60
# A workbook cannot be cut; a larger one is read by the job alone.
LARGEST_WHOLE: Final = 4 * 1024 * 1024


@dataclass(frozen=True)
class Column:
    """One column of the table: what its heading says, and what stands below."""

    place: int
    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class TableLook:
    """What a way of reading gives; `mapping` is all of it, also what was worked out."""

    mapping: dict[str, Any]
    columns: Sequence[Column] = ()
    rows: Sequence[tuple[FoundRow, str]] = ()
    unread: Sequence[Unread] = ()
    remarks: Sequence[str] = ()
    refusal: str = ""

    @property
    def of_role(self) -> dict[int, str]:
        """What each column is taken for."""
        found: dict[int, str] = {}
        for role, places in (self.mapping.get("columns") or {}).items():
            for place in places if isinstance(places, list) else [places]:
                found.setdefault(place, role)
        return found


def look_at(upload: Import, mapping: dict[str, object] | None, *, today: date) -> TableLook:
    """Of the beginning of the file alone: enough to see whether it is right."""
    with upload.file.open("rb") as file:
        content = file.read(LARGEST_WHOLE)
    is_workbook = content.startswith(b"PK")
    source = Source(upload.name, content if is_workbook else _beginning(content))
    currency = upload.target.currency if upload.target else upload.household.base_currency
    how = How(today=today, currency=currency, locale=upload.household.locale, mapping=mapping)
    try:
        found = read_file(source, how, format="" if is_workbook else TABLE)
    except Refused as refusal:
        look = TableLook(dict(mapping or {}), refusal=str(refusal))
        return look if is_workbook else replace(look, columns=_columns_of_text(source, look.mapping, how.locale))
    return _told(source, found, how.locale, is_workbook=is_workbook)


def _beginning(content: bytes) -> bytes:
    """Up to the end of a line."""
    head = content[:HEAD]
    return head if len(head) == len(content) else head[: head.rfind(b"\n") + 1] or head


def _told(source: Source, found: Found, locale: str, *, is_workbook: bool) -> TableLook:
    mapping = dict(found.mapping or {})
    rows = [(row, statement.currency) for statement in found.statements for row in statement.rows]
    unread = [row for statement in found.statements for row in statement.unread]
    rows.sort(key=lambda each: each[0].line)
    remarks = [*found.remarks, *(remark for statement in found.statements for remark in statement.remarks)]
    originals = [row.original for row, _currency in rows[:EXAMPLES]] or [each.original for each in unread[:EXAMPLES]]
    columns = _columns(mapping, [line.split("\t") for line in originals]) if is_workbook else None
    return TableLook(
        mapping=mapping,
        columns=columns or _columns_of_text(source, mapping, locale),
        rows=rows[:SHOWN],
        unread=unread[:EXAMPLES],
        remarks=[remark.message for remark in remarks[:EXAMPLES]],
    )


def _columns_of_text(source: Source, mapping: dict[str, Any], locale: str) -> list[Column]:
    try:
        said: Mapping = checked(mapping)
        how = {name: str(said.get(name) or "") for name in ("encoding", "delimiter", "quote")}
        grid = grid_of(source, locale=locale, **how)
        first = said.get("header_line", 0)
        rows = [list(row.cells) for row in islice(grid.walk(), 400) if row.line > first]
    except (Refused, LookupError, UnicodeError, csv.Error):
        return []
    widest = max((len(cells) for cells in rows), default=0)
    return _columns(mapping, [cells for cells in rows if len(cells) > widest // 2][:EXAMPLES])


def _columns(mapping: dict[str, Any], rows: Sequence[Sequence[str]]) -> list[Column]:
    headings = [str(each) for each in mapping.get("headings") or []]
    count = min(MOST_COLUMNS, max([len(headings), *(len(cells) for cells in rows)]))
    return [
        Column(
            place,
            headings[place] if place < len(headings) else "",
            tuple(cells[place][:60] for cells in rows if place < len(cells) and cells[place].strip()),
        )
        for place in range(count)
    ]
