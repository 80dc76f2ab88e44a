"""The gap finder: what was planted is found, whatever stands around it, and it never takes more steps than it may."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.calc.gap_sets import Number, Steps, sets_of
from ledger.calc.gaps import MOST_STEPS, Candidate, Gap, Place, Question, explain, swapped

DAY = date(2026, 10, 31)
# Amounts that no slip of the hand turns into each other.
AMOUNTS = st.integers(100_00, 9_000_00).map(lambda minor: -minor)
NOISE = st.lists(AMOUNTS, min_size=3, max_size=30, unique=True)


def row(
    key: int, amount: int, place: Place = "ticked", *, back: int = 0, name: str = "", pending: bool = False
) -> Candidate:
    return Candidate(key, amount, DAY - timedelta(days=back), place, name, pending)


def noise(amounts: list[int], place: Place = "ticked") -> list[Candidate]:
    return [row(1000 + at, amount, place, back=at + 1, name=f"n{at}") for at, amount in enumerate(amounts)]


def found(question: Question, kind: str) -> list[Gap]:
    return [gap for gap in explain(question) if gap.kind == kind]


@given(NOISE, st.sampled_from([("open", "left_out"), ("trashed", "thrown_away"), ("later", "later")]), AMOUNTS)
def test_a_row_that_was_left_out_is_found(amounts: list[int], where: tuple[Place, str], amount: int) -> None:
    place, kind = where
    question = Question(amount, [row(1, amount, place), *noise(amounts)])
    assert (1,) in [gap.keys for gap in found(question, kind)]


@given(NOISE, AMOUNTS)
def test_a_row_ticked_too_early_is_found(amounts: list[int], amount: int) -> None:
    question = Question(-amount, [row(1, amount, pending=True), *noise(amounts)])
    assert (1,) in [gap.keys for gap in found(question, "too_early")]


@given(NOISE, AMOUNTS, st.integers(0, 3))
def test_a_row_ticked_twice_is_found_once(amounts: list[int], amount: int, apart: int) -> None:
    rows = [row(1, amount, name="cafe"), row(2, amount, back=apart, name="cafe"), *noise(amounts)]
    question = Question(-amount, rows)
    assert [gap.keys for gap in found(question, "twice")] == [(1, 2)]
    assert not {(1,), (2,)} & {gap.keys for gap in found(question, "too_early")}


@given(NOISE, AMOUNTS)
def test_a_turned_sign_is_found(amounts: list[int], amount: int) -> None:
    for place, difference in (("ticked", 2 * amount), ("open", amount)):
        question = Question(difference, [row(1, -amount, place), *noise(amounts)])  # type: ignore[arg-type]
        assert Gap("sign", 82 if place == "ticked" else 78, (1,), amount) in explain(question)


@given(NOISE, st.integers(10, 99_999), st.integers(0, 3))
def test_swapped_digits_are_found(amounts: list[int], typed: int, at: int) -> None:
    digits = list(str(typed))
    at = min(at, len(digits) - 2)
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    right, wrong = -int("".join(digits)), -typed
    if right in (wrong, 10 * wrong) or 10 * right == wrong or not right:
        return
    question = Question(right - wrong, [row(1, wrong), *noise(amounts)])
    assert right in [gap.amount for gap in found(question, "digits") if gap.keys == (1,)]


@given(NOISE, st.integers(1, 99_999), st.sampled_from([10, 100]), st.booleans())
def test_a_wrong_decimal_place_is_found(amounts: list[int], amount: int, times: int, is_larger: bool) -> None:
    wrong, right = (-amount * times, -amount) if is_larger else (-amount, -amount * times)
    question = Question(right - wrong, [row(1, wrong), *noise(amounts)])
    assert right in [gap.amount for gap in found(question, "decimal") if gap.keys == (1,)]


@given(NOISE, st.integers(2000, 90_000), st.integers(1, 30), st.booleans())
def test_a_pending_row_that_posted_with_a_tip_is_found(
    amounts: list[int], announced: int, percent: int, is_ticked: bool
) -> None:
    posted = announced + announced * percent // 100
    if (posted - announced) % 9 == 0 or posted == announced:
        return
    place: Place = "ticked" if is_ticked else "open"
    difference = announced - posted if is_ticked else -posted
    question = Question(difference, [row(1, -announced, place, pending=True), *noise(amounts)])
    assert -posted in [gap.amount for gap in found(question, "pending") if gap.keys == (1,)]


@given(st.lists(AMOUNTS, min_size=6, max_size=20, unique=True), st.integers(2, 4))
def test_a_few_rows_that_add_up_are_found(amounts: list[int], size: int) -> None:
    left = noise(amounts, "open")
    total = sum(each.amount for each in left[:size])
    question = Question(total, left)
    sets = [gap.keys for gap in explain(question) if len(gap.keys) > 1 or gap.kind == "left_out"]
    by_key = {each.key: each.amount for each in left}
    assert sets
    assert all(sum(by_key[key] for key in keys) == total for keys in sets)


@given(st.lists(AMOUNTS, min_size=2, max_size=200))
def test_all_that_is_left_is_one_explanation(amounts: list[int]) -> None:
    gaps = explain(Question(sum(amounts), noise(amounts, "open")))
    assert gaps[0].kind in {"all_left", "left_out"}
    assert "all_left" in [gap.kind for gap in gaps]


def test_all_up_to_a_day_is_one_explanation() -> None:
    left = [row(at, -1000 - 37 * at, "open", back=at) for at in range(40)]
    question = Question(sum(each.amount for each in left[25:]), left)
    gap = found(question, "left_until")[0]
    assert set(gap.keys) == {each.key for each in left[25:]}


def test_the_wrong_one_of_two_is_found() -> None:
    question = Question(-250, [row(1, -1000), row(2, -1250, "open"), row(3, -777)])
    assert found(question, "instead")[0].keys == (1, 2)


def test_small_differences_may_be_the_banks_own() -> None:
    assert found(Question(-490, []), "fee") == [Gap("fee", 26, (), -490)]
    assert found(Question(12, []), "interest") == [Gap("interest", 26, (), 12)]
    assert not found(Question(-60_00, []), "fee")
    assert found(Question(-440, [], digits=0), "fee")


def test_an_opening_balance_may_be_off_before_the_first_statement_or_when_it_was_changed_since() -> None:
    assert found(Question(700, [], opening=1000, is_first=True), "opening")[0].amount == 1700
    assert not found(Question(700, [], opening=1000), "opening")
    gaps = explain(Question(700, [row(1, 700, "open")], opening=1000, drift=-700))
    assert (gaps[0].kind, gaps[0].amount) == ("opening", 1700)


def test_nothing_is_proposed_where_nothing_differs() -> None:
    assert explain(Question(0, [row(1, -5)])) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(54, 45, True), (105, 15, True), (1234, 1243, True), (12, 12, False), (13, 31, True), (123, 321, False)],
)
def test_which_digits_count_as_swapped(one: int, other: int, expected: bool) -> None:
    assert swapped(one, other) is expected


ADVERSARIES = {
    "all alike": lambda at: -100,
    "ones": lambda at: -1,
    "powers": lambda at: -(2 ** (at % 40)),
    "both ways": lambda at: (at % 2 * 2 - 1) * (at * 7919 % 100_003 + 1),
    "huge": lambda at: -(10**15 - at),
}


@pytest.mark.parametrize("adversary", ADVERSARIES)
@pytest.mark.parametrize("place", ["open", "ticked"])
def test_ten_thousand_rows_cost_no_more_than_the_steps_there_are(adversary: str, place: Place) -> None:
    rows = [row(at, ADVERSARIES[adversary](at), place, back=at % 900, pending=at % 3 == 0) for at in range(10_000)]
    question = Question(-12345, rows)
    begun = time.perf_counter()
    explain(question)
    # Many times what it takes on an idle machine: this guards against growth, not against a busy neighbour.
    assert time.perf_counter() - begun < 1


@settings(deadline=None)
@given(
    st.lists(st.integers(-(10**15), 10**15).filter(bool), max_size=300),
    st.integers(-(10**15), 10**15),
    st.integers(0, 5000),
)
def test_steps_are_never_exceeded_and_what_is_said_is_true(amounts: list[int], difference: int, most: int) -> None:
    counted = Steps(most)
    taken = 0

    class Counting(Steps):
        def take(self, count: int = 1) -> bool:
            nonlocal taken
            allowed = super().take(count)
            taken += count if allowed else 0
            return allowed

    counted = Counting(most)
    numbers = [Number(at, amount) for at, amount in enumerate(amounts)]
    for size in (2, 3, 4):
        for keys in sets_of(numbers, difference, size, counted):
            assert sum(amounts[key] for key in keys) == difference
            assert len(set(keys)) == size
    assert taken <= most


def test_the_steps_of_a_whole_question_are_few_enough_for_a_page() -> None:
    rows = [row(at, -(at * 7919 % 100_003 + 1), "open" if at % 2 else "ticked", back=at % 400) for at in range(4000)]
    best = min(_taken(rows) for _ in range(3))
    assert best < 0.25
    assert MOST_STEPS <= 60_000


def _taken(rows: list[Candidate]) -> float:
    begun = time.perf_counter()
    explain(Question(-98765, rows))
    return time.perf_counter() - begun
