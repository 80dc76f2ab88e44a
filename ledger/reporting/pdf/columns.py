"""How a table fits its page: what its cells say, in which size, how wide each column is, how many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from ledger.reporting.document import Amount, Count, Row, Share, Table, Words
from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.spelling import Spelling

# From the size that reads best down to the smallest that can be read, as long as the columns do not fit.
SIZES = (8.5, 8, 7.5, 7, 6.5)
GAP, INDENT, DOT = 14, 12, 9
# In half the width type is no smaller than this; else a table has the whole.
SMALLEST_HALF = 7.5
# A head stays whole up to this width; a column of words has at least so much.
_WIDEST_HEAD, _NARROWEST = 84, 70


@dataclass(frozen=True)
class Told:
    """A table in words: all its cells spelled and measured once.

    `measures` says of each column how wide its widest words are in type of size 1, for each distance they begin at.
    """

    head: Sequence[str]
    rows: Sequence[Row]
    texts: Sequence[Sequence[str]]
    numbers: frozenset[int]
    measures: Sequence[dict[int, float]]

    def some(self, first: int, last: int) -> Told:
        """Only some of its rows, measured with all of them."""
        return replace(self, rows=self.rows[first:last], texts=self.texts[first:last])

    def natural(self, place: int, size: float, *, head: int) -> float:
        """How wide a column would be if nothing in it were broken but a head that is wider than `head`."""
        title, style = self.head[place], head_style(size)
        found = max((faces.width(word, style) for word in title.split()), default=0)
        found = max(found, min(faces.width(title, style), head))
        return max(found, *(measure * size + before for before, measure in self.measures[place].items())) + 1


@dataclass(frozen=True)
class Setting:
    """How the rows of a table are set: the size of its type, and which columns stand there and how wide."""

    size: float
    places: Sequence[int]
    widths: Sequence[float]

    def style(self, row: Row, *, is_group: bool, place: int) -> Type:
        strong = row.is_sum or (is_group and not place)
        return Type(self.size, strong=strong, ink=ink.INK_2 if row.level else ink.INK_1)


def head_style(size: float) -> Type:
    return Type(size - 0.5, strong=True, ink=ink.INK_3)


def before(row: Row, place: int) -> int:
    """What stands before the words of a cell: how far in they are, and the dot of a category."""
    cell = row.cells[place]
    return (0 if place else INDENT * row.level) + (DOT if isinstance(cell, Words) and cell.hue is not None else 0)


def told(table: Table, spelling: Spelling) -> Told:
    count = len(table.head)
    rows = [row._replace(cells=[*row.cells, *[None] * (count - len(row.cells))]) for row in table.rows]
    texts = [[spelling.cell(cell) for cell in row.cells[:count]] for row in rows]
    numbers = frozenset(
        place
        for place in range(1, count)
        # A word that stands for a number, “no rate”, stands where the numbers do.
        if any(isinstance(row.cells[place], (Amount, Share, Count)) for row in rows)
    )
    measures: list[dict[int, float]] = [{0: 0} for _place in range(count)]
    for row, words in zip(rows, texts, strict=True):
        for place, text in enumerate(words):
            at = before(row, place)
            measure = faces.width(text, Type(1, strong=row.is_sum or not place))
            measures[place][at] = max(measures[place].get(at, 0), measure)
    return Told([str(title) for title in table.head], rows, texts, numbers, measures)


def has_room(table: Told, room: float) -> bool:
    """Whether the table can be read with ease in so much room."""
    [setting, *others] = settings_of(table, room)
    return not others and setting.size >= SMALLEST_HALF


def settings_of(table: Told, room: float) -> list[Setting]:
    """One, or several of some columns each where all together have no room."""
    places = range(len(table.head))
    # Heads stay whole where there is room for it, else they break between their words.
    for size, head in product(SIZES, (_WIDEST_HEAD, 0)):
        needed = [table.natural(place, size, head=head) for place in places]
        texts = [place for place in places if place not in table.numbers]
        fixed = sum(needed[place] for place in table.numbers) + GAP * (len(needed) - 1)
        if fixed + sum(min(needed[place], _NARROWEST) for place in texts) <= room:
            return [Setting(size, places, _shared(needed, texts, room - fixed))]
    return _parts(needed, room)


def _shared(needed: Sequence[float], texts: Sequence[int], room: float) -> list[float]:
    """Columns of numbers as wide as they need; those of words share the rest, the first takes what is left over."""
    widths = list(needed)
    left = room
    for number, place in enumerate(sorted(texts, key=lambda place: needed[place])):
        widths[place] = min(needed[place], left / (len(texts) - number))
        left -= widths[place]
    widths[texts[0]] += left
    return widths


def _parts(needed: Sequence[float], room: float) -> list[Setting]:
    """As many columns at a time as have room, each time beside the first, and about as many each time."""
    first = min(needed[0], room / 3)
    widths = [min(width, room - first - GAP) for width in needed]
    count = 1
    while not (parts := _even(widths, count, room - first)):
        count += 1
    found = []
    for part in parts:
        rest = [widths[place] for place in part]
        # What is left over goes to the first, so that numbers end where the page does.
        found.append(Setting(SIZES[-1], [0, *part], [room - sum(rest) - GAP * len(rest), *rest]))
    return found


def _even(widths: Sequence[float], count: int, room: float) -> list[list[int]]:
    """The columns but the first in so many parts of about as many; nothing where one of them has no room."""
    places = range(1, len(widths))
    length = -(-len(places) // count)
    parts = [list(places[start : start + length]) for start in range(0, len(places), length)]
    fits = all(sum(widths[place] + GAP for place in part) <= room for part in parts)
    return parts if fits or length == 1 else []
