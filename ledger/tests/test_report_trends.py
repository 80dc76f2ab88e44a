"""Trends: told apart in five ways over one to ten years, the largest or the chosen ones, and where each is heading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger.calc.periods import latest_months, plus_months
from ledger.models import Account, Category, Payee, Tag
from ledger.reporting import trends
from ledger.tests.factories import AccountFactory
from ledger.tests.report_books import book, chart_of, many_categories, series_of, walk_chart
from ledger.tests.reported import TODAY, ask, live, rows_of, walk

pytestmark = pytest.mark.django_db
YEAR_BACK, TEN_YEARS = latest_months(12, TODAY), latest_months(120, TODAY)
WAYS = ("group", "category", "payee", "tag", "account")


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, name="Everyday", opened_on=date(2016, 1, 1))


def monthly(amounts: list[int], key: str = "groceries", payee: str = "Market") -> Iterator[tuple[str, int, str, str]]:
    """An amount a month, the last of them in October 2026."""
    for back, amount in enumerate(reversed(amounts)):
        yield f"{plus_months(date(2026, 10, 5), -back)}", amount, key, payee


def heading_of(account: Account, by: str) -> dict[str, str]:
    document = trends.build(ask(account.household, YEAR_BACK, by=by))
    return {row[0]: row[4] for row in rows_of(document, "series")}


def test_where_each_is_heading_in_words(account: Account) -> None:
    book(account, *monthly([-100] * 9), *monthly([-10, -10, -10, 0, 0, 0, -20, -20, -20], "fuel", "Pump"))
    book(account, *monthly([-10] * 3 + [0] * 6, "dining", "Inn"), *monthly([0] * 6 + [-10] * 3, "travel", "Trip"))
    assert heading_of(account, by="category") == {
        "Groceries": "Steady",
        "Fuel": "Up 100%",
        "Dining": "Ended",
        "Travel": "New",
        "Total": "Up 8%",
    }


def test_a_mean_counts_from_where_the_books_begin(account: Account) -> None:
    book(account, *monthly([-60_00, -30_00]))
    [groceries, _total] = rows_of(trends.build(ask(account.household, TEN_YEARS, by="category")), "series")
    assert groceries[1:3] == [90_00, 30_00]
    [groceries, _total] = rows_of(trends.build(ask(account.household, YEAR_BACK, by="category")), "series")
    assert groceries[1:3] == [90_00, 30_00]


def test_ten_years_are_drawn_by_quarters(account: Account) -> None:
    book(account, *monthly([-1] * 118), ("2017-01-05", -(10**11), "groceries", "Market"))
    chart = chart_of(trends.build(ask(account.household, TEN_YEARS, by="payee")), "over_time")
    assert len(chart.data["labels"]) == 40
    assert chart.data["labels"][0] == "Q1 2017"
    assert sum(series_of(chart)["Market"]) == 10**11 + 118
    assert walk_chart(account.household, chart) == 40


def test_of_forty_payees_thirty_have_a_row_and_the_others_one_together(account: Account) -> None:
    book(account, *(("2026-10-02", -(number + 1), "groceries", f"Payee {number}") for number in range(40)))
    book(account, ("2026-09-02", -700, ""))
    document = trends.build(ask(account.household, YEAR_BACK, by="payee"))
    rows = rows_of(document, "series")
    assert [row[0] for row in rows[:2]] == ["No payee", "Payee 39"]
    assert [row[:2] for row in rows[30:]] == [["All other payees", sum(range(1, 12))], ["Total", 820 + 700]]
    chart = chart_of(document, "over_time")
    assert len(series_of(chart)) == 9
    assert sum(map(sum, series_of(chart).values())) == 820 + 700
    assert walk(account.household, document) > 30
    assert walk_chart(account.household, chart)


def test_of_thirty_categories_eight_are_drawn_and_the_others_as_one(account: Account) -> None:
    kinds = many_categories(account.household, 30)
    book(account, *(("2026-10-02", -(number + 1), kind.name) for number, kind in enumerate(kinds)))
    chart = chart_of(trends.build(ask(account.household, YEAR_BACK, by="category")), "over_time")
    assert sum(series_of(chart)["Other"]) == sum(range(1, 23))
    assert walk_chart(account.household, chart)


def test_chosen_ones_instead_of_the_largest(account: Account) -> None:
    book(account, ("2026-10-02", -5, "fuel", "Pump", ["car"]), ("2026-10-03", -9, "groceries", "Market"))
    household = account.household
    fuel, pump, car = Category.objects.get(key="fuel"), Payee.objects.get(name="Pump"), Tag.objects.get(name="car")
    for by, row in (("category", fuel), ("payee", pump), ("tag", car), ("account", account)):
        document = trends.build(ask(household, YEAR_BACK, by=by, series=(str(row.uid),)))
        first, *total = rows_of(document, "series")
        # Of some tags together there is no list, for a search asks for each of them.
        assert len(total) == (by != "tag")
        assert first[:2] == [str(row), 14 if by == "account" else 5], by
        walk(household, document)
    offered = trends.KIND.choices[2].options(ask(household, YEAR_BACK, by="tag"))
    assert [option.label for option in offered] == ["car"]


def test_what_has_two_tags_counts_for_both_and_the_whole_once(account: Account) -> None:
    book(account, ("2026-10-02", -5, "fuel", "Pump", ["car", "work"]), ("2026-10-03", -9, "groceries", "Market"))
    document = trends.build(ask(account.household, YEAR_BACK, by="tag"))
    assert {row[0]: row[1] for row in rows_of(document, "series")} == {"No tag": 9, "car": 5, "work": 5, "Total": 14}
    assert walk(account.household, document)


def test_an_account_in_another_currency_stands_there_in_ours(account: Account) -> None:
    dollars = AccountFactory.create(household=account.household, name="Dollars", currency="USD")
    book(account, ("2026-10-02", -5_00, "fuel"))
    book(dollars, ("2026-10-02", -7_00, "fuel"))
    document = trends.build(ask(account.household, YEAR_BACK, by="account"))
    assert walk(account.household, document) >= 2
    alone = trends.build(ask(account.household, YEAR_BACK, "account:Dollars", by="account"))
    assert (alone.currency, rows_of(alone, "series")[0][1]) == ("USD", 7_00)
    assert walk(account.household, alone)


def test_against_the_time_before(account: Account) -> None:
    book(account, *monthly([-10] * 20), ("2025-06-05", -5, "fuel", "Pump"))
    for by in WAYS:
        document = trends.build(ask(account.household, YEAR_BACK, by=by, compared="before"))
        assert len(rows_of(document, "series")[0]) == 7
        assert walk(account.household, document)
    document = trends.build(ask(account.household, YEAR_BACK, by="payee", compared="before"))
    assert rows_of(document, "series")[-1][5:] == [9 * 10 + 5, pytest.approx((110 - 95) / 95)]


@pytest.mark.parametrize("flow", ["spending", "income"])
def test_every_door_of_a_life_with_all_its_oddities(scoped: Household, flow: str) -> None:
    live(scoped, months=2)
    for by in WAYS:
        document = trends.build(ask(scoped, latest_months(2, TODAY), by=by, flow=flow))
        assert walk(scoped, document), by
        chart = chart_of(document, "over_time")
        assert walk_chart(scoped, chart), by


def test_one_month_is_no_line_and_nothing_is_told_as_nothing(account: Account) -> None:
    empty = trends.build(ask(account.household, YEAR_BACK))
    assert (len(empty.sections), empty.told, rows_of(empty, "series")) == (1, "", [])
    book(account, ("2026-11-02", -5, "fuel"))
    document = trends.build(ask(account.household, latest_months(1, TODAY)))
    assert [section.key for section in document.sections] == ["series"]


def test_what_another_member_keeps_private_is_told_apart_for_nobody_else(account: Account) -> None:
    household = account.household
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Secret", private_to=keeper, by=keeper)
    book(secret, ("2026-10-02", -5, "fuel", "Hidden payee", ["hidden"]))
    with household_scope(household.pk, viewer=owner_of(household).pk):
        for by in WAYS:
            assert rows_of(trends.build(ask(household, YEAR_BACK, by=by)), "series") == []
            offered = trends.KIND.choices[2].options(ask(household, YEAR_BACK, by=by))
            assert not {"Secret", "Hidden payee", "hidden"} & {option.label for option in offered}
    with household_scope(household.pk, viewer=keeper.pk):
        assert rows_of(trends.build(ask(household, YEAR_BACK, by="payee")), "series")[0][0] == "Hidden payee"


@pytest.mark.parametrize(("by", "count"), [("group", 6), ("payee", 8), ("tag", 9), ("account", 7)])
def test_it_asks_as_often_with_3_rows_as_with_300(
    account: Account, by: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    book(account, ("2026-10-02", -5, "fuel", "Pump", ["car"]))
    for _time in range(2):
        question = ask(account.household, YEAR_BACK, by=by)
        with django_assert_num_queries(count):
            trends.build(question)
        rows = (("2026-10-02", -5, "fuel", f"Pump {number % 50}", [f"tag {number % 9}"]) for number in range(100))
        book(account, *rows)


def test_the_page_offers_what_can_be_told_apart(account: Account, owner: Client, stranger: Client) -> None:
    book(account, ("2026-10-02", -5, "fuel", "Pump", ["car"]))
    page = owner.get("/reports/trends/?by=payee&from=2026-01-01&to=2026-11-21").text
    assert page.count("Pump") > 1
    assert "Pump" not in stranger.get("/reports/trends/?by=payee").text
