"""Categories by month: which months and categories, their sums beside each other, and the lists behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger.calc.periods import Period, latest_months
from ledger.models import Account, Category
from ledger.reporting import categories
from ledger.reporting.document import Amount
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.tests.report_books import book, chart_of, many_categories, series_of, walk_chart, walk_series
from ledger.tests.reported import MONTH, TODAY, ask, live, rows_of, walk

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
        ("2026-09-02", -100_00, "groceries"),
        ("2026-10-02", -140_00, "groceries"),
        ("2026-10-05", -60_00, "dining"),
        ("2026-11-02", -50_00, "groceries"),
        ("2026-11-03", -1, ""),
        ("2026-11-01", 3000_00, "salary"),
    )
    return account


def test_sums_averages_and_changes_month_beside_month(booked: Account) -> None:
    document = categories.build(ask(booked.household, THREE))
    rows = rows_of(document, "categories")
    # November still runs: the change is October's, against September.
    assert rows == [
        ["Food & Drinks", 350_00, 116_67, 1.0, 100_00, 200_00, 50_00],
        ["Groceries", 290_00, 96_67, 0.4, 100_00, 140_00, 50_00],
        ["Dining", 60_00, 20_00, None, None, 60_00, None],
        ["Uncategorised", 1, 0, None, None, None, 1],
        ["Total", 350_01, 116_67, 1.0, 100_00, 200_00, 50_01],
    ]
    assert document.told.startswith("Food & Drinks was the most, with €350.00. October 2026 came to more")
    assert walk(booked.household, document) > 15


def test_months_that_do_not_follow_each_other(booked: Account) -> None:
    document = categories.build(ask(booked.household, months=("2026-11", "2026-09")))
    assert document.subtitle == "Sept 2026, Nov 2026"
    total = rows_of(document, "categories")[-1]
    assert total[1:2] + total[4:] == [150_01, 100_00, 50_01]
    door = next(table for table in document.tables if table.key == "categories").rows[-1].cells[1]
    assert isinstance(door, Amount)
    assert door.url.count("month=") == 2
    assert walk(booked.household, document)


def test_the_list_of_several_months_is_those_months(booked: Account, owner: Client) -> None:
    page = owner.get("/transactions/?month=2026-09&month=2026-11&q=category:groceries").text
    assert "150.00" in page
    assert "140.00" not in page


def test_at_most_two_years_are_set_beside_each_other(booked: Account) -> None:
    question = ask(booked.household, latest_months(60, TODAY))
    assert len(categories.chosen_months(question)) == 24
    ragged = ask(booked.household, Period(date(2026, 10, 4), date(2026, 11, 2)))
    assert rows_of(categories.build(ragged), "categories")[-1][4:] == [60_00, 50_00]


def test_chosen_categories_alone_and_a_group_with_all_in_it(booked: Account) -> None:
    groceries = Category.objects.get(key="groceries")
    document = categories.build(ask(booked.household, THREE, category=str(groceries.uid)))
    assert [row[0] for row in rows_of(document, "categories")] == ["Food & Drinks", "Groceries", "Total"]
    assert rows_of(document, "categories")[-1][1] == 290_00
    assert walk(booked.household, document)
    assert groceries.parent
    document = categories.build(ask(booked.household, THREE, category=str(groceries.parent.uid)))
    assert rows_of(document, "categories")[-1][1] == 350_00


def test_income_too(booked: Account) -> None:
    document = categories.build(ask(booked.household, THREE, flow="income"))
    assert rows_of(document, "categories")[-1][1] == 3000_00
    assert walk(booked.household, document)


def test_of_thirty_categories_eight_are_drawn_and_the_others_as_one(account: Account) -> None:
    kinds = many_categories(account.household, 30)
    book(account, *(("2026-11-02", -(number + 1) * 10, kind.name) for number, kind in enumerate(kinds)))
    book(account, ("2026-11-03", -1, ""), ("2026-11-04", -(10**11), "groceries"))
    document = categories.build(ask(account.household, MONTH))
    bars = chart_of(document, "by_month")
    series = series_of(bars)
    assert len(series) == 9
    assert series["Other"] == [sum(range(10, 250, 10))]
    assert sum(map(sum, series.values())) == 10**11 + 4651
    # What has no category is never one of the others: no list asks for both.
    assert series["Uncategorised"] == [1]
    assert walk_chart(account.household, bars) == 9
    ring = chart_of(document, "where").data
    assert sum(slice_["value"] for slice_ in ring["slices"]) == 10**11 + 4651
    assert walk_series(account.household, [[each["value"] for each in ring["slices"]]], [ring["urls"]])


def test_what_came_back_makes_less_than_nothing_and_has_no_slice(account: Account) -> None:
    book(account, ("2026-11-02", 20_00, "groceries"), ("2026-11-02", -5_00, "fuel"))
    document = categories.build(ask(account.household, MONTH))
    assert {each["label"] for each in chart_of(document, "where").data["slices"]} == {"Transportation"}
    assert rows_of(document, "categories")[-1][1] == -15_00
    assert walk(account.household, document)


def test_a_household_without_anything_is_told_so(scoped: Household) -> None:
    document = categories.build(ask(scoped, THREE))
    [table] = document.tables
    assert (table.rows, table.empty, document.told) == ([], "Nothing in these months.", "")


def test_every_door_of_a_life_with_all_its_oddities(scoped: Household) -> None:
    live(scoped, months=2)
    for line in ("", "category:groceries", "-tag:none"):
        document = categories.build(ask(scoped, THREE, line))
        bars = chart_of(document, "by_month")
        assert walk(scoped, document) > 3
        assert walk_chart(scoped, bars)
        assert "in KWD not included" in document.honest or line


def test_what_another_member_keeps_private_is_in_no_sum(booked: Account) -> None:
    household = booked.household
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    book(secret, ("2026-11-02", -999_00, "groceries"))
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert rows_of(categories.build(ask(household, THREE)), "categories")[-1][1] == 350_01
    with household_scope(household.pk, viewer=keeper.pk):
        assert rows_of(categories.build(ask(household, THREE)), "categories")[-1][1] == 1349_01


def test_it_asks_as_often_with_3_rows_as_with_300(
    booked: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(2):
        question = ask(booked.household, latest_months(12, TODAY))
        with django_assert_num_queries(5):
            categories.build(question)
        CategoryFactory.create(household=booked.household)
        book(booked, *((f"2026-{month:02}-02", -1_00, "fuel") for month in range(1, 11) for _row in range(10)))


def test_every_member_may_read_it(booked: Account, owner: Client, viewer: Client, stranger: Client) -> None:
    url = "/reports/categories/?latest=3&months=2026-10"
    for reader in (owner, viewer):
        page = reader.get(url)
        assert page.status_code == 200
        assert "Groceries" in page.text
    assert "Groceries</" not in stranger.get(url).text.partition("report__sections")[2]
