"""What could explain that a statement and the ticked rows differ: likely mistakes, found in so many steps at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from ledger.calc.gap_sets import Number, Steps, sets_of

Place = Literal["open", "ticked", "later", "trashed"]
Kind = Literal[
    "left_out",
    "all_left",
    "left_until",
    "later",
    "thrown_away",
    "too_early",
    "twice",
    "sign",
    "digits",
    "decimal",
    "pending",
    "together",
    "together_off",
    "instead",
    "fee",
    "interest",
    "opening",
]

# A step is one look at a row or at a sum of rows; so many take about 20 ms.
MOST_STEPS: Final = 60_000
MOST_SHOWN: Final = 5
# A pending row posts with another amount that is at most so much more or less: a tip, a tank, a deposit.
PENDING_PERCENT: Final = 35
ALIKE_WITHIN_DAYS: Final = 3
# What a bank takes or gives unasked, at most: 50.00, and 5000 where there are no cents.
LARGEST_FEE: Final = 50
# More rows than these, the latest, are not looked at.
MOST_ROWS: Final = 4000


class Candidate(NamedTuple):
    """A row of the account, as far as gaps go."""

    key: int
    amount: int
    day: date
    place: Place
    name: str = ""
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One mistake that would explain the difference to the cent; `amount` is what should stand there instead.

    `likelihood` is from 1 to 99, and orders the gaps.
    """

    kind: Kind
    likelihood: int
    keys: tuple[int, ...] = ()
    amount: int = 0


@dataclass(frozen=True)
class Question:
    """What is known where a statement does not fit: `difference` is what the statement has more than was added up.

    `candidates` stand with the latest first. `drift` is what the opening balance was changed by since the last
    statement was locked, and `opening` what it is; before a first one it may be wrong by anything.
    """

    difference: int
    candidates: Sequence[Candidate]
    digits: int = 2
    opening: int = 0
    drift: int = 0
    is_first: bool = False
    by_place: dict[Place, list[Candidate]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row in self.candidates[:MOST_ROWS]:
            self.by_place[row.place].append(row)

    def at(self, place: Place) -> list[Candidate]:
        return self.by_place.get(place, [])


def explain(question: Question, *, most_steps: int = MOST_STEPS) -> list[Gap]:
    """The likeliest explanations, likeliest first; within the number of steps, whatever is asked."""
    if not question.difference:
        return []
    steps = Steps(most_steps)
    found = [gap for look in LOOKS for gap in look(question, steps)]
    best: list[Gap] = []
    for gap in sorted(found, key=lambda each: -each.likelihood):
        if not any(gap.keys and set(gap.keys) <= set(better.keys) for better in best):
            best.append(gap)
        if len(best) == MOST_SHOWN:
            break
    return best


def _single(question: Question, steps: Steps) -> Iterator[Gap]:
    """One row that is the difference: not ticked, dated after the statement, thrown away, or ticked too early."""
    wanted: tuple[tuple[Place, Kind, int, int], ...] = (
        ("open", "left_out", question.difference, 92),
        ("trashed", "thrown_away", question.difference, 74),
        ("later", "later", question.difference, 66),
        ("ticked", "too_early", -question.difference, 52),
    )
    for place, kind, amount, likelihood in wanted:
        same = [row for row in question.at(place) if steps.take() and row.amount == amount]
        for rank, row in enumerate(same[:3]):
            likely = likelihood - 4 * (len(same) - 1) - 2 * rank + (12 if kind == "too_early" and row.is_pending else 0)
            yield Gap(kind, max(20, likely), (row.key,))


def _twice(question: Question, steps: Steps) -> Iterator[Gap]:
    """Two ticked rows alike, of which one is too many."""
    alike: dict[str, list[Candidate]] = defaultdict(list)
    for row in question.at("ticked"):
        if steps.take() and row.amount == -question.difference:
            alike[row.name].append(row)
    for rows in alike.values():
        for late, early in pairwise(rows):
            if (late.day - early.day).days <= ALIKE_WITHIN_DAYS:
                yield Gap("twice", 84, (late.key, early.key))
                break


def _mistyped(question: Question, steps: Steps) -> Iterator[Gap]:
    """One row with a slip of the hand, or that posted with another amount than it was announced with."""
    places: tuple[tuple[Place, int], ...] = (("ticked", 0), ("open", 1))
    slips: dict[Kind, list[Gap]] = defaultdict(list)
    for place, is_open in places:
        for row in question.at(place):
            if not steps.take():
                break
            right = question.difference + (0 if is_open else row.amount)
            kind, likelihood = _slip(row, right)
            if kind:
                slips[kind].append(Gap(kind, likelihood - 4 * is_open, (row.key,), right))
    for gaps in slips.values():
        # Where many rows would do, none of them is likely.
        yield from (replace(gap, likelihood=max(20, gap.likelihood - 4 * (len(gaps) - 1))) for gap in gaps[:3])


def _slip(row: Candidate, right: int) -> tuple[Kind | None, int]:
    if not right or not row.amount or right == row.amount:
        return None, 0
    if right == -row.amount:
        return "sign", 82
    if (right > 0) != (row.amount > 0):
        return None, 0
    typed, meant = abs(row.amount), abs(right)
    if max(typed, meant) in (10 * min(typed, meant), 100 * min(typed, meant)):
        return "decimal", 78
    if (typed - meant) % 9 == 0 and swapped(typed, meant):
        return "digits", 72
    if row.is_pending and 100 * abs(typed - meant) <= PENDING_PERCENT * typed:
        return "pending", 68
    return None, 0


def swapped(one: int, other: int) -> bool:
    """Whether two neighbouring digits changed places: 54 and 45, 105 and 15."""
    places = max(len(str(one)), len(str(other)))
    left, right = str(one).zfill(places), str(other).zfill(places)
    differing = [at for at in range(places) if left[at] != right[at]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return left[first] == right[second] and left[second] == right[first]


def _runs(question: Question, steps: Steps) -> Iterator[Gap]:
    """All that is left, or all of it up to a day."""
    left = question.at("open")
    if len(left) < 2:
        return
    if steps.take(len(left)) and sum(row.amount for row in left) == question.difference:
        yield Gap("all_left", 88, tuple(row.key for row in left))
        return
    total = 0
    earliest_first = left[::-1]
    for place, row in enumerate(earliest_first):
        if not steps.take():
            return
        total += row.amount
        ends = place + 1 == len(left) or earliest_first[place + 1].day != row.day
        if place and ends and total == question.difference:
            yield Gap("left_until", 76, tuple(each.key for each in earliest_first[: place + 1]))


def _sets(question: Question, steps: Steps) -> Iterator[Gap]:
    """Two to four rows that make the difference together; two that were ticked and should not be."""
    left = [Number(row.key, row.amount) for row in question.at("open")]
    for size, likelihood in ((2, 62), (3, 46), (4, 34)):
        found = sets_of(left, question.difference, size, steps)
        yield from (Gap("together", likelihood - 8 * (len(found) - 1), keys) for keys in found)
        if found:
            break
    off = sets_of([Number(row.key, row.amount) for row in question.at("ticked")], -question.difference, 2, steps)
    yield from (Gap("together_off", 44 - 8 * (len(off) - 1), keys) for keys in off)


def _instead(question: Question, steps: Steps) -> Iterator[Gap]:
    """The wrong one of two was ticked."""
    ticked = {row.amount: row.key for row in question.at("ticked") if steps.take()}
    left = question.at("open")
    spread = max(map(abs, ticked), default=0) + max((abs(row.amount) for row in left), default=0)
    if len(ticked) * len(left) > 2 * spread:
        return
    found = [
        Gap("instead", 42, (ticked[row.amount - question.difference], row.key))
        for row in left
        if steps.take() and row.amount - question.difference in ticked
    ]
    yield from (found if len(found) < 3 else ())


def _bank(question: Question, steps: Steps) -> Iterator[Gap]:
    """What the bank took or gave unasked, as far as it is small."""
    if abs(question.difference) <= LARGEST_FEE * 10 ** max(2, question.digits) and steps.take():
        yield Gap("fee" if question.difference < 0 else "interest", 26, (), question.difference)


def _opening(question: Question, steps: Steps) -> Iterator[Gap]:
    """The account did not begin with what it is said to have begun with."""
    right = question.opening + question.difference
    if question.drift and question.drift == -question.difference:
        yield Gap("opening", 96, (), right)
    elif question.is_first and steps.take():
        yield Gap("opening", 38 if question.at("ticked") else 24, (), right)


LOOKS: Final = (_single, _twice, _opening, _bank, _runs, _mistyped, _instead, _sets)
