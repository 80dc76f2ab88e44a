"""The large figures on top of a report, side by side; the first leads."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.reporting.document import Amount, Count, Figure, Figures
from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.blocks import LEADING, Block, space
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen
from ledger.reporting.pdf.spelling import Spelling

MOST_IN_A_ROW = 4
LABEL = Type(8.5, ink=ink.INK_3)
LEAD, VALUE = Type(21, strong=True), Type(16, strong=True)
_PADDING, _NOTE = 12, 8
# What reports put between two comparisons of one figure.
BETWEEN_NOTES = " · "


def figure_blocks(section: Figures, spelling: Spelling, room: float) -> list[Block]:
    figures = list(section.figures)
    in_a_row = MOST_IN_A_ROW if len(figures) <= MOST_IN_A_ROW or len(figures) % MOST_IN_A_ROW == 0 else 3
    found = []
    for first in range(0, len(figures), in_a_row):
        found += [_row(figures[first : first + in_a_row], spelling, room, leads=not first), space(14)]
    return found[:-1]


def _row(figures: Sequence[Figure], spelling: Spelling, room: float, *, leads: bool) -> Block:
    # The leading figure has more room, for it is set larger.
    parts = [room * (13 if leads and not place else 10) for place, _figure in enumerate(figures)]
    widths = [part * room / sum(parts) for part in parts]
    notes = [_notes(figure.note, width - 2 * _PADDING) for figure, width in zip(figures, widths, strict=True)]
    height = 50 + max(map(len, notes)) * _NOTE * LEADING

    def draw(pen: Pen) -> None:
        across: float = 0
        for place, (figure, width) in enumerate(zip(figures, widths, strict=True)):
            if place:
                pen.line([(across, 4), (across, height - 4)], ink.LINE, 0.75)
            inside = pen.within(across + (_PADDING if place else 0), 0, width - _PADDING * (2 if place else 1))
            _draw(inside, figure, notes[place], spelling, LEAD if leads and not place else VALUE)
            across += width

    return Block(height, draw)


def _notes(note: str, room: float) -> list[str]:
    """What is said below a figure: each of several comparisons begins a line."""
    parts = note.split(BETWEEN_NOTES) if note else []
    return [line for part in parts for line in faces.lines(part, Type(_NOTE), room)]


def _draw(pen: Pen, figure: Figure, notes: Sequence[str], spelling: Spelling, style: Type) -> None:
    pen.text(0, 12, faces.fitted(figure.label, LABEL, pen.width), LABEL)
    text = spelling.cell(figure.value, exact=True)
    fitting = faces.shrunk(text, style, pen.width)
    pen.text(0, 38, text, fitting)
    if isinstance(figure.value, (Amount, Count)):
        pen.link(0, 20, faces.width(text, fitting), 22, figure.value.url)
    for number, line in enumerate(notes):
        pen.text(0, 53 + number * _NOTE * LEADING, line, Type(_NOTE, ink=ink.TONES[figure.tone]))
