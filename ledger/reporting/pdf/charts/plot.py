"""What every chart is drawn on: its numbers, an axis of round amounts, days below, a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen, Point
from ledger.reporting.pdf.spelling import Spelling

LABEL = Type(7.5, ink=ink.INK_3)
STRONG = Type(7.5, strong=True)
KEY = Type(8, ink=ink.INK_2)
MOST_TICKS = 5
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Plot:
    """One chart while it is drawn."""

    pen: Pen
    height: float
    data: dict[str, Any]
    spelling: Spelling
    currency: str

    def rounded(self, minor: int) -> str:
        return self.spelling.rounded(minor, self.currency)

    def url(self, place: int, number: int = 0) -> str:
        """Where what stands at one place of the axis leads: all of it, or one series where each has its own."""
        urls = self.data.get("urls") or []
        if urls and not isinstance(urls[0], str):
            urls = urls[number] if number < len(urls) else []
        return str(urls[place] or "") if place < len(urls) else ""

    def axes(self, values: Sequence[int], *, top: float = 0, from_zero: bool = True) -> Axes:
        """Axes that have room for the values, below what stands on top."""
        low, high = min(values), max(values)
        if from_zero:
            low, high = min(low, 0), max(high, 0)
        ticks = round_ticks(low, high)
        gutter = max(faces.width(self.spelling.tick(tick, self.currency), LABEL) for tick in ticks) + 6
        # Below nothing the paper ends where the values do, and not at the next round amount.
        end = min(low * 21 // 20, 0) if from_zero else ticks[0]
        shown = [tick for tick in ticks if tick >= end]
        return Axes(
            self, gutter, top + 5, self.pen.width - gutter - 4, self.height - top - 24, shown, min(end, shown[0])
        )


@dataclass(frozen=True)
class Axes:
    """Where values and places stand: ticks from the lowest to the highest."""

    plot: Plot
    left: float
    top: float
    width: float
    height: float
    ticks: Sequence[int]
    low: int

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def down(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.ticks[-1] - self.low) * self.height

    @property
    def zero(self) -> float:
        """Where bars stand on."""
        return self.down(min(max(self.low, 0), self.ticks[-1]))

    def slot(self, count: int) -> float:
        return self.width / count

    def middle(self, place: int, count: int) -> float:
        """The middle of a column."""
        return self.left + (place + 1 / 2) * self.slot(count)

    def along(self, place: int, count: int) -> float:
        """Where a point of a line stands: the first at the very left, the last at the very right."""
        return self.left + (place / (count - 1) if count > 1 else 1 / 2) * self.width

    def points(self, values: Sequence[int | None], count: int) -> list[Point]:
        return [(self.along(place, count), self.down(value)) for place, value in enumerate(values) if value is not None]

    def grid(self) -> None:
        """Thin lines and the amounts they stand for; nothing, where there is some of both, is a stronger line."""
        for tick in self.ticks:
            colour = ink.LINE_STRONG if not tick and self.low < 0 else ink.LINE
            self.plot.pen.rule(self.left, self.down(tick), self.width, colour)
            words = self.plot.spelling.tick(tick, self.plot.currency)
            self.plot.pen.text(self.left - 6, self.down(tick) + 2.6, words, LABEL, "end")

    def below(self, labels: Sequence[str], *, columns: bool, strong: int = -1) -> None:
        """Labels under their places: as many as have room, counted from the last."""
        count = len(labels)
        room = max((faces.width(label, STRONG) for label in labels), default=0) + 8
        every = max(1, -(-int(room * count) // max(int(self.width), 1)))
        for place, label in enumerate(labels):
            if (count - 1 - place) % every:
                continue
            across = self.middle(place, count) if columns else self.along(place, count)
            self.label(across, label, STRONG if place == strong else LABEL)

    def label(self, across: float, label: str, style: Type = LABEL) -> None:
        """A label in the middle under a place, or as near as the edge lets it."""
        half = faces.width(label, STRONG) / 2
        across = min(max(across, self.left - 4 + half), self.left + self.width + 4 - half)
        self.plot.pen.text(across, self.bottom + 13, label, style, "middle")


def round_ticks(low: int, high: int) -> list[int]:
    """At most five round amounts from below the lowest to above the highest."""
    if low == high:
        low, high = min(low, 0), max(high, 0) or 1
    size = 1
    while True:
        for step in _STEPS:
            width = step * size
            first, last = low // width, -(-high // width)
            if last - first < MOST_TICKS:
                return [number * width for number in range(first, last + 1)]
        size *= 10


def key(plot: Plot, entries: Sequence[tuple[str, str]]) -> float:
    """What each colour stands for, in rows on top of the chart; how far down they reach."""
    across, down = 0.0, 0.0
    for label, colour in entries:
        words = faces.fitted(label, KEY, plot.pen.width / 2)
        length = faces.width(words, KEY) + 26
        if across and across + length > plot.pen.width:
            across, down = 0, down + 13
        plot.pen.box(across, down + 2, 7, 7, colour, radius=1.5)
        plot.pen.text(across + 11, down + 8.4, words, KEY)
        across += length
    return down + 18
