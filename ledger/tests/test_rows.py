"""Rows as lists draw them: the same however they were read, whatever was written in them, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from financeflow.households.models import Household
from financeflow.tenancy.scope import OutsideScope, every_household, household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Transaction
from ledger.queries.conditions import Conditions
from ledger.queries.listing import Listing
from ledger.queries.rows import rows_of
from ledger.queries.shown import make_shown
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.views.row_markup import Pen

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('\"1\"')</script>"
PEN = Pen("/transactions/", "/static/icons.svg", "EUR", "en-GB", "en", may_edit=True)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name=f"{EVIL} of accounts")


@pytest.fixture
def books(household: Household, account: Account) -> list[int]:
    """One transaction of each kind that a row looks different by."""
    dollars = AccountFactory.create(household=household, name="Dollars", currency="USD")
    food = CategoryFactory.create(household=household, name=f"{EVIL} food")
    with household_scope(household.pk):
        fun = Category.objects.get(key="entertainment")
        parts = [Part(-300, food), Part(-45, fun)]
        spend(account, -345, payee=EVIL, tags=[EVIL, "work"], parts=parts, values={"notes": EVIL * 20})
        spend(account, -500, payee="Lidl", parts=[Part(-500, food)])
        spend(account, -700, values={"description": EVIL, "status": "pending"})
        spend(account, -800)
        spend(dollars, -900, payee="Diner")
        other = AccountFactory.create(household=household, name="Savings")
        actions.add_transfer(
            household=household, by=None, source=account, target=other, amount=500, on=date(2026, 9, 3)
        )
        return list(Transaction.objects.values_list("pk", flat=True))


def both(household: Household, keys: list[int]) -> tuple[list[Any], list[Any]]:
    found = Listing(household, Conditions())
    light, whole = found.page(light=True).rows, found.page().rows
    assert {row.pk for row in light} == set(keys)
    make_shown(light, household)
    make_shown(whole, household)
    return light, whole


@pytest.mark.parametrize("may_edit", [True, False])
def test_a_row_looks_the_same_however_it_was_read(household: Household, books: list[int], may_edit: bool) -> None:
    pen = replace(PEN, may_edit=may_edit)
    with household_scope(household.pk):
        for light, whole in zip(*both(household, books), strict=True):
            light.part = whole.part = -300 if len(light.parts) > 1 else None
            assert pen.row(light, dated=True) == pen.row(whole, dated=True)
            assert ("/cell/" in pen.row(light)) == may_edit


def test_nothing_that_somebody_wrote_is_markup(
    household: Household, books: list[int], account: Account, owner: Client
) -> None:
    with household_scope(household.pk):
        light, _whole = both(household, books)
        drawn = "".join(PEN.row(row) + PEN.register_row(row) for row in light)
    page = owner.get("/transactions/").text
    for text in (drawn, page, owner.get(f"/accounts/{account.uid}/").text):
        assert "<script>alert" not in text
        assert text.count("&lt;script&gt;alert(&#x27;&quot;1&quot;&#x27;)") >= 5


def test_rows_of_another_household_are_not_read(household: Household, books: list[int]) -> None:
    stranger = HouseholdFactory.create()
    with household_scope(stranger.pk):
        assert rows_of(books) == []
    with every_household("this test looks"):
        assert len(rows_of(books)) == len(books)
    with pytest.raises(OutsideScope):
        rows_of(books)


def test_what_another_keeps_private_is_not_read(household: Household, books: list[int]) -> None:
    """Whether the question was put into SQL for somebody who sees all, or for somebody who does not."""
    ed, anna = join(household, "editor"), owner_of(household)
    secret = AccountFactory.create(household=household, name="Surprise", private_to=ed, by=ed)
    spend(secret, -100, payee="Casino")
    with household_scope(household.pk):
        [hidden] = Transaction.objects.filter(account=secret).values_list("pk", flat=True)
    for viewer, sees in ((anna, False), (ed, True), (anna, False)):
        with household_scope(household.pk, viewer=viewer.pk):
            found = [row.pk for row in rows_of([*books, hidden])]
        assert found == ([*books, hidden] if sees else books)


def test_as_many_questions_for_one_row_as_for_all(household: Household, books: list[int]) -> None:
    with household_scope(household.pk):
        moved = [row.pk for row in rows_of(books) if row.transfer_id]
        for keys in (books, moved[:1]):
            with CaptureQueriesContext(connection) as asked:
                rows_of(keys)
            assert len(asked) == 4


def test_a_name_leads_where_the_member_may_go(
    owner: Client, viewer: Client, household: Household, account: Account
) -> None:
    row = spend(account, payee="Lidl")
    for client, path in ((owner, f"{row.uid}/edit/"), (viewer, f"{row.uid}/")):
        assert f'href="{path}"' in client.get("/transactions/").text
        assert f'href="/transactions/{path}"' in client.get(f"/accounts/{account.uid}/").text
        assert client.get(f"/transactions/{path}").status_code == 200
    assert f"{row.uid}/edit/" not in viewer.get("/transactions/").text
