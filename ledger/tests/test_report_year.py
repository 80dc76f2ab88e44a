"""The year in review: what stood out, told against the year before, with the lists behind every figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger.calc.periods import period_of
from ledger.models import Account
from ledger.reporting import year
from ledger.reporting.document import Document
from ledger.tests.factories import AccountFactory
from ledger.tests.report_books import book, chart_of, walk_series
from ledger.tests.reported import MONTH, YEAR, ask, figure, live, rows_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, opened_on=date(2016, 1, 1))


@pytest.fixture
def booked(account: Account) -> Account:
    book(
        account,
        ("2025-03-01", 900_00, "salary", "Employer"),
        ("2025-03-02", -200_00, "groceries", "Market"),
        ("2025-05-02", -100_00, "fuel", "Pump"),
        ("2025-12-24", -5000_00, "travel", "Toys"),
        ("2026-03-01", 1000_00, "salary", "Employer"),
        ("2026-03-02", -300_00, "groceries", "Market"),
        ("2026-05-01", 100_00, "salary", "Employer"),
        ("2026-05-02", -400_00, "groceries", "Market"),
        ("2026-05-03", -50_00, "fuel", "Pump"),
        ("2026-05-04", -10_00, "dining", "Inn"),
    )
    return account


def stories(document: Document) -> dict[str, list[object]]:
    return {row[0]: row[1:] for row in rows_of(document, "stories_table")}


def test_the_year_is_told_against_as_much_of_the_last_one(booked: Account) -> None:
    document = year.build(ask(booked.household, YEAR))
    assert document.told == (
        "€1,100.00 came in, €760.00 was spent, and €340.00 is left. That is €260.00 short of 2025 up to then."
    )
    notes = {each.key: (each.note, each.tone) for each in document.figures}
    assert notes["income"] == ("+22% on 2025 up to then", "good")
    assert notes["spending"] == ("+153% on 2025 up to then", "bad")
    whole = year.build(ask(booked.household, period_of("year", date(2025, 5, 1))))
    assert figure(whole, "spending").minor == 5300_00
    assert whole.told.endswith("€4,400.00 more than came in.")


def test_what_stood_out(booked: Account) -> None:
    assert stories(year.build(ask(booked.household, YEAR))) == {
        "The best month": ["March 2026", 700_00, "€1,000.00 came in and €300.00 was spent."],
        "The dearest month": ["May 2026", 460_00, "61% of all that was spent."],
        "Most went to": ["Food & Drinks", 710_00, "93% of all that was spent."],
        "Grew most": ["Food & Drinks", 710_00, "€510.00 more than in 2025 up to then."],
        "Fell most": ["Transportation", 50_00, "€50.00 less than in 2025 up to then."],
        "Most was paid to": ["Market", 700_00, "€350.00 in an average month."],
        "The biggest amount": ["Market", -400_00, "On Saturday, 2 May."],
        "New payees": ["", 1, "Named for the first time."],
        "Days without spending": ["", 321, "Of 325 days. The longest stretch was 201 days, 5 May to 21 Nov."],
    }


def test_tables_of_categories_payees_changes_and_the_biggest(booked: Account) -> None:
    document = year.build(ask(booked.household, YEAR))
    assert rows_of(document, "top")[0] == ["Food & Drinks", 710_00, pytest.approx(71 / 76), 200_00, 2.55]
    assert rows_of(document, "payees")[0][:2] == ["Market", 700_00]
    assert rows_of(document, "changed") == [
        ["Food & Drinks", 710_00, 200_00, "€510.00 more"],
        ["Transportation", 50_00, 100_00, "€50.00 less"],
    ]
    # One of each payee.
    assert [row[0] for row in rows_of(document, "biggest")] == ["Market", "Pump", "Inn"]
    assert walk(booked.household, document) > 15
    months = chart_of(document, "months").data
    assert len(months["labels"]) == 12
    assert walk_series(booked.household, [months["money_in"], months["money_out"]], months["urls"]) == 24


def test_a_first_year_is_compared_with_nothing(account: Account) -> None:
    book(account, ("2026-05-02", -1, "groceries"))
    document = year.build(ask(account.household, YEAR))
    assert document.told == "€0.00 came in and €0.01 was spent, €0.01 more than came in."
    assert {"Grew most", "Fell most", "The best month", "The dearest month"} & stories(document).keys() == set()
    assert "changed" not in {section.key for section in document.sections}
    assert walk(account.household, document)


def test_a_year_without_anything_is_told_so(scoped: Household) -> None:
    document = year.build(ask(scoped, YEAR))
    assert document.told == "Nothing came in and nothing was spent in this time."
    assert [section.key for section in document.sections] == ["figures"]


def test_income_alone_and_amounts_of_every_size(account: Account) -> None:
    book(account, ("2026-05-02", 10**11, "salary", "Employer"), ("2026-06-02", 1, "salary"))
    document = year.build(ask(account.household, YEAR))
    assert stories(document)["The best month"][1] == 10**11
    assert "biggest" not in {section.key for section in document.sections}
    assert walk(account.household, document)


def test_every_door_of_a_life_with_all_its_oddities(scoped: Household) -> None:
    live(scoped, months=2)
    for period, line in ((YEAR, ""), (YEAR, "category:groceries"), (MONTH, ""), (YEAR, "-tag:none")):
        assert walk(scoped, year.build(ask(scoped, period, line))) > 3


def test_what_another_member_keeps_private_is_in_no_story(booked: Account) -> None:
    household = booked.household
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    book(secret, ("2026-05-02", -9999_00, "travel", "Hidden place"))
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert "Hidden place" not in str(year.build(ask(household, YEAR)))
    with household_scope(household.pk, viewer=keeper.pk):
        assert stories(year.build(ask(household, YEAR)))["Most was paid to"][0] == "Hidden place"


def test_it_asks_as_often_with_3_rows_as_with_300(
    booked: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(2):
        with django_assert_num_queries(22):
            year.build(ask(booked.household, YEAR))
        book(booked, *(("2026-02-02", -1_00, "fuel", f"Payee {number}") for number in range(100)))


def test_the_page_tells_it_to_everybody_of_the_household(
    booked: Account, owner: Client, viewer: Client, stranger: Client
) -> None:
    for reader in (owner, viewer):
        page = reader.get("/reports/year/?year=2026").text
        assert "The best month" in page
        assert "stories.css" in page
    assert "The best month" not in stranger.get("/reports/year/?year=2026").text
