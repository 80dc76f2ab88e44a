"""Parts of reports that a page draws by a template of their own, drawn for paper; what has no drawing is its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from ledger.reporting.document import Part
from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.blocks import Block, abreast, heading, space
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen
from ledger.reporting.pdf.spelling import Spelling

_MONTH, _SMALL = Type(9, strong=True), Type(7.5, ink=ink.INK_3)
# How much of the accent each step of a calendar has, from a day without spending to the dearest.
STEPS: Final = (0, 9, 20, 34, 84, 100)
_DARK: Final = 4
_HEAD, _BETWEEN, _GUTTER = 34, 2, 22
# Where amounts are written into the days, months stand below each other, else three by three.
_WRITTEN_CELL, _CELL, _ABREAST = 30, 16, 3


def part_blocks(part: Part, spelling: Spelling, room: float) -> list[Block]:
    drawer = PARTS.get(part.template)
    return [*heading(part.title, "", room), space(6), *drawer(part.it, spelling)] if drawer else []


def _calendar(it: dict[str, Any], spelling: Spelling) -> list[Block]:
    """Months as sheets of days, each day as strong as what was spent on it."""
    is_written = it["is_written"]
    across = 1 if is_written else _ABREAST
    sheets = [_month(month, it["weekdays"], spelling, is_written=is_written) for month in it["months"]]
    found: list[Block] = []
    for first in range(0, len(sheets), across):
        found += [abreast(sheets[first : first + across], across, _GUTTER), space(12)]
    return found


def _month(month: Any, weekdays: Sequence[dict[str, str]], spelling: Spelling, *, is_written: bool) -> Block:
    height = _WRITTEN_CELL if is_written else _CELL

    def draw(pen: Pen) -> None:
        spent = spelling.cell(month.spent)
        pen.text(0, 9, month.label, _MONTH)
        pen.text(pen.width, 9, spent, _SMALL, "end")
        pen.link(pen.width - faces.width(spent, _SMALL), 0, faces.width(spent, _SMALL), 12, month.spent.url)
        width = pen.width / 7
        for place, name in enumerate(weekdays):
            pen.text((place + 1 / 2) * width, 26, faces.fitted(name["short"], _SMALL, width), _SMALL, "middle")
        for row, week in enumerate(month.weeks):
            for place, day in enumerate(week):
                if day:
                    corner = place * width, _HEAD + row * (height + _BETWEEN)
                    _day(pen.within(*corner, width - _BETWEEN), day, height, is_written=is_written)

    return Block(_HEAD + len(month.weeks) * (height + _BETWEEN), draw)


def _day(pen: Pen, day: Any, height: float, *, is_written: bool) -> None:
    if day.is_out:
        return
    ground = ink.tint(ink.ACCENT, STEPS[day.step]) if day.step else ink.SURFACE_2
    colour = ink.PAPER if day.step >= _DARK else ink.INK_2
    pen.box(0, 0, pen.width, height, ground, radius=2)
    pen.link(0, 0, pen.width, height, day.url)
    number = str(day.day.day)
    if is_written:
        pen.text(5, 11, number, Type(7.5, ink=colour))
        short = Type(9, strong=True, ink=colour)
        pen.text(pen.width - 5, height - 7, day.short, faces.shrunk(day.short, short, pen.width - 10), "end")
    else:
        pen.text(pen.width / 2, height / 2 + 2.4, number, Type(7, ink=colour), "middle")


PARTS: Final[dict[str, Callable[[dict[str, Any], Spelling], list[Block]]]] = {
    "ledger/reports/_calendar.html": _calendar
}
