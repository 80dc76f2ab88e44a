"""What happens to a file between the bank and us: changes that keep its meaning, and damage that does not."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Table:
    """A plain table, taken apart: lines before the heading, the heading, its rows, and lines after them."""

    delimiter: str
    encoding: str
    before: tuple[str, ...]
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: tuple[str, ...] = ()
    end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    ends_with_end: bool = True

    def written(self) -> bytes:
        into = io.StringIO()
        to = csv.writer(into, delimiter=self.delimiter, lineterminator=self.end, quoting=self.quoting)  # type: ignore[arg-type]
        into.write("".join(line + self.end for line in self.before))
        to.writerow(self.heading)
        to.writerows(self.rows)
        into.write("".join(line + self.end for line in self.after))
        text = into.getvalue()
        return (text if self.ends_with_end else text.removesuffix(self.end)).encode(self.encoding)


def table_of(content: bytes, encoding: str, delimiter: str, heading: int = 1, after: int = 0) -> Table:
    """`heading` is the line it stands in; `after` is how many lines follow the last row."""
    lines = content.decode(encoding).removeprefix("\ufeff").splitlines()
    rows = list(csv.reader(lines[heading - 1 : len(lines) - after], delimiter=delimiter))
    return Table(
        delimiter=delimiter,
        encoding="utf-8" if encoding == "utf-8-sig" else encoding,
        before=tuple(lines[: heading - 1]),
        heading=tuple(rows[0]),
        rows=tuple(tuple(row) for row in rows[1:]),
        after=tuple(lines[len(lines) - after :]) if after else (),
    )


Change = Callable[[Table, random.Random], Table]


def another_delimiter(table: Table, chance: random.Random) -> Table:
    return replace(table, delimiter=chance.choice([each for each in ";,\t|" if each != table.delimiter]))


def another_encoding(table: Table, chance: random.Random) -> Table:
    return replace(table, encoding=chance.choice(["utf-8", "utf-8-sig", "utf-16"]))


def another_line_end(table: Table, chance: random.Random) -> Table:
    return replace(table, end=chance.choice(["\n", "\r\n", "\r"]))


def everything_quoted(table: Table, chance: random.Random) -> Table:
    return replace(table, quoting=csv.QUOTE_ALL)


def columns_permuted(table: Table, chance: random.Random) -> Table:
    order = list(range(len(table.heading)))
    chance.shuffle(order)
    return replace(table, heading=_by(order, table.heading), rows=tuple(_by(order, row) for row in table.rows))


def _by(order: list[int], cells: tuple[str, ...]) -> tuple[str, ...]:
    padded = (*cells, *[""] * len(order))
    return tuple(padded[place] for place in order)


def words_before(table: Table, chance: random.Random) -> Table:
    words = ["Bank of Somewhere", "Made on a Tuesday", "", "Page 1 of 1", "Kontoauszug", "Customer: N. Obody"]
    return replace(table, before=(*chance.sample(words, chance.randint(1, 4)), *table.before))


def words_after(table: Table, chance: random.Random) -> Table:
    words = ["", "End of list", "* Rows in italics are not booked yet", "Thank you for banking with us"]
    return replace(table, after=(*table.after, *chance.sample(words, chance.randint(1, 3))))


def blank_rows(table: Table, chance: random.Random) -> Table:
    rows = [*table.rows]
    for _ in range(chance.randint(1, 4)):
        rows.insert(chance.randint(0, len(rows)), chance.choice([(), ("",) * len(table.heading)]))
    return replace(table, rows=tuple(rows))


def rows_turned_round(table: Table, chance: random.Random) -> Table:
    return replace(table, rows=table.rows[::-1])


def heading_repeated(table: Table, chance: random.Random) -> Table:
    place = chance.randint(1, len(table.rows))
    return replace(table, rows=(*table.rows[:place], table.heading, *table.rows[place:]))


def no_last_line_end(table: Table, chance: random.Random) -> Table:
    return replace(table, ends_with_end=False)


def an_unknown_column(table: Table, chance: random.Random) -> Table:
    place = chance.randint(0, len(table.heading))
    word = chance.choice(["Xq", "Colour", "Unbekannt"])
    rows = tuple((*row[:place], chance.choice(["", "blue", "nein"]), *row[place:]) for row in table.rows)
    return replace(table, heading=(*table.heading[:place], word, *table.heading[place:]), rows=rows)


def blanks_around(table: Table, chance: random.Random) -> Table:
    return replace(
        table, rows=tuple(tuple(f" {cell} " if chance.random() < 0.5 else cell for cell in row) for row in table.rows)
    )


HARMLESS: tuple[Change, ...] = (
    another_delimiter,
    another_encoding,
    another_line_end,
    everything_quoted,
    columns_permuted,
    words_before,
    words_after,
    blank_rows,
    rows_turned_round,
    heading_repeated,
    no_last_line_end,
    an_unknown_column,
    blanks_around,
)


def cut(content: bytes, chance: random.Random) -> tuple[bytes, int]:
    """The rest is lost from some byte on; also the byte."""
    place = chance.randrange(1, len(content))
    return content[:place], place


def byte_lost(content: bytes, chance: random.Random) -> tuple[bytes, int]:
    place = chance.randrange(len(content))
    return content[:place] + content[place + 1 :], place


def byte_doubled(content: bytes, chance: random.Random) -> tuple[bytes, int]:
    place = chance.randrange(len(content))
    return content[: place + 1] + content[place:], place


def byte_changed(content: bytes, chance: random.Random) -> tuple[bytes, int]:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice([b";", b",", b'"', b"\n", b"x", b"\0", b"\xff", b" "]) + content[
        place + 1 :
    ], place


def line_lost(content: bytes, chance: random.Random) -> tuple[bytes, int]:
    """One whole line is gone: nobody can know of it, but nothing else may change."""
    lines = content.splitlines(keepends=True)
    number = chance.randrange(len(lines))
    return b"".join(lines[:number] + lines[number + 1 :]), sum(map(len, lines[:number]))


DAMAGE = (byte_lost, byte_doubled, byte_changed, line_lost)
