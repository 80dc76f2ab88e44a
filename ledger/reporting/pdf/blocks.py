"""What a page is set from: blocks of a known height, one below the other, none of which is ever cut in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen

TITLE = Type(22, strong=True)
SUBTITLE = Type(12, ink=ink.INK_2)
HEADING = Type(12, strong=True)
TEXT = Type(9.5, ink=ink.INK_2)
SMALL = Type(8, ink=ink.INK_3)
WARNING = Type(8.5, ink=ink.WARNING)
LEADING = 1.45


@dataclass(frozen=True)
class Block:
    """Something of a height. One that `keeps` stays with the next; `again` is drawn anew on top of a new page."""

    height: float
    draw: Callable[[Pen], None]
    keeps: bool = False
    again: Block | None = None
    is_space: bool = False


def space(height: float, *, keeps: bool = False) -> Block:
    return Block(height, lambda _pen: None, keeps=keeps, is_space=True)


def paragraph(text: str, style: Type, room: float, *, keeps: bool = False, most: int = 0) -> Block:
    lines = faces.lines(text, style, room, most=most)
    leading = style.size * LEADING

    def draw(pen: Pen) -> None:
        for number, line in enumerate(lines):
            pen.text(0, number * leading + style.size, line, style)

    return Block(len(lines) * leading, draw, keeps=keeps)


def warning(text: str, room: float) -> Block:
    """What one must know about the sums, on a soft ground and with a mark."""
    inside = paragraph(text, WARNING, room - 36)
    height = inside.height + 12

    def draw(pen: Pen) -> None:
        pen.box(0, 0, pen.width, height, ink.WARNING_SOFT, radius=4)
        pen.dot(14, height / 2, 5, ink.WARNING)
        pen.text(14, height / 2 + 2.8, "!", Type(8, strong=True, ink=ink.PAPER), "middle")
        inside.draw(pen.within(28, 7, pen.width - 36))

    return Block(height, draw)


def heading(title: str, note: str, room: float) -> list[Block]:
    """The title of a section, with its note beside it where there is room, else below."""
    beside = note and faces.width(title, HEADING) + faces.width(note, SMALL) + 16 <= room
    found = [paragraph(title, HEADING, room, keeps=True)]
    if beside:
        found = [replace(found[0], draw=_both(title, note))]
    elif note:
        found.append(paragraph(note, SMALL, room, keeps=True))
    return [*found, space(4, keeps=True)]


def _both(title: str, note: str) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        pen.text(0, HEADING.size, title, HEADING)
        pen.text(pen.width, HEADING.size, note, SMALL, "end")

    return draw


def stacked(blocks: Sequence[Block]) -> Block:
    """Several as one, which stays together."""

    def draw(pen: Pen) -> None:
        down = 0.0
        for block in blocks:
            block.draw(pen.within(0, down, pen.width))
            down += block.height

    return Block(sum(block.height for block in blocks), draw)


def abreast(blocks: Sequence[Block], count: int, gap: float) -> Block:
    """Some next to each other, each in an equal part of the width."""

    def draw(pen: Pen) -> None:
        width = part_of(pen.width, count, gap)
        for place, block in enumerate(blocks):
            block.draw(pen.within(place * (width + gap), 0, width))

    return Block(max(block.height for block in blocks), draw)


def part_of(room: float, count: int, gap: float) -> float:
    return (room - (count - 1) * gap) / count
