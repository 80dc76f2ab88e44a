"""Income against expenses: what was kept month by month and in all, over a month or ten years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger.calc.periods import latest_months
from ledger.models import Account
from ledger.reporting import income
from ledger.tests.factories import AccountFactory
from ledger.tests.report_books import book, chart_of, series_of, walk_chart, walk_series
from ledger.tests.reported import TODAY, ask, figure, live, rows_of, walk

pytestmark = pytest.mark.django_db
THREE = latest_months(3, TODAY)


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
        ("2026-09-01", 1000_00, "salary"),
        ("2026-09-02", -400_00, "groceries"),
        ("2026-10-02", -700_00, "groceries"),
        ("2026-11-01", 1000_00, "salary"),
        ("2026-11-02", -250_00, "groceries"),
    )
    return account


def test_month_by_month_and_in_all(booked: Account) -> None:
    document = income.build(ask(booked.household, THREE))
    assert rows_of(document, "pieces") == [
        ["September 2026", 1000_00, 400_00, 600_00, 0.6, 600_00],
        ["October 2026", 0, 700_00, -700_00, None, -100_00],
        ["November 2026", 1000_00, 250_00, 750_00, 0.75, 650_00],
        ["Together", 2000_00, 1350_00, 650_00, 0.325, None],
    ]
    assert document.told == ("Of €2,000.00 that came in, €650.00 was kept. In 1 of 3 more was spent than came in.")
    assert walk(booked.household, document) == 3 + 3 * 4 + 3


def test_bars_and_the_line_lead_to_their_lists(booked: Account) -> None:
    document = income.build(ask(booked.household, THREE))
    months, kept = chart_of(document, "months").data, chart_of(document, "kept")
    assert months["current"] == 2
    assert walk_series(booked.household, [months["money_in"], months["money_out"]], months["urls"]) == 6
    assert series_of(kept) == {"Kept": [600_00, -100_00, 650_00]}
    assert walk_chart(booked.household, kept) == 3


def test_against_the_time_before(booked: Account) -> None:
    book(booked, ("2026-06-01", 500_00, "salary"), ("2026-07-01", -100_00, "fuel"))
    document = income.build(ask(booked.household, THREE, compared="before"))
    notes = {figure.key: (figure.note, figure.tone) for figure in document.figures}
    assert notes["income"][0].startswith("+300% on")
    assert notes["income"][1] == "good"
    assert notes["spending"][1] == "bad"
    assert notes["rate"][0].startswith("80% in")


def test_spending_without_any_income(account: Account) -> None:
    book(account, ("2026-11-02", -1, "groceries"))
    document = income.build(ask(account.household, latest_months(1, TODAY)))
    assert document.told == "€0.01 more was spent than came in."
    assert figure(document, "rate").value is None
    assert [section.key for section in document.sections] == ["figures", "months", "pieces"]


@pytest.mark.parametrize(
    ("months", "bars", "says"), [(36, 36, "December 2023"), (60, 21, "Q1 2022"), (120, 10, "2017")]
)
def test_up_to_three_years_by_month_then_by_quarter_or_year(
    account: Account, months: int, bars: int, says: str
) -> None:
    book(account, ("2017-03-02", 10**11, "salary"), ("2026-11-02", -1, "groceries"))
    document = income.build(ask(account.household, latest_months(months, TODAY)))
    data = chart_of(document, "months").data
    assert len(data["labels"]) == bars
    assert says in data["labels"][:2]
    assert walk(account.household, document) > bars


def test_every_door_of_a_life_with_all_its_oddities(scoped: Household) -> None:
    live(scoped, months=2)
    for line in ("", "category:groceries", 'account:"Tanaka’s \\"box\\""', "-tag:none", "is:uncategorised"):
        assert walk(scoped, income.build(ask(scoped, THREE, line))) > 3


def test_a_household_without_anything_is_told_so(scoped: Household) -> None:
    document = income.build(ask(scoped, THREE))
    assert document.told == "Nothing came in and nothing was spent in this time."
    assert [section.key for section in document.sections] == ["figures"]


def test_what_another_member_keeps_private_is_in_no_sum(booked: Account) -> None:
    household = booked.household
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    book(secret, ("2026-11-02", -99_00, "groceries"))
    for viewer, spent in ((owner_of(household), 1350_00), (keeper, 1449_00)):
        with household_scope(household.pk, viewer=viewer.pk):
            assert figure(income.build(ask(household, THREE)), "spending").minor == spent


def test_it_asks_as_often_with_3_rows_as_with_300(
    booked: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(2):
        with django_assert_num_queries(4):
            income.build(ask(booked.household, latest_months(12, TODAY)))
        book(booked, *((f"2026-{month:02}-02", -1_00, "fuel") for month in range(1, 11) for _row in range(10)))


def test_every_member_may_read_it(booked: Account, owner: Client, viewer: Client, stranger: Client) -> None:
    url = "/reports/income/?from=2026-09-01&to=2026-11-30"
    for reader in (owner, viewer):
        assert "1,350" in reader.get(url).text
    assert "1,350" not in stranger.get(url).text
