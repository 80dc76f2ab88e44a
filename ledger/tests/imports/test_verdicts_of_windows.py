"""Overlapping files of one true list of movements, many of them alike: each comes in once, whatever was thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.calc.verdicts import Face, Fact, Match, Row
from ledger.tests.imports.compared import fact, row, told, typed

KINDS: Any = st.sampled_from([fact, typed])


@dataclass
class Movement:
    """Of the one true list of what happened in the account."""

    day: int
    amount: int
    said: str
    number: int = 0

    @property
    def value(self) -> tuple[int, int, str]:
        return self.day, self.amount, self.said


@dataclass
class Books:
    """An account to which files are brought: what it has, and what was thrown away."""

    numbers: str
    known: list[tuple[Fact, Movement]] = field(default_factory=list)
    files: int = 0

    def bring(self, movements: Sequence[Movement]) -> dict[int, Match]:
        self.files += 1
        said = [self._row(key, each) for key, each in enumerate(movements, start=1)]
        facts = [(fact, movement.said) for fact, movement in self.known]
        days = [each.day for each in movements] or [0]
        found = told(said, facts, first=min(days), last=max(days)) if said else {}
        for (each, _said), movement in zip(said, movements, strict=True):
            if each.key not in found:
                face = Face(each.day, 0, each.amount, each.print, each.bank_id, "csv")
                self.known.append((Fact((face,), len(self.known) + 1), movement))
        return found

    def _row(self, key: int, each: Movement) -> tuple[Row, str]:
        bank_id = {"none": "", "lasting": f"L{each.number:07}", "fresh": f"F{self.files:03}{key:05}"}[self.numbers]
        return row(key, each.amount, day=each.day, said=each.said, bank_id=bank_id)

    def throw_away(self, place: int, state: Any) -> None:
        place %= len(self.known)
        fact, movement = self.known[place]
        self.known[place] = fact._replace(state=state), movement


MOVEMENTS = st.lists(
    st.builds(
        Movement,
        day=st.integers(1, 28),
        amount=st.sampled_from([-250, -250, -1999, 100_00]),
        said=st.sampled_from(["Blue Bottle", "Blue Bottle 0042", "Lidl Ulm", ""]),
    ),
    max_size=25,
).map(lambda some: [replace(each, number=at) for at, each in enumerate(sorted(some, key=lambda each: each.day))])
WINDOWS = st.lists(st.tuples(st.integers(1, 28), st.integers(1, 28)).map(sorted), min_size=1, max_size=6)


@settings(max_examples=250, deadline=None)
@given(MOVEMENTS, WINDOWS, st.sampled_from(["none", "lasting", "fresh"]), st.data())
def test_overlapping_files_bring_exactly_what_happened(
    movements: list[Movement], windows: list[list[int]], numbers: str, data: st.DataObject
) -> None:
    """Whatever is thrown away in between stays away, and comes no second time."""
    books = Books(numbers)
    covered: set[int] = set()
    for first, last in windows:
        found = books.bring([each for each in movements if first <= each.day <= last])
        assert {match.verdict for match in found.values()} <= {"here", "thrown"}
        covered |= {at for at, each in enumerate(movements) if first <= each.day <= last}
        is_thrown: bool = data.draw(st.booleans())
        if is_thrown and books.known:
            books.throw_away(data.draw(st.integers(0, 99)), data.draw(st.sampled_from(["trashed", "gone", "left"])))
    expected = Counter(movements[at].value for at in covered)
    assert Counter(movement.value for _fact, movement in books.known) == expected


@settings(max_examples=100, deadline=None)
@given(MOVEMENTS, st.sampled_from(["none", "lasting", "fresh"]))
def test_the_same_file_twice_adds_nothing(movements: list[Movement], numbers: str) -> None:
    books = Books(numbers)
    books.bring(movements)
    found = books.bring(movements)
    assert [found[key].verdict for key in range(1, len(movements) + 1)] == ["here"] * len(movements)
    assert len(books.known) == len(movements)


@settings(max_examples=100, deadline=None)
@given(MOVEMENTS, st.data())
def test_no_movement_is_taken_twice_and_every_amount_fits(movements: list[Movement], data: st.DataObject) -> None:
    facts = [
        data.draw(KINDS)(each.amount, day=min(28, each.day + 1), said=each.said)
        for each in movements
        if data.draw(st.sampled_from([True, False]))
    ]
    rows = [row(key, each.amount, day=each.day, said=each.said) for key, each in enumerate(movements)]
    found = told(rows, facts, tongue=data.draw(st.sampled_from(["csv", "camt"])))
    taken = [match.fact for match in found.values()]
    assert len(taken) == len(set(taken))
    for key, match in found.items():
        assert facts[match.fact][0].faces[0].amount == movements[key].amount
