"""Cash flow: both sides in balance, folded where they are many, each band with its list, whatever the net."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger.calc.periods import latest_months
from ledger.models import Account, Category
from ledger.reporting import flow
from ledger.reporting.document import Document
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.tests.report_books import book, chart_of, many_categories, walk_series
from ledger.tests.reported import MONTH, TODAY, ask, live, rows_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, opened_on=date(2016, 1, 1))


def bands(document: Document) -> list[tuple[str, str, int]]:
    data = chart_of(document, "bands").data
    label = {key: node["label"] for key, node in data["nodes"].items()}
    return [(label[band["from"]], label[band["to"]], band["value"]) for band in data["flows"]]


def walk_bands(household: Household, document: Document) -> int:
    data = chart_of(document, "bands").data
    return walk_series(household, [[band["value"] for band in data["flows"]]], [data["urls"]])


def in_balance(document: Document) -> bool:
    """What comes to the middle goes on from it."""
    flows: list[dict[str, Any]] = chart_of(document, "bands").data["flows"]
    coming: int = sum(band["value"] for band in flows if band["to"] == "in")
    going: int = sum(band["value"] for band in flows if band["from"] == "in")
    return coming == going


def test_from_income_to_groups_and_what_was_kept(account: Account) -> None:
    book(
        account,
        ("2026-11-01", 1000_00, "salary"),
        ("2026-11-02", -300_00, "groceries"),
        ("2026-11-03", -50_00, "dining"),
        ("2026-11-03", -100_00, "fuel"),
    )
    document = flow.build(ask(account.household))
    assert bands(document) == [
        ("Salary", "Money in", 1000_00),
        ("Money in", "Food & Drinks", 350_00),
        ("Money in", "Transportation", 100_00),
        ("Money in", "Kept", 550_00),
    ]
    assert document.told == "Of €1,000.00 that came in, €550.00 was kept. The most went to Food & Drinks."
    assert rows_of(document, "going")[-1] == ["Kept", 550_00, 0.55]
    assert walk_bands(account.household, document) == 4
    assert walk(account.household, document) == 4 + 1 + 3


def test_down_to_the_categories(account: Account) -> None:
    book(account, ("2026-11-02", -300_00, "groceries"), ("2026-11-03", -50_00, "dining"), ("2026-11-03", -9, "fuel"))
    food = Category.objects.get(key="groceries").parent
    assert food
    book(account, ("2026-11-04", -1_00, food.key or food.name))
    document = flow.build(ask(account.household, detail="category"))
    assert bands(document)[-3:] == [
        ("Food & Drinks", "Groceries", 300_00),
        ("Food & Drinks", "Dining", 50_00),
        ("Food & Drinks", "Food & Drinks, nothing closer", 1_00),
    ]
    assert chart_of(document, "bands").height == "high"
    assert walk_bands(account.household, document)


def test_what_was_spent_beyond_what_came_in_is_from_savings(account: Account) -> None:
    book(account, ("2026-11-01", 1, "salary"), ("2026-11-02", -(10**11), "groceries"))
    document = flow.build(ask(account.household))
    assert ("From savings", "Money in", 10**11 - 1) in bands(document)
    assert in_balance(document)
    assert walk_bands(account.household, document) == 3
    assert rows_of(document, "coming")[-1][:2] == ["From savings", 10**11 - 1]


def test_what_more_came_back_of_than_was_spent_stands_where_money_comes_from(account: Account) -> None:
    book(account, ("2026-11-02", 30_00, "groceries"), ("2026-11-02", -10_00, "fuel"), ("2026-11-03", -5_00, "salary"))
    document = flow.build(ask(account.household, detail="category"))
    assert bands(document) == [
        ("Food & Drinks, money back", "Money in", 30_00),
        ("Money in", "Transportation", 10_00),
        ("Money in", "Salary", 5_00),
        ("Money in", "Kept", 15_00),
    ]
    assert walk_bands(account.household, document) == 4


def test_of_thirty_categories_ten_are_drawn_and_the_others_as_one(account: Account) -> None:
    kinds = many_categories(account.household, 30)
    book(account, *(("2026-11-02", -(number + 1) * 100, kind.name) for number, kind in enumerate(kinds)))
    book(account, ("2026-11-03", -1, ""), ("2026-11-03", 7, ""))
    document = flow.build(ask(account.household))
    ends = [target for source, target, _amount in bands(document) if source == "Money in"]
    assert len(ends) == 11
    assert ends[-2:] == ["Uncategorised", "Other"]
    assert in_balance(document)
    assert walk_bands(account.household, document)
    assert len(rows_of(document, "going")) == 31


def test_one_row_and_none(account: Account) -> None:
    empty = flow.build(ask(account.household))
    assert empty.told == "Nothing came in and nothing was spent in this time."
    assert [section.key for section in empty.sections] == ["coming", "going"]
    book(account, ("2026-11-02", 1, "salary"))
    document = flow.build(ask(account.household))
    assert bands(document) == [("Salary", "Money in", 1), ("Money in", "Kept", 1)]
    assert document.told == "€0.01 came in and nothing was spent."


def test_two_of_one_name_are_two_ends(account: Account) -> None:
    CategoryFactory.create(household=account.household, name="Salary", kind="income")
    twin = CategoryFactory.create(household=account.household, name="Money in", kind="expense")
    book(account, ("2026-11-02", 5, "salary"), ("2026-11-02", -3, twin.name))
    document = flow.build(ask(account.household))
    assert len(chart_of(document, "bands").data["nodes"]) == 4
    assert walk_bands(account.household, document) == 3


def test_against_the_time_before(account: Account) -> None:
    book(account, ("2026-11-02", 100_00, "salary"), ("2026-10-02", 80_00, "salary"), ("2026-10-03", -20_00, "fuel"))
    document = flow.build(ask(account.household, compared="before"))
    assert rows_of(document, "coming") == [["Salary", 100_00, 1.0, 80_00, 0.25]]
    assert rows_of(document, "going") == [["Kept", 100_00, 1.0, 60_00, pytest.approx(2 / 3)]]
    assert walk(account.household, document)


def test_every_door_of_a_life_with_all_its_oddities(scoped: Household) -> None:
    live(scoped, months=2)
    for line in ("", "category:groceries category:dining", 'account:"Tanaka’s \\"box\\""', "-tag:none"):
        document = flow.build(ask(scoped, latest_months(2, TODAY), line, detail="category", compared="before"))
        assert in_balance(document)
        assert walk_bands(scoped, document)
        assert walk(scoped, document)


def test_what_another_member_keeps_private_does_not_flow(account: Account) -> None:
    household = account.household
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    book(secret, ("2026-11-02", -99_00, "groceries"))
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert rows_of(flow.build(ask(household)), "going") == []
    with household_scope(household.pk, viewer=keeper.pk):
        assert rows_of(flow.build(ask(household)), "going")[0][:2] == ["Food & Drinks", 99_00]


def test_it_asks_as_often_with_3_rows_as_with_300(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    book(account, ("2026-11-02", -5, "fuel"))
    for _time in range(2):
        with django_assert_num_queries(3):
            flow.build(ask(account.household, MONTH, detail="category"))
        kinds = many_categories(account.household, 20)
        book(account, *(("2026-11-02", -5, kind.name) for kind in kinds for _row in range(10)))


def test_every_member_may_read_it(account: Account, owner: Client, viewer: Client, stranger: Client) -> None:
    book(account, ("2026-11-02", -1234_56, "groceries"))
    for reader in (owner, viewer):
        assert "1,234" in reader.get("/reports/flow/?month=2026-11").text
    assert "1,234" not in stranger.get("/reports/flow/?month=2026-11").text
