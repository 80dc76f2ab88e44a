"""The field for days, as forms use it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from financeflow.web.days import FIRST_DAY, LAST_DAY
from financeflow.web.forms import DayTextField

TODAY = date(2026, 11, 18)


class Party(forms.Form):
    day = DayTextField()
    until = DayTextField(required=False)

    def __init__(self, *args: Any, locale: str = "en-GB", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            assert isinstance(field, DayTextField)
            field.is_of(locale=locale, today=TODAY)


def rendered(form: Party) -> str:
    request = SimpleNamespace(household=None)
    return Template('{% include "components/field.html" with field=form.day %}').render(
        Context({"form": form, "request": request})
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", date(2026, 11, 17)),
        ("12/3", date(2026, 3, 12)),
        ("+3", date(2026, 11, 21)),
        ("2026-11-03", date(2026, 11, 3)),
    ],
)
def test_a_day_is_taken_as_people_and_programs_write_it(text: str, day: date) -> None:
    form = Party({"day": text})
    assert form.is_valid()
    assert form.cleaned_data == {"day": day, "until": None}


def test_what_is_no_day_is_said_at_the_field_and_stays_there() -> None:
    form = Party({"day": "31 feb"})
    assert form.errors == {"day": ["February 2026 has 28 days."]}
    assert 'value="31 feb"' in rendered(form)


def test_a_day_that_is_needed_is_asked_for() -> None:
    assert Party({"day": "  "}).errors == {"day": ["This field is required."]}


def test_a_day_is_shown_as_the_household_writes_it_with_its_calendar() -> None:
    html = rendered(Party(initial={"day": date(2026, 11, 3)}, locale="de-DE"))
    assert 'value="3.11.2026"' in html
    assert '<day-input data-pattern="d.m.yyyy">' in html
    assert 'min="1900-01-01" max="2199-12-31"' in html
    assert "A date, or words like yesterday" in html


@time_machine.travel("2026-11-18 12:00 +0000")
def test_a_field_of_no_household_counts_from_today_in_the_time_zone_in_force() -> None:
    assert DayTextField().clean("yesterday") == date(2026, 11, 17)


def test_another_way_to_write_the_same_day_is_no_change() -> None:
    form = Party({"day": "yesterday", "until": ""}, initial={"day": date(2026, 11, 17)})
    assert form.changed_data == []
    assert Party({"day": "soon"}, initial={"day": date(2026, 11, 17)}).changed_data == ["day"]


@given(st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(["en-US", "en-GB", "de-DE", "sv-SE", "he-IL", "ja-JP"]))
def test_what_the_field_shows_it_takes_back(day: date, locale: str) -> None:
    shown = Party(initial={"day": day}, locale=locale)["day"].value()
    again = Party({"day": shown}, locale=locale)
    assert again.is_valid()
    assert again.cleaned_data["day"] == day
