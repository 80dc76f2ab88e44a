"""Charts on paper: a drawing for each kind of static/js/charts, from the same numbers; an unknown kind is its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from ledger.reporting.document import Chart, Table
from ledger.reporting.pdf.blocks import TEXT, Block, heading, paragraph, space
from ledger.reporting.pdf.charts import bars, flow, lines, ring
from ledger.reporting.pdf.charts.plot import Plot
from ledger.reporting.pdf.spelling import Spelling
from ledger.reporting.pdf.tables import table_blocks

# What draws each kind, and which of the numbers it reads must be there.
KINDS: Final[dict[str, tuple[Callable[[Plot], None], tuple[str, ...]]]] = {
    "where": (ring.where, ("slices",)),
    "months": (bars.months, ("money_in", "money_out")),
    "bars": (bars.bars, ("series", "values")),
    "days": (bars.days, ("actual",)),
    "stack": (bars.stack, ("series",)),
    "pace": (lines.pace, ("actual", "usual")),
    "worth": (lines.worth, ("values",)),
    "lines": (lines.lines, ("series",)),
    "flow": (flow.flow, ("flows",)),
}
HEIGHTS: Final = {"low": 110, "": 150, "tall": 210}
# A table of so many rows is printed beneath its chart, a longer one at the end.
MOST_ROWS: Final = 13


def chart_blocks(chart: Chart, spelling: Spelling, room: float, currency: str) -> list[Block]:
    if chart.kind not in KINDS:
        return table_blocks(chart.table, spelling, room) if chart.table else []
    head = heading(chart.title, chart.note, room)
    drawer, needed = KINDS[chart.kind]
    if not any(_says(chart.data.get(name)) for name in needed):
        return [*head, paragraph(_("There is nothing to draw here."), TEXT, room)]
    height = max(HEIGHTS[chart.height], flow.height_of(chart.data) if chart.kind == "flow" else 0)

    def draw(pen: Any) -> None:
        drawer(Plot(pen.straight, height, chart.data, spelling, str(chart.data.get("currency") or currency)))

    drawn = Block(height, draw)
    if not chart.table or len(chart.table.rows) > MOST_ROWS or _says_all(chart, chart.table):
        return [*head, drawn]
    below = replace(chart.table, title="")
    return [*head, replace(drawn, keeps=True), space(8, keeps=True), *table_blocks(below, spelling, room)]


def _says_all(chart: Chart, table: Table) -> bool:
    """Whether the drawing itself names all that its table does: a ring has every amount beside it."""
    return chart.kind == "where" and len(table.rows) <= len(chart.data["slices"])


def _says(numbers: Any) -> bool:
    """Whether there is any number that is not nothing."""
    if isinstance(numbers, dict):
        return any(_says(numbers.get(name)) for name in ("value", "values"))
    return any(map(_says, numbers)) if isinstance(numbers, (list, tuple)) else bool(numbers)
