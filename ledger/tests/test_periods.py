"""Periods of reports: their ends, the one before, the same a year ago."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financeflow.web.days import FIRST_DAY, LAST_DAY
from ledger.calc.periods import KINDS, Kind, Period, latest_months, period_of
from ledger.calc.terms import read_search
from ledger.reporting.doors import within

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("cycle", date(2026, 1, 25), date(2026, 2, 24)),
        ("custom", date(2026, 2, 14), date(2026, 2, 14)),
    ],
)
def test_a_period_is_the_one_its_day_lies_in(kind: Kind, first: date, last: date) -> None:
    assert period_of(kind, date(2026, 2, 14), start_day=25) == Period(first, last, kind)


@given(day=DAYS, kind=st.sampled_from([kind for kind in KINDS if kind != "custom"]), start=st.integers(1, 28))
def test_periods_of_a_kind_follow_each_other_without_a_gap(day: date, kind: Kind, start: int) -> None:
    period = period_of(kind, day, start_day=start)
    assert day in period
    assert period.before.last + timedelta(days=1) == period.first
    assert period.before.after == period
    assert period.year_before.first.replace(year=period.first.year) == period.first


@given(first=DAYS, days=st.integers(0, 800))
def test_any_days_are_compared_with_as_many_before(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    before = period.before
    assert before.last + timedelta(days=1) == period.first
    assert period.whole_months or before.days == period.days
    assert before.whole_months == period.whole_months


def test_whole_months_are_compared_with_whole_months() -> None:
    period = Period(date(2024, 1, 1), date(2024, 2, 29))
    assert period.before == Period(date(2023, 11, 1), date(2023, 12, 31))
    assert period.year_before == Period(date(2023, 1, 1), date(2023, 2, 28))


def test_the_calendar_ends_where_it_ends() -> None:
    earliest = period_of("year", date(1900, 5, 5))
    assert earliest.before.first == date(1900, 1, 1)
    assert Period(date(2199, 12, 1), date(2199, 12, 20)).after.last == date(2199, 12, 31)


def test_a_running_period_is_as_long_as_it_has_run() -> None:
    period = period_of("month", date(2026, 11, 21))
    assert period.until(date(2026, 11, 21)) == Period(date(2026, 11, 1), date(2026, 11, 21))
    assert period.until(date(2026, 12, 5)) == period
    assert latest_months(3, date(2026, 1, 31)) == Period(date(2025, 11, 1), date(2026, 1, 31))


@given(first=DAYS, days=st.integers(0, 900))
def test_a_period_in_words_of_a_search_is_read_as_the_same_days(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    search = read_search(" ".join(map(str, within(period))), today=date(2026, 11, 21), locale="en-GB")
    assert not search.problems
    ranges = [term.value for term in search.terms]
    assert max(each.first or date.min for each in ranges) == period.first  # type: ignore[union-attr]
    assert min(each.last or date.max for each in ranges) == period.last  # type: ignore[union-attr]


def test_the_months_of_all_days_there_are_come_to_an_end() -> None:
    assert len(Period(FIRST_DAY, LAST_DAY).months()) == 3600
