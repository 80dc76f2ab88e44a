"""What is compared: rows of a file, what an account knows already, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

Verdict = Literal["new", "here", "possible", "typed", "posted", "thrown"]
# Why a row has its verdict, for a sentence: a number of days or of a share goes with some of them.
Because = Literal[
    "none",
    "print",
    "number",
    "twin",
    "words",
    "both",
    "booked",
    "typed",
    "lone",
    "pending",
    "near",
    "tip",
    "renumbered",
    "pending_thrown",
    "left",
]
State = Literal["kept", "trashed", "gone", "left", "unseen"]

# A row is looked for among what the account knows of so many days around it.
WINDOW: Final = 12


class Row(NamedTuple):
    """A row of the file. Days are ordinals; `posted` is 0 where the file tells one day alone."""

    key: int
    day: int
    posted: int
    amount: int
    print: str = ""
    bank_id: str = ""
    is_pending: bool = False


class Face(NamedTuple):
    """How a movement looked at one time, in a file or in the books; `tongue` is how that file is written."""

    day: int
    posted: int
    amount: int
    print: str = ""
    bank_id: str = ""
    tongue: str = ""
    # Of which row, where it looked so in a file.
    row: int = 0
    upload: int = 0


class Fact(NamedTuple):
    """A movement that the account knows: a transaction, one that is gone, or a row above in the same upload."""

    # As it stands in the books first, where it does.
    faces: tuple[Face, ...]
    # The key of the transaction; 0 where there is none, or none that may be named.
    transaction: int = 0
    state: State = "kept"
    is_pending: bool = False
    # Somebody compared it with a statement of the bank: nothing about it changes any more.
    is_locked: bool = False
    # A person or a program wrote it down, and no bank said so yet.
    is_typed: bool = False
    is_transfer: bool = False
    # It stands in another statement of the same upload.
    is_beside: bool = False

    @property
    def is_out(self) -> bool:
        """Thrown away, and to stay away."""
        return self.state in ("trashed", "gone", "left")


class Match(NamedTuple):
    """What became of a row: its verdict, why, and the place of the fact that it is or may be."""

    verdict: Verdict
    because: Because = "none"
    fact: int = -1
    # Days apart, the row later where it is positive.
    days: int = 0
    # What its amount is more than that of the fact.
    more: int = 0


class Span(NamedTuple):
    """What the file covers, and how it is written: what happened between its ends stands in it."""

    first: int = 0
    last: int = 0
    tongue: str = ""

    def is_within(self, day: int) -> bool:
        """A day of which the file tells everything: the first and the last may be cut."""
        return self.first < day < self.last


def span_of(rows: Sequence[Row], tongue: str = "") -> Span:
    if not rows:
        return Span(tongue=tongue)
    days = {row.day for row in rows}
    return Span(min(days), max(days), tongue)


def days_between(row: Row, face: Face) -> int:
    """How much later the row is than what it is compared with: the least that any of their days says."""
    apart = row.day - face.day
    for mine in (row.day, row.posted):
        for other in (face.day, face.posted):
            if mine and other and abs(mine - other) < abs(apart):
                apart = mine - other
    return apart
