"""What an amount is worth in another currency: exact, rounded once, and never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.calc.conversion import BILLION, Rate, convert
from ledger.models import ExchangeRate, TypedRate
from ledger.queries.rates import RateTable, rate_table

FRIDAY = date(2026, 3, 6)
MINOR = st.integers(-(10**15), 10**15)
DIGITS = st.sampled_from([0, 2, 3])
WORTH = st.integers(1, 10**14)


def published(currency: str, per_euro: float, on: date = FRIDAY) -> None:
    ExchangeRate.objects.create(currency=currency, on=on, per_euro=round(per_euro * BILLION), source="test")


def typed(household: Household, currency: str, against: str, worth: float, on: date = FRIDAY) -> None:
    TypedRate.objects.create(
        household=household, currency=currency, against=against, on=on, worth=round(worth * BILLION)
    )


def rate(household: Household, base: str, currency: str, on: date = FRIDAY) -> Rate:
    with household_scope(household.pk):
        return rate_table(base=base, currencies=[currency], first=on, last=on).rate(currency, on)


@given(minor=MINOR, from_digits=DIGITS, to_digits=DIGITS, worth=WORTH)
def test_a_conversion_is_off_by_half_a_unit_at_most(minor: int, from_digits: int, to_digits: int, worth: int) -> None:
    exact = Fraction(minor * worth * 10**to_digits, BILLION * 10**from_digits)
    found = convert(minor, from_digits=from_digits, to_digits=to_digits, rate=Fraction(worth, BILLION))
    assert abs(found - exact) <= Fraction(1, 2)
    assert found == -convert(-minor, from_digits=from_digits, to_digits=to_digits, rate=Fraction(worth, BILLION))


@given(minor=MINOR, digits=DIGITS)
def test_an_amount_at_one_to_one_is_itself(minor: int, digits: int) -> None:
    assert convert(minor, from_digits=digits, to_digits=digits, rate=Fraction(1)) == minor


@given(minor=MINOR, digits=DIGITS, other_digits=DIGITS, one=WORTH, other=WORTH)
def test_there_and_back_is_off_by_what_half_a_unit_is_worth(
    minor: int, digits: int, other_digits: int, one: int, other: int
) -> None:
    days = {"AAA": {FRIDAY: one}, "BBB": {FRIDAY: other}}
    there = RateTable(base="BBB", published=days, typed={}).rate("AAA", FRIDAY).value
    back = RateTable(base="AAA", published=days, typed={}).rate("BBB", FRIDAY).value
    assert there * back == 1
    moved = convert(minor, from_digits=digits, to_digits=other_digits, rate=there)
    home = convert(moved, from_digits=other_digits, to_digits=digits, rate=back)
    assert abs(home - minor) <= Fraction(1, 2) * back * Fraction(10) ** (digits - other_digits) + Fraction(1, 2)


@pytest.mark.parametrize(
    ("minor", "digits", "worth", "expected"),
    [
        (12500, (2, 2), "0.9", 11250),
        (5, (2, 2), "0.5", 2),
        (15, (2, 2), "0.5", 8),
        (-15, (2, 2), "0.5", -8),
        (1000, (0, 2), "0.006", 600),
        (100, (2, 0), "160", 160),
        (1500, (3, 2), "3", 450),
    ],
)
def test_halves_go_to_the_even_neighbour(minor: int, digits: tuple[int, int], worth: str, expected: int) -> None:
    assert convert(minor, from_digits=digits[0], to_digits=digits[1], rate=Fraction(worth)) == expected


@pytest.mark.django_db
def test_the_base_currency_needs_no_rate(household: Household) -> None:
    assert rate(household, "USD", "USD") == Rate(Fraction(1), "same", None)


@pytest.mark.django_db
def test_rates_are_crossed_through_the_euro(household: Household) -> None:
    published("USD", 1.25)
    published("GBP", 0.8)
    assert rate(household, "EUR", "USD") == Rate(Fraction(4, 5), "dated", FRIDAY)
    assert rate(household, "USD", "EUR") == Rate(Fraction(5, 4), "dated", FRIDAY)
    assert rate(household, "USD", "GBP") == Rate(Fraction(25, 16), "dated", FRIDAY)


@pytest.mark.django_db
def test_a_weekend_takes_fridays_rate_and_says_so(household: Household) -> None:
    published("USD", 1.25)
    for days in range(1, 8):
        found = rate(household, "EUR", "USD", FRIDAY + timedelta(days=days))
        assert found == Rate(Fraction(4, 5), "estimated", FRIDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 8, 400])
def test_older_than_a_week_or_later_is_missing_and_never_one_to_one(household: Household, days: int) -> None:
    published("USD", 1.25)
    found = rate(household, "EUR", "USD", FRIDAY + timedelta(days=days))
    assert found == Rate(Fraction(0), "missing", None)


@pytest.mark.django_db
def test_one_half_of_a_cross_rate_is_none(household: Household) -> None:
    published("USD", 1.25)
    published("GBP", 0.8, FRIDAY - timedelta(days=1))
    assert rate(household, "GBP", "USD").state == "missing"
    published("USD", 1.6, FRIDAY - timedelta(days=1))
    assert rate(household, "GBP", "USD") == Rate(Fraction(1, 2), "estimated", FRIDAY - timedelta(days=1))


@pytest.mark.django_db
def test_what_the_household_typed_goes_first(household: Household) -> None:
    published("USD", 1.25)
    typed(household, "USD", "EUR", 0.9)
    assert rate(household, "EUR", "USD") == Rate(Fraction(9, 10), "dated", FRIDAY)
    assert rate(household, "USD", "EUR") == Rate(Fraction(10, 9), "dated", FRIDAY)
    published("USD", 1.6, FRIDAY + timedelta(days=3))
    assert rate(household, "EUR", "USD", FRIDAY + timedelta(days=2)).value == Fraction(9, 10)
    assert rate(household, "EUR", "USD", FRIDAY + timedelta(days=3)) == Rate(
        Fraction(5, 8), "dated", FRIDAY + timedelta(days=3)
    )


@pytest.mark.django_db
def test_typed_both_ways_round_each_way_is_as_it_was_typed(household: Household) -> None:
    typed(household, "USD", "EUR", 0.9)
    typed(household, "EUR", "USD", 1.1)
    assert rate(household, "EUR", "USD").value == Fraction(9, 10)
    assert rate(household, "USD", "EUR").value == Fraction(11, 10)


@pytest.mark.django_db
def test_a_rate_typed_against_a_third_currency_leads_there_and_on(household: Household) -> None:
    published("USD", 1.25)
    published("GBP", 0.8)
    typed(household, "ARS", "USD", 0.001, FRIDAY + timedelta(days=1))
    assert rate(household, "EUR", "ARS", FRIDAY + timedelta(days=1)) == Rate(Fraction(8, 10_000), "estimated", FRIDAY)
    assert rate(household, "EUR", "ARS").state == "missing"
    typed(household, "ARS", "USD", 0.001)
    assert rate(household, "EUR", "ARS") == Rate(Fraction(8, 10_000), "dated", FRIDAY)
    assert rate(household, "ARS", "GBP") == Rate(Fraction(15_625, 10), "dated", FRIDAY)


@pytest.mark.django_db
def test_what_another_household_typed_counts_for_nobody_else(household: Household, stranger: Any) -> None:
    other = Household.objects.exclude(pk=household.pk).get()
    typed(other, "USD", "EUR", 0.9)
    assert rate(household, "EUR", "USD").state == "missing"


@pytest.mark.django_db
def test_a_table_takes_two_queries_however_much_it_holds(household: Household, django_assert_num_queries: Any) -> None:
    for days in range(3):
        for currency in ("USD", "GBP", "JPY"):
            published(currency, 2, FRIDAY - timedelta(days=days))
    with household_scope(household.pk):
        with django_assert_num_queries(2):
            table = rate_table(base="EUR", currencies=["USD", "GBP", "JPY", "EUR"], first=FRIDAY, last=FRIDAY)
        with django_assert_num_queries(0):
            assert {table.rate(code, FRIDAY).state for code in ("USD", "GBP", "JPY")} == {"dated"}
            rate_table(base="EUR", currencies=["EUR"], first=FRIDAY, last=FRIDAY)
