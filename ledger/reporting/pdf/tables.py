"""Tables: amounts under each other to the digit, groups with their parts, sums with the bookkeeper's double rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ledger.reporting.document import Amount, Cell, Count, Row, Share, Table, Words
from ledger.reporting.pdf import columns, faces, ink
from ledger.reporting.pdf.blocks import LEADING, SMALL, Block, abreast, heading, paragraph, part_of, space, stacked
from ledger.reporting.pdf.columns import DOT, GAP, Setting, Told, before, head_style
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen
from ledger.reporting.pdf.spelling import UNKNOWN, Spelling

# From so many rows on a table may be set in several columns, so far apart, each with so many rows at most.
LONG, GUTTER, TALLEST_PART = 20, 30, 15
_ROW = 7.5


def table_blocks(table: Table, spelling: Spelling, room: float) -> list[Block]:
    """The whole table; one of too many columns goes on below, with what each row is about said again."""
    head = heading(table.title, table.note, room) if table.title else []
    if not table.rows:
        return [*head, paragraph(table.empty or UNKNOWN, SMALL, room)]
    told = columns.told(table, spelling)
    count = _columns_of_rows(told, room)
    if count > 1:
        return [*head, *_side_by_side(told, room, count)]
    found = list(head)
    for number, setting in enumerate(columns.settings_of(told, room)):
        found += [*([space(12)] if number else []), *_rows(told, setting)]
    return found


def has_room(table: Table, spelling: Spelling, room: float) -> bool:
    """Whether the table can be read with ease in so much room."""
    return not table.rows or columns.has_room(columns.told(table, spelling), room)


def _columns_of_rows(told: Told, room: float) -> int:
    """A long table of few columns is set like a newspaper: into how many parts of the width its rows go."""
    if len(told.rows) < LONG or any(row.level or row.is_sum for row in told.rows):
        return 1
    return next((count for count in (3, 2) if columns.has_room(told, part_of(room, count, GUTTER))), 1)


def _side_by_side(told: Told, room: float, count: int) -> list[Block]:
    [setting] = columns.settings_of(told, part_of(room, count, GUTTER))
    found: list[Block] = []
    first, last = 0, len(told.rows)
    while first < last:
        height = min(TALLEST_PART, -(-(last - first) // count))
        starts = range(first, min(first + height * count, last), height)
        stacks = [stacked(_rows(told.some(start, start + height), setting)) for start in starts]
        found += [abreast(stacks, count, GUTTER), space(10)]
        first += height * count
    return found[:-1]


def _rows(told: Told, setting: Setting) -> list[Block]:
    head = _head_block(told, setting)
    # A sum never stands alone on a page, nor the first part of a group without it, nor a head with one row only.
    keeps = [after.is_sum or after.level > row.level for row, after in pairwise(told.rows)] + [False]
    keeps[0] = keeps[0] or len(keeps) == 2
    groups = [after.level > row.level for row, after in pairwise(told.rows)] + [False]
    blocks = [
        _row_block(told, number, setting, head, is_group=is_group, keeps=stays)
        for number, (is_group, stays) in enumerate(zip(groups, keeps, strict=True))
    ]
    return [head, *blocks]


def _head_block(told: Told, setting: Setting) -> Block:
    style = head_style(setting.size)
    titles = [
        faces.lines(told.head[place], style, width) for place, width in zip(setting.places, setting.widths, strict=True)
    ]
    leading = style.size * LEADING
    height = max(map(len, titles)) * leading + 6

    def draw(pen: Pen) -> None:
        across: float = 0
        for place, lines, width in zip(setting.places, titles, setting.widths, strict=True):
            for number, line in enumerate(reversed(lines)):
                down = height - 6 - number * leading
                _aligned(pen, across, down, width, line, style, at_end=place in told.numbers)
            across += width + GAP
        pen.rule(0, height, pen.width, ink.LINE_STRONG, 0.75)

    return Block(height, draw, keeps=True)


def _row_block(told: Told, number: int, setting: Setting, head: Block, *, is_group: bool, keeps: bool) -> Block:
    row, texts = told.rows[number], told.texts[number]
    is_last = number == len(told.rows) - 1
    styles = [setting.style(row, is_group=is_group, place=place) for place in setting.places]
    broken = [
        [texts[place]] if place in told.numbers else faces.lines(texts[place], style, width - before(row, place))
        for place, style, width in zip(setting.places, styles, setting.widths, strict=True)
    ]
    height = max(map(len, broken)) * setting.size * LEADING + _ROW + (5 if row.is_sum else 0)

    def draw(pen: Pen) -> None:
        across: float = 0
        if row.is_sum:
            pen.rule(0, 0, pen.width, ink.LINE_STRONG, 0.75)
        for place, lines, style, width in zip(setting.places, broken, styles, setting.widths, strict=True):
            _cell(pen.within(across, 0, width), row, place, lines, style, at_end=place in told.numbers)
            across += width + GAP
        if not (row.is_sum or is_last):
            pen.rule(0, height, pen.width)

    return Block(height, draw, keeps=keeps, again=head)


def _cell(pen: Pen, row: Row, place: int, lines: Sequence[str], style: Type, *, at_end: bool) -> None:
    cell, start = row.cells[place], before(row, place)
    top = _ROW / 2 + style.size
    if isinstance(cell, Words) and cell.hue is not None:
        pen.dot(start - DOT + 2.5, top - style.size * 0.36, 2.5, ink.hue(cell.hue))
    style = _toned(cell, style)
    for number, line in enumerate(lines):
        fitting = faces.shrunk(line, style, pen.width) if at_end else style
        _aligned(pen, start, top + number * style.size * LEADING, pen.width - start, line, fitting, at_end=at_end)
    if isinstance(cell, (Amount, Count)):
        measure = faces.width(lines[0], style)
        figure = pen.within(0 if pen.mirrored else pen.width - measure, 0, measure)
        figure.link(0, _ROW / 2, measure, style.size * LEADING, cell.url)
        if row.is_sum:
            _double_rule(figure, top + 4)


def _double_rule(pen: Pen, down: float) -> None:
    """How a bookkeeper ends a column."""
    for below in (0, 2):
        pen.rule(0, down + below, pen.width, ink.INK_1, 0.6)


def _toned(cell: Cell, style: Type) -> Type:
    """Money in is green beside its plus; a share is small print, for the amounts are what one reads."""
    if isinstance(cell, Amount) and cell.signed and cell.minor > 0:
        return replace(style, ink=ink.POSITIVE)
    return replace(style, ink=ink.INK_2) if isinstance(cell, Share) else style


def _aligned(pen: Pen, x: float, y: float, width: float, text: str, style: Type, *, at_end: bool) -> None:
    # Digits stand under each other at the right, also where words are read from there.
    if at_end and not pen.mirrored:
        pen.text(x + width, y, text, style, "end")
    else:
        pen.text(x, y, text, style)
