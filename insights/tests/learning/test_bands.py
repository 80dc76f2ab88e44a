"""How far one goes with a guess is what the household says, and asking costs little."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from financeflow.tenancy.scope import household_scope
from insights.models import School
from insights.queries.suggesting import suggest_categories
from insights.tests.learning.books import Books
from ledger.calc.bands import FILED_FROM, SUGGESTED_FROM, Band
from ledger.models import Payee
from ledger.queries.suggesting import Unfiled

pytestmark = pytest.mark.django_db
QUORN = "Quornbatch"


def choose(**said: Any) -> None:
    School.objects.update(**said)


def test_without_a_choice_the_bands_are_those_of_the_house(books: Books) -> None:
    school = School(household=books.household)
    assert (school.filed_from, school.suggested_from, school.files_by_itself) == (FILED_FROM, SUGGESTED_FROM, True)
    for _time in range(3):
        books.buy(QUORN, "dining")
    first = books.suggested(QUORN)[0]
    assert first.confidence >= FILED_FROM / 100
    assert first.band == Band.FILED


@pytest.mark.parametrize(
    ("chosen", "band"),
    [
        ({}, Band.FILED),
        ({"filed_from": 99}, Band.SUGGESTED),
        ({"filed_from": 100, "suggested_from": 99}, Band.OPEN),
        ({"filed_from": 60}, Band.FILED),
        ({"files_by_itself": False}, Band.SUGGESTED),
        ({"files_by_itself": False, "suggested_from": 99}, Band.SUGGESTED),
    ],
)
def test_the_household_chooses(books: Books, chosen: dict[str, Any], band: Band) -> None:
    for _time in range(3):
        books.buy(QUORN, "dining")
    choose(**chosen)
    first = books.suggested(QUORN)[0]
    assert 0.95 <= first.confidence < 0.99
    assert first.band == band
    assert first.percent == int(first.confidence * 100)


def test_whoever_wants_to_be_asked_is_asked_of_the_usual_category_too(books: Books) -> None:
    bought = books.buy(QUORN, "dining")
    Payee.objects.update(default_category=bought.lines.get().category)
    assert books.suggested(QUORN)[0].band == Band.FILED
    choose(files_by_itself=False)
    assert books.suggested(QUORN)[0].band == Band.SUGGESTED


@pytest.mark.parametrize("percent", [0, 101])
def test_thresholds_are_percents(books: Books, percent: int) -> None:
    with pytest.raises(ValidationError):
        School(household=books.household, filed_from=percent).full_clean()


def test_asking_costs_one_question_however_much_is_asked(books: Books, django_assert_num_queries: Any) -> None:
    books.buy(QUORN, "dining")
    payee = Payee.objects.get()
    with household_scope(books.household.pk, viewer=books.by.pk):
        one = Unfiled(amount=-777, currency="EUR", payee=payee)
        suggest_categories(books.household, [one])
        for some in ([one], [one] * 3):
            with django_assert_num_queries(1):
                suggest_categories(books.household, some)
