"""The month picker reads addresses strictly and keeps the page's other filters."""

from datetime import date

import pytest
from django.http import Http404, QueryDict
from hypothesis import given
from hypothesis import strategies as st

from financeflow.web.dates import reading_locale
from financeflow.web.months import Month, month_picker

TODAY = date(2026, 11, 21)
ENGLISH = reading_locale("en", "en-GB")


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "26-11", "2026-1", "2026-11-01", "0000-01", "٢٠٢٦-11", "abc", "9999-01"]
)
def test_a_month_that_does_not_exist_is_not_found(text: str) -> None:
    with pytest.raises(Http404):
        month_picker(QueryDict(f"month={text}"), today=TODAY, locale=ENGLISH)


def test_without_a_month_it_is_this_month() -> None:
    picker = month_picker(QueryDict(""), today=TODAY, locale=ENGLISH)
    assert picker.label == "November 2026"
    assert picker.chosen == (Month(2026, 11),)
    assert picker.prev_url == "?month=2026-10"
    assert picker.next_url == "?month=2026-12"
    assert [item.current for item in picker.items].index(True) == 10


def test_the_links_keep_the_other_filters() -> None:
    picker = month_picker(
        QueryDict("member=abc&month=2026-01&before=7"), today=TODAY, locale=reading_locale("de", "de-DE")
    )
    assert picker.label == "Januar 2026"
    assert picker.prev_url == "?member=abc&month=2025-12"
    assert picker.year_prev_url == "?member=abc&month=2026-01&year=2025"


def test_comparing_puts_a_month_in_and_takes_it_out() -> None:
    picker = month_picker(QueryDict("month=2026-09&month=2026-11"), today=TODAY, locale=ENGLISH, several=True)
    assert picker.comparing
    assert picker.label == "2 months"
    assert picker.items[9].url == "?month=2026-09&month=2026-10&month=2026-11&compare=1"
    assert picker.items[8].url == "?month=2026-11&compare=1"
    assert (picker.compare_url, picker.show_url) == ("?month=2026-11", "?month=2026-09&month=2026-11")


def test_where_a_month_is_optional_any_time_is_shown_until_one_is_chosen() -> None:
    picker = month_picker(QueryDict(""), today=TODAY, locale=ENGLISH, optional=True)
    assert (picker.chosen, picker.label, picker.any_url) == ((), "Any time", "")
    assert picker.prev_url == "?month=2026-11"
    picker = month_picker(QueryDict("month=2026-10&member=x"), today=TODAY, locale=ENGLISH, optional=True)
    assert (picker.label, picker.any_url) == ("October 2026", "?member=x")


@given(st.integers(1901, 2198), st.integers(1, 12), st.integers(-24, 24))
def test_counting_months_forward_and_back_ends_where_it_began(year: int, number: int, steps: int) -> None:
    month = Month(year, number)
    assert month.plus(steps).plus(-steps) == month
    assert Month.parse(str(month)) == month
    assert month.last_day < month.plus(1).first_day
