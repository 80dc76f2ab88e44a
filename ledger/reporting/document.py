"""What a report says, before it becomes a page, a PDF, a workbook, CSV or JSON: figures, tables, charts, notes.

A cell is a value and not a text: each face writes it in its own way. Whatever stands for money has a `url`, the door
to the transactions that make it: the net of that list is the figure, or the figure with the other sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

Tone = Literal["", "good", "bad"]


class Amount(NamedTuple):
    """Minor units of a currency. A `signed` one says plus and minus; what was spent is written plainly."""

    minor: int
    currency: str
    url: str = ""
    signed: bool = False


class Share(NamedTuple):
    """A part of something, 0.5 for a half; `signed` for a change. None is unknown."""

    value: float | None
    signed: bool = False


class Count(NamedTuple):
    """How many."""

    value: int
    url: str = ""


class Words(NamedTuple):
    """A text: a name perhaps, with the colour and icon it is known by."""

    text: str
    url: str = ""
    hue: int | None = None
    icon: str = ""


class Day(NamedTuple):
    """A day, written in a style of financeflow.web.dates: medium, month, month_short."""

    day: date
    style: str = "medium"


Cell = Amount | Share | Count | Words | Day | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure, what it is called, and a line below that says how it changed."""

    key: str
    label: str
    value: Amount | Share | Count
    note: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The large figures on top of a report; the first leads."""

    figures: Sequence[Figure]
    key: str = "figures"
    title: str = ""


class Row(NamedTuple):
    """One line of a table; `level` 1 stands within the one above it; `is_sum` closes it with the double rule."""

    cells: Sequence[Cell]
    level: int = 0
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` names its columns, of which the first is what each row is about.

    `empty` is said where there is no row; `note` stands beside the title.
    """

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: a kind of static/js/charts, what it reads, and the same numbers in a table.

    `data` holds minor units, and `urls` for what each point, bar or slice leads to. On a page the table stands
    beneath, folded; where a table of the report says the same already, it is left out.
    """

    key: str
    title: str
    kind: str
    label: str
    data: dict[str, Any]
    table: Table | None = None
    note: str = ""
    height: Literal["", "low", "tall", "high"] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a template of its own draws (`ledger/reports/_<name>.html`, given `it`); its numbers as tables."""

    key: str
    title: str
    template: str
    it: dict[str, Any]
    tables: Sequence[Table] = ()


Section = Figures | Table | Chart | Part


@dataclass(frozen=True)
class Document:
    """One report: what it is called, of which period, in which currency, and what it says.

    `told` is one sentence on top; `honest` says what is not in the sums, and what is in them by an earlier day's rate.
    Sections named in `narrow` stand two by two on a desk.
    """

    name: str
    title: str
    subtitle: str
    currency: str
    sections: Sequence[Section]
    told: str = ""
    honest: str = ""
    narrow: frozenset[str] = field(default_factory=frozenset)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, also those beneath charts, in order."""
        for section in self.sections:
            if isinstance(section, Table):
                yield section
            elif isinstance(section, Chart) and section.table:
                yield section.table
            elif isinstance(section, Part):
                yield from section.tables

    @property
    def figures(self) -> Iterator[Figure]:
        for section in self.sections:
            if isinstance(section, Figures):
                yield from section.figures
