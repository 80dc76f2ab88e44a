"""Long periods in pieces, and series beside each other: where each is heading, how it is drawn, its mean."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.calc.buckets import buckets, by_bucket
from ledger.calc.flows import Flow
from ledger.calc.periods import Period, latest_months
from ledger.calc.series import apart, average, heading, largest_first

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(("months", "pieces", "kind"), [(1, 1, "month"), (36, 36, "month"), (37, 13, "quarter")])
def test_a_period_is_cut_so_that_it_still_makes_a_picture(months: int, pieces: int, kind: str) -> None:
    period = latest_months(months, DAY)
    found = buckets(period)
    assert len(found) == pieces
    assert (found[0].first, found[-1].last) == (period.first, period.last)
    assert found[len(found) // 2].kind == kind


def test_ten_years_are_quarters_or_years_and_lose_no_day() -> None:
    period = latest_months(120, DAY)
    for most, count in ((41, 41), (36, 11)):
        found = buckets(period, most)
        assert len(found) == count
        assert sum(piece.days for piece in found) == period.days


def test_what_lies_before_the_books_begin_is_left_out() -> None:
    period = latest_months(120, DAY)
    months = [piece.first.month for piece in buckets(period, since=date(2026, 9, 30))]
    assert months == [9, 10, 11]
    assert len(buckets(period, since=date(2030, 1, 1))) == 11


def test_ragged_ends_are_cut_off() -> None:
    found = buckets(Period(date(2026, 1, 20), date(2026, 3, 4)))
    assert [(piece.first.day, piece.last.day, piece.kind) for piece in found] == [
        (20, 31, "custom"),
        (1, 28, "month"),
        (1, 4, "custom"),
    ]


def test_months_are_added_to_the_piece_they_lie_in_and_others_left_out() -> None:
    pieces = buckets(latest_months(40, DAY))
    months = {
        date(2026, 10, 1): Flow(spending=1),
        date(2026, 11, 1): Flow(spending=2),
        date(2001, 1, 1): Flow(income=9),
    }
    flows = by_bucket(pieces, months)
    assert flows[-1] == Flow(spending=3)
    assert sum(flow.income for flow in flows) == 0


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ([], "unknown"),
        ([5, 5, 5], "unknown"),
        ([0, 0, 0, 0], "unknown"),
        ([-5, 5, 5, 5], "unknown"),
        ([100, 0, 0, 104], "steady"),
        ([100, 0, 0, 110], "up"),
        ([100, 0, 0, 90], "down"),
        ([0, 0, 0, 1], "new"),
        ([1, 0, 0, 0], "ended"),
    ],
)
def test_where_a_series_is_heading(values: list[int], where: str) -> None:
    assert heading(values)[0] == where


def test_a_mean_is_whole_and_half_goes_to_even() -> None:
    assert [average(values) for values in ([], [1, 2], [2, 3], [-1, -2], [10**11, 1])] == [0, 2, 2, -2, 50000000000]


def test_the_largest_come_first_whichever_way_they_run() -> None:
    assert largest_first({"a": 1, "b": -3, "c": 2}) == ["b", "c", "a"]


def test_no_two_series_share_a_hue_while_there_are_enough() -> None:
    assert apart([3, 3, None, 5]) == [3, 1, 2, 5]
    assert len(set(apart([4] * 12))) == 12
    assert len(apart([None] * 30)) == 30
