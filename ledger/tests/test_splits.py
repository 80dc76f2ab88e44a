"""Splitting an amount: whatever is said, no cent is lost and none is made."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.splits import NOTHING, REST, Share, evenly, in_hundredths, in_proportion, placed, whole_percent

AMOUNTS = st.integers(-(10**15), 10**15)


def amount(minor: int) -> Share:
    return Share("amount", amount=minor)


def percent(number: Fraction | int) -> Share:
    return Share("percent", percent=Fraction(number))


@pytest.mark.parametrize(
    ("shares", "whole", "expected"),
    [
        ([amount(3840), amount(2200), amount(800)], 6840, [3840, 2200, 800]),
        ([amount(3840), REST], 6840, [3840, 3000]),
        ([amount(7000), REST], 6840, [7000, -160]),
        ([REST, REST], 6841, [3421, 3420]),
        ([percent(30), REST], 6840, [2052, 4788]),
        ([percent(Fraction(100, 3))] * 3, 100, [34, 33, 33]),
        ([percent(50), percent(50)], 5, [3, 2]),
        ([percent(50), percent(50)], -5, [-3, -2]),
        ([percent(10), amount(100)], 1000, [100, 100]),
        ([percent(30), amount(100), REST], 1000, [300, 100, 600]),
        ([percent(0), NOTHING], 1000, [0, 0]),
        ([amount(1500), amount(-500)], 1000, [1500, -500]),
    ],
)
def test_shares_are_placed(shares: list[Share], whole: int, expected: list[int]) -> None:
    assert placed(shares, whole) == expected


@given(whole=AMOUNTS, parts=st.lists(st.fractions(0, 100, max_denominator=10_000), min_size=1, max_size=100))
def test_percentages_that_make_a_hundred_make_the_whole(whole: int, parts: list[Fraction]) -> None:
    total = sum(parts)
    if total:
        shares = [percent(part * 100 / total) for part in parts]
        assert sum(placed(shares, whole)) == whole


@given(whole=AMOUNTS, parts=st.lists(AMOUNTS, min_size=1, max_size=100))
def test_with_a_rest_nothing_remains(whole: int, parts: list[int]) -> None:
    assert sum(placed([*map(amount, parts), REST], whole)) == whole


@given(whole=AMOUNTS, count=st.integers(1, 100))
def test_even_parts_differ_by_a_cent_at_most(whole: int, count: int) -> None:
    parts = evenly(whole, count)
    assert sum(parts) == whole
    assert max(parts) - min(parts) <= 1


@given(whole=AMOUNTS, parts=st.lists(AMOUNTS, min_size=1, max_size=100))
def test_parts_in_proportion_make_the_whole(whole: int, parts: list[int]) -> None:
    assert sum(in_proportion(parts, whole)) == whole


def test_a_tip_is_shared_out_by_what_each_had() -> None:
    assert in_proportion([2000, 1000, 0], 3300) == [2200, 1100, 0]
    assert in_proportion([0, 0], 5) == [3, 2]
    assert in_proportion([1500, -500], 1200) == [1650, -450]


def test_amounts_in_percent_make_a_hundred() -> None:
    assert in_hundredths([1, 1, 1]) == [3334, 3333, 3333]
    assert in_hundredths([-3840, -2200, -800]) == [5614, 3216, 1170]
    assert in_hundredths([1500, -500]) is None
    assert in_hundredths([0, 0]) is None


def test_about_how_many_percent() -> None:
    assert (whole_percent(3840, 6840), whole_percent(1, 0)) == (56, None)
