"""Rows of files compared with what an account knows: by counts, by numbers of the bank, by days and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.calc.verdicts import Alike, Face, Fact, Match, Row, Words, alike, compare, span_of, wording

MARCH = 740_000


def row(key: int, amount: int = -1000, *, day: int = 10, said: str = "lidl", **more: Any) -> tuple[Row, str]:
    print_ = more.pop("print", f"{MARCH + day}|{amount}|{said}")
    return Row(key, MARCH + day, more.pop("posted", 0), amount, print_, **more), said


def fact(amount: int = -1000, *, day: int = 10, said: str = "lidl", **more: Any) -> tuple[Fact, str]:
    """As it came with an earlier file of the same kind; without `tongue` as it was written down by hand."""
    tongue, bank_id = more.pop("tongue", "csv"), more.pop("bank_id", "")
    print_ = f"{MARCH + day}|{amount}|{said}" if tongue else ""
    face = Face(MARCH + day, more.pop("posted", 0), amount, print_, bank_id, tongue)
    return Fact((face,), more.pop("transaction", 1), **more), said


def typed(amount: int = -1000, **more: Any) -> tuple[Fact, str]:
    return fact(amount, tongue="", is_typed=True, **more)


def told(
    rows: Sequence[tuple[Row, str]], facts: Sequence[tuple[Fact, str]], tongue: str = "csv", **span: int
) -> dict[int, Match]:
    words = {each.key: wording(said) for each, said in rows}
    known = [wording(said) for _fact, said in facts]

    def of_facts(places: Sequence[int]) -> dict[int, list[Words]]:
        return {place: [known[place]] for place in places}

    only = [each for each, _said in rows]
    ends = replace_span(only, tongue, **span)
    return compare(only, [each for each, _said in facts], ends, lambda some: words, of_facts)


def replace_span(rows: Sequence[Row], tongue: str, first: int = 1, last: int = 31) -> Any:
    return span_of(rows, tongue)._replace(first=MARCH + first, last=MARCH + last)


def verdicts(*given: Any, **more: Any) -> dict[int, tuple[str, str]]:
    return {key: (match.verdict, match.because) for key, match in told(*given, **more).items()}


def test_what_says_the_same_is_here_and_two_honest_twins_stay_two() -> None:
    assert verdicts([row(1), row(2), row(3)], [fact(), fact()]) == {1: ("here", "print"), 2: ("here", "print")}


def test_each_movement_is_taken_by_one_row() -> None:
    found = told([row(1), row(2)], [fact(), fact()])
    assert sorted(match.fact for match in found.values()) == [0, 1]


def test_the_same_number_of_the_bank_is_the_same_movement_in_other_words() -> None:
    known = fact(said="card payment", bank_id="20260310-77")
    assert verdicts([row(1, said="Lidl Berlin", day=12, bank_id="20260310-77")], [known]) == {1: ("here", "number")}


def test_a_number_met_again_long_after_is_another_movement() -> None:
    assert verdicts([row(1, day=30, bank_id="20260310-77", said="x")], [fact(bank_id="20260310-77", day=1)]) == {}


def test_short_numbers_count_rows_of_a_file_and_nothing_else() -> None:
    known = fact(bank_id="0003", said="bakery")
    assert verdicts([row(1, day=12, said="cinema", bank_id="0003")], [known]) == {}


def test_a_number_that_several_rows_of_the_file_have_is_none() -> None:
    rows = [row(1, said="one", day=12, bank_id="CHEQUE-1"), row(2, said="two", day=12, bank_id="CHEQUE-1")]
    assert verdicts(rows, [fact(bank_id="CHEQUE-1", said="three")]) == {}


def test_a_bank_that_gives_new_numbers_with_each_file_doubles_nothing() -> None:
    rows = [row(1, bank_id="NEW-00001"), row(2, day=12, bank_id="NEW-00002")]
    known = [fact(bank_id="OLD-00001"), fact(day=12, bank_id="OLD-00002")]
    assert verdicts(rows, known) == {1: ("here", "print"), 2: ("here", "print")}


def test_where_numbers_last_a_twin_at_the_cut_of_the_file_is_asked() -> None:
    rows = [row(1, day=5, bank_id="LAST-00001"), row(2, bank_id="LAST-00003")]
    known = [fact(day=5, bank_id="LAST-00001"), fact(bank_id="LAST-00002")]
    assert verdicts(rows, known, last=10)[2] == ("possible", "twin")
    assert verdicts(rows, known)[2] == ("here", "print")


def test_another_amount_under_one_number_is_booked_or_asked() -> None:
    rows = [row(1, -1200, bank_id="HOTEL-00001", day=12)]
    assert verdicts(rows, [fact(bank_id="HOTEL-00001", is_pending=True)]) == {1: ("posted", "booked")}
    assert verdicts(rows, [fact(bank_id="HOTEL-00001")]) == {1: ("possible", "renumbered")}
    assert verdicts(rows, [fact(bank_id="HOTEL-00001", state="trashed")]) == {}


def test_what_was_thrown_away_stays_out_once_for_each_time() -> None:
    rows = [row(1), row(2), row(3)]
    known = [fact(state="trashed"), fact(), fact(state="gone", transaction=0)]
    found = verdicts(rows, known)
    assert found == {1: ("here", "print"), 2: ("thrown", "print"), 3: ("thrown", "print")}


def test_what_was_left_out_by_choice_stays_out() -> None:
    assert verdicts([row(1)], [fact(state="left", transaction=0)]) == {1: ("thrown", "left")}


def test_other_words_on_the_same_day_are_the_same_where_another_kind_of_file_said_them() -> None:
    known = fact(said="Stadtwerke Neuheim monthly instalment", tongue="camt")
    assert verdicts([row(1, said="STADTWERKE NEUHEIM GMBH")], [known]) == {1: ("here", "words")}
    assert verdicts([row(1, said="Blumen Anders")], [known]) == {}


def test_other_words_in_the_same_kind_of_file_are_asked_where_it_may_be_cut() -> None:
    known = fact(said="AMZN Mktp DE AB12CD")
    rows = [row(1, said="AMZN Mktp DE EF34GH")]
    assert verdicts(rows, [known], first=10)[1] == ("possible", "near")
    assert verdicts(rows, [known])[1] == ("here", "words")


def test_the_coffee_of_each_day_is_never_that_of_the_day_before() -> None:
    known = [fact(-250, day=day, said="Blue Bottle") for day in (8, 9)]
    rows = [row(day, -250, day=day, said="Blue Bottle") for day in (9, 10, 11)]
    assert verdicts(rows, known, first=9, last=11) == {9: ("here", "print")}


def test_a_few_days_apart_in_another_kind_of_file_is_asked() -> None:
    known = fact(said="Blue Bottle", tongue="camt")
    assert verdicts([row(1, day=12, said="Blue Bottle Cafe")], [known]) == {1: ("possible", "near")}
    assert verdicts([row(1, day=14, said="Blue Bottle Cafe")], [known]) == {}
    assert verdicts([row(1, day=12, said="Roses")], [known]) == {}


@pytest.mark.parametrize("day", [6, 10, 14])
def test_what_was_typed_by_hand_is_completed(day: int) -> None:
    assert verdicts([row(1, day=day, said="LIDL SAGT DANKE")], [typed()]) == {1: ("typed", "typed")}


def test_what_was_typed_long_before_is_another_movement() -> None:
    assert verdicts([row(1, day=15)], [typed()]) == {}


def test_what_was_typed_in_other_words_is_the_same_where_nothing_else_fits() -> None:
    lunch = typed(-1837, said="lunch with a friend")
    assert verdicts([row(1, -1837, day=11, said="Pizzeria Bella")], [lunch]) == {1: ("typed", "lone")}
    round_sum = typed(-2000, said="cash for Anna")
    assert verdicts([row(1, -2000, day=12, said="Cinema")], [round_sum]) == {1: ("possible", "near")}


def test_the_nearest_of_what_was_typed_goes_with_each_row() -> None:
    rows = [row(1, day=11), row(2, day=13)]
    found = told(rows, [typed(day=13), typed(day=10), typed(day=25)])
    assert {key: match.fact for key, match in found.items()} == {1: 1, 2: 0}


def test_what_was_pending_is_booked_days_later() -> None:
    known = fact(is_pending=True, said="Shell 0042 Ulm")
    assert verdicts([row(1, day=14, said="SHELL ULM")], [known]) == {1: ("posted", "booked")}
    assert verdicts([row(1, day=21, said="SHELL ULM")], [known]) == {}
    assert verdicts([row(1, day=14, said="Roses")], [known]) == {}


def test_a_tip_on_what_was_pending_is_asked() -> None:
    known = fact(-4000, is_pending=True, said="Trattoria Sole")
    assert verdicts([row(1, -4600, day=12, said="TRATTORIA SOLE")], [known]) == {1: ("possible", "tip")}
    assert verdicts([row(1, -5600, day=12, said="TRATTORIA SOLE")], [known]) == {}
    assert verdicts([row(1, -4600, day=12, said="Roses")], [known]) == {}


def test_a_pending_row_that_was_booked_since_is_here() -> None:
    known = fact(day=12, said="SHELL ULM")
    assert verdicts([row(1, day=10, said="Shell Ulm 7731", is_pending=True)], [known]) == {1: ("here", "booked")}


def test_what_was_pending_and_thrown_away_is_asked_when_it_is_booked() -> None:
    known = fact(is_pending=True, state="trashed")
    assert verdicts([row(1, day=12)], [known]) == {1: ("possible", "pending_thrown")}


def test_the_same_row_booked_now_completes_what_is_pending() -> None:
    assert verdicts([row(1)], [fact(is_pending=True)]) == {1: ("posted", "print")}
    assert verdicts([row(1, is_pending=True)], [fact(is_pending=True)]) == {1: ("here", "print")}


def test_what_was_reconciled_is_here_and_is_never_completed() -> None:
    assert verdicts([row(1)], [typed(is_locked=True)]) == {1: ("here", "both")}
    assert verdicts([row(1)], [fact(is_locked=True, is_pending=True)]) == {1: ("here", "print")}


def test_a_statement_beside_it_in_the_same_upload_says_the_same() -> None:
    beside = fact(is_beside=True, transaction=0)
    assert verdicts([row(1)], [beside]) == {1: ("here", "print")}
    assert verdicts([row(1)], [beside], first=10) == {1: ("possible", "twin")}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("REWE Markt GmbH", "Rewe", Alike.SAME),
        ("STARBUCK", "Starbucks 1234 Seattle", Alike.MUCH),
        ("Kartenzahlung EDEKA Ulm 12.03.", "EDEKA ULM Sagt Danke", Alike.MUCH),
        ("bottle blue", "BLUEBOTTLE COFFEE", Alike.SOMEWHAT),
        ("Rewe Berlin", "Edeka Berlin", Alike.SOMEWHAT),
        ("Cinema", "Bakery", Alike.NOT),
        ("", "Bakery", Alike.BLANK),
        ("4711 0815", "4711 0815", Alike.SAME),
        ("4711 0815", "4711 0816", Alike.BLANK),
        ("Lastschrift", "Lastschrift Miete Mai", Alike.BLANK),
    ],
)
def test_how_alike_two_wordings_are(one: str, other: str, expected: Alike) -> None:
    assert alike(wording(one), wording(other)) == expected
    assert alike(wording(other), wording(one)) == expected


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
        if books.known and data.draw(st.booleans()):
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
        data.draw(st.sampled_from([fact, typed]))(each.amount, day=min(28, each.day + 1), said=each.said)
        for each in movements
        if data.draw(st.booleans())
    ]
    rows = [row(key, each.amount, day=each.day, said=each.said) for key, each in enumerate(movements)]
    found = told(rows, facts, tongue=data.draw(st.sampled_from(["csv", "camt"])))
    taken = [match.fact for match in found.values()]
    assert len(taken) == len(set(taken))
    for key, match in found.items():
        assert facts[match.fact][0].faces[0].amount == movements[key].amount
