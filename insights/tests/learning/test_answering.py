"""What a household's lessons come to, whatever they are: asked of made-up households, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.calc.answering import SURE_OF_OTHER_WAY, SURE_OF_RUN, Answering
from insights.calc.asking import Answer, Asked, Cause, Looks, Taught
from insights.calc.shared import Rated, SharedModel
from insights.calc.wording import words_in

KEYS = ("dining", "groceries", "fees-interest", "other-income", "salary", "transfer")
INCOME = ("salary", "other-income")
# What the words say to everybody.
SAYING = {
    "pizza": "dining",
    "bistro": "dining",
    "market": "groceries",
    "lidl": "groceries",
    "commission": "fees-interest",
    "payroll": "salary",
    "cashback": "other-income",
    "transfer": "transfer",
}
REFS = ("dining", "groceries", "salary", "our boat")
NAMES = ("lidl market", "lidl", "pizza roma", "acme payroll", "rare zyx", "rare zyx two", "transfer", "odd")


class Plain:
    """A shared model that knows a few words; each says the same whatever stands beside it."""

    keys = KEYS
    places = {key: place for place, key in enumerate(KEYS)}

    def rate(self, texts: Sequence[str]) -> list[Rated]:
        return [self._rated(words_in(text)) for text in texts]

    def _rated(self, words: list[str]) -> Rated:
        said = [self.places[SAYING[word]] for word in words if word in SAYING]
        chances = np.full(len(KEYS), 0.1 if said else 1.0)
        for place in said:
            chances[place] += 1
        return Rated(chances / chances.sum(), tuple(words))

    def weighed(self, chances: Any, amounts: Sequence[tuple[int, str]]) -> Any:
        return chances

    def telling(self, words: Sequence[str], key: str) -> tuple[str, ...]:
        return tuple(word for word in words if SAYING.get(word) == key)

    def rarity_of(self, features: Sequence[int]) -> float:
        return 0.5 + features[0] % 7 / 14


def household(lessons: Sequence[Taught] = ()) -> Answering:
    model = cast(SharedModel, Plain())
    defaults = {key: key for key in KEYS if key != "transfer"}
    made = Answering(model, defaults, income=INCOME, income_keys=INCOME)
    made.teach(lessons)
    return made


def asked(name: str, amount: int = -500, **more: Any) -> Asked:
    return Asked(words=name, key=name, amount=amount, currency="EUR", **more)


def taught(line: int, name: str, ref: str, amount: int = -500, **more: Any) -> Taught:
    return Taught(line=line, asked=asked(name, amount, **more), ref=ref, at=float(line))


def only(answering: Answering, each: Asked, **more: Any) -> Answer:
    [answer] = answering.answer([each], **more)
    return answer


ASKED = st.builds(
    asked,
    st.sampled_from(NAMES),
    st.sampled_from([-500, -999, -12345, 0, 500, 250000]),
    account=st.sampled_from([None, 1, 2, 3]),
    day=st.sampled_from([0, 1, 15]),
)
REF = st.sampled_from(REFS)
SAID = st.lists(st.tuples(ASKED, REF, st.integers(0, 9)), max_size=40)


def lessons_of(said: Sequence[tuple[Asked, str, int]]) -> list[Taught]:
    """The moments may be the same, or out of order."""
    return [Taught(line=at, asked=each, ref=ref, at=float(when)) for at, (each, ref, when) in enumerate(said)]


def alike(one: Answering, two: Answering) -> None:
    """They say the same of everything."""
    every = [asked(name, amount, account=1) for name in (*NAMES, "rare zyx three") for amount in (-500, 0, 500)]
    assert one.answer(every) == two.answer(every)


def way(each: Asked) -> int:
    return (each.amount > 0) - (each.amount < 0)


@settings(deadline=None)
@given(st.lists(st.tuples(ASKED, REF), max_size=60))
def test_a_corrected_mistake_is_never_made_again(rows: list[tuple[Asked, str]]) -> None:
    """Asked of the same at once, and again later as long as nobody said anything else of it."""
    answering, last = household(), dict[tuple[str, int], tuple[Asked, str]]()
    for at, (each, ref) in enumerate(rows):
        before = last.get((each.key, way(each)))
        if before and before[0] == each:
            assert only(answering, each).guesses[0].ref == before[1]
        answering.teach([Taught(line=at, asked=each, ref=ref, at=float(at))])
        assert only(answering, each).guesses[0].ref == ref
        last = {key: said for key, said in last.items() if key[0] != each.key} | {(each.key, way(each)): (each, ref)}


@settings(deadline=None)
@given(st.lists(REF, max_size=30), REF, st.sampled_from([-500, 0, 500]), st.sampled_from([-700, 0, 700]))
def test_the_latest_habit_wins_however_long_the_one_before_was(
    before: list[str], ref: str, amount: int, other: int
) -> None:
    answering = household([taught(at, "odd", each, amount - 1, account=1) for at, each in enumerate(before)])
    answering.teach([taught(99, "odd", ref, amount, account=2)])
    if amount * other >= 0:
        assert only(answering, asked("odd", other, account=1, day=1)).guesses[0].ref == ref


def test_an_amount_that_was_always_filed_alike_is_a_habit_of_its_own() -> None:
    rows = [taught(1, "odd", "our boat", -999), taught(2, "odd", "our boat", -999), taught(3, "odd", "dining", -4200)]
    answering = household(rows)
    assert only(answering, asked("odd", -999)).guesses[0].ref == "our boat"
    assert only(answering, asked("odd", -4321)).guesses[0].ref == "dining"
    answering.teach([taught(4, "odd", "dining", -999)])
    assert only(answering, asked("odd", -999)).guesses[0].ref == "dining"


@settings(deadline=None)
@given(SAID, st.integers(1, 7))
def test_it_is_the_same_whether_lessons_come_at_once_or_one_by_one(
    said: list[tuple[Asked, str, int]], size: int
) -> None:
    lessons, parted = lessons_of(said), household()
    for start in range(0, len(lessons), size):
        parted.teach(lessons[start : start + size])
    alike(household(lessons), parted)


@settings(deadline=None)
@given(SAID, SAID)
def test_what_is_forgotten_is_as_if_it_had_never_been_taught(
    kept: list[tuple[Asked, str, int]], gone: list[tuple[Asked, str, int]]
) -> None:
    some = lessons_of(kept)
    others = [replace(each, line=f"gone {each.line}") for each in lessons_of(gone)]
    answering = household([each for pair in zip(some, others, strict=False) for each in pair])
    answering.teach([*some[len(others) :], *others[len(some) :]])
    answering.forget([each.line for each in others])
    alike(answering, household(some))
    assert len(answering.memory) == len(some)
    assert set(answering.memory.names) == {each.asked.key for each in some}


@settings(deadline=None)
@given(SAID, st.lists(st.tuples(st.integers(0, 40), ASKED, REF), max_size=10))
def test_what_is_said_anew_of_a_line_takes_the_place_of_what_was_said(
    said: list[tuple[Asked, str, int]], again: list[tuple[int, Asked, str]]
) -> None:
    """Also where it has got another name."""
    lessons = {each.line: each for each in lessons_of(said)}
    answering = household(list(lessons.values()))
    for at, (line, each, ref) in enumerate(again):
        fresh = Taught(line=line, asked=each, ref=ref, at=100.0 + at)
        answering.teach([fresh])
        lessons.pop(line, None)
        lessons[line] = fresh
    alike(answering, household(list(lessons.values())))


@settings(deadline=None)
@given(SAID, ASKED)
def test_guesses_are_sorted_and_each_is_another_and_as_sure_as_can_be(
    said: list[tuple[Asked, str, int]], each: Asked
) -> None:
    answering = household(lessons_of(said))
    for most in (1, 3):
        guesses = only(answering, each, most=most).guesses
        sure = [guess.confidence for guess in guesses]
        assert sure == sorted(sure, reverse=True)
        assert all(0 < one <= 1 for one in sure)
        assert len({guess.ref for guess in guesses}) == len(guesses) <= most


@settings(deadline=None)
@given(SAID, st.sampled_from(NAMES), st.sampled_from([1, 500, 250000]))
def test_money_in_is_income_or_a_refund(said: list[tuple[Asked, str, int]], name: str, amount: int) -> None:
    answer = only(household(lessons_of(said)), asked(name, amount))
    if answer.looks != Looks.TRANSFER and answer.guesses:
        assert (answer.guesses[0].ref in INCOME) == (answer.looks == Looks.INCOME)
        assert answer.looks in (Looks.INCOME, Looks.REFUND)


@pytest.mark.parametrize(
    ("name", "amount", "looks", "ref"),
    [
        ("pizza roma", -500, Looks.SPENDING, "dining"),
        ("pizza roma", 500, Looks.REFUND, "dining"),
        ("acme payroll", 250000, Looks.INCOME, "salary"),
        ("acme payroll", 0, Looks.INCOME, "salary"),
        ("commission", -200, Looks.FEE, "fees-interest"),
        ("commission", 200, Looks.REFUND, "fees-interest"),
    ],
)
def test_the_sign_and_the_words_tell_what_it_looks_like(name: str, amount: int, looks: Looks, ref: str) -> None:
    answer = only(household(), asked(name, amount))
    assert (answer.looks, answer.guesses[0].ref) == (looks, ref)


def test_money_that_goes_out_is_no_income_by_words_or_by_what_came_in() -> None:
    rows = [taught(at, "acme payroll", "salary", 250000) for at in range(6)]
    for answering in (household(), household(rows)):
        assert "salary" not in {guess.ref for guess in only(answering, asked("acme payroll", -500)).guesses}


def test_a_refund_of_what_was_only_ever_spent_is_suggested_and_not_filed() -> None:
    answering = household([taught(at, "odd", "our boat") for at in range(9)])
    answer = only(answering, asked("odd", 500))
    assert (answer.looks, answer.guesses[0].ref) == (Looks.REFUND, "our boat")
    assert answer.guesses[0].confidence == pytest.approx(SURE_OF_RUN[-1] * SURE_OF_OTHER_WAY)
    assert only(answering, asked("odd")).guesses[0].confidence == SURE_OF_RUN[-1]


def test_what_looks_like_a_transfer_has_no_category_until_somebody_files_it() -> None:
    answering = household()
    answer = only(answering, asked("transfer"))
    assert (answer.guesses, answer.looks, answer.moved > 0.5) == ((), Looks.TRANSFER, True)
    answering.teach([taught(1, "transfer", "our boat")])
    answer = only(answering, asked("transfer"))
    assert (answer.looks, answer.guesses[0].ref) == (Looks.SPENDING, "our boat")


def test_nearly_the_same_name_is_believed_less_and_says_so() -> None:
    answering = household([taught(1, "rare zyx", "our boat")])
    [guess, *_rest] = only(answering, asked("rare zyx two")).guesses
    assert (guess.ref, guess.because.cause, guess.because.name) == ("our boat", Cause.SIMILAR, "rare zyx")
    assert guess.confidence < SURE_OF_RUN[0]


def test_of_names_that_are_as_near_the_one_that_was_said_last_counts() -> None:
    refs = ("our boat", "our car", "our dog")
    rows = [taught(at, f"rare zyx {at * 5 % 7}", ref) for at, ref in enumerate(refs, 1)]
    for order in (rows, rows[::-1]):
        assert only(household(order), asked("rare zyx 9")).guesses[0].ref == "our dog"


def test_names_that_a_household_files_elsewhere_correct_what_all_say() -> None:
    answering = household([taught(at, f"bistro {name}", "our boat") for at, name in enumerate(("uno", "due", "tre"))])
    [guess, *_rest] = only(answering, asked("pizza sconosciuta")).guesses
    assert (guess.ref, guess.because.cause) == ("our boat", Cause.CORRECTED)


def test_words_that_were_only_asked_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("insights.calc.answering.MOST_WORDS_WEIGHED", 10)
    answering = household([taught(1, "rare zyx", "our boat")])
    answering.answer([asked(f"rare {chr(97 + at % 26)}{at}x") for at in range(90)])
    assert len(answering._rarities) <= 10
