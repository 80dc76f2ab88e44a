"""Reconciling, linking transfers and what is owed back in real browsers: by mouse, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn, OpenFor
from financeflow.tests.e2e.test_look_browser import assert_sound
from ledger import actions
from ledger.actions import NewTransaction, Part, reconciling
from ledger.models import Account, Category, Statement, Transaction
from ledger.tests.factories import AccountFactory

LONG = "Notariat Dr. Kleinschmidt und Partner, Treuhandkonto Hamburg"


@dataclass
class Books:
    """An account with an open statement, money that moved, and a meal that was shared."""

    household: Household
    account: Account
    statement: Statement
    meal: Transaction


@pytest.fixture
def books(site: str) -> Books:
    household = HouseholdFactory.create(name="The Lindqvist-Montgomery household of Lindenstraße 14 b")
    account = AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)
    savings = AccountFactory.create(household=household, name="Rainy day", opening_balance=0)
    today = today_in(household.time_zone)
    with household_scope(household.pk):
        dining = Category.objects.get(key="dining")
        rows = [
            NewTransaction(account=account, date=today - timedelta(days=days), amount=-amount, payee=payee)
            for days, amount, payee in ((1, 30_00, "Bäckerei"), (2, 20_00, "Apotheke"), (3, 7_00, LONG))
        ]
        for side, amount in ((account, -50_01), (savings, 50_01)):
            words = {"description": "Umbuchung Rainy day"}
            rows.append(NewTransaction(account=side, date=today - timedelta(days=4), amount=amount, values=words))
        rows.append(NewTransaction(account=savings, date=today, amount=60_00, payee="Anna"))
        actions.add_transactions(household=household, by=None, rows=rows)
        meal = actions.add_transaction(
            household=household,
            by=None,
            account=savings,
            date=today - timedelta(days=9),
            amount=-90_00,
            payee="Osteria",
            parts=[Part(-90_00, dining)],
        )
        statement = reconciling.add_statement(account=account, by=None, on=today, balance=50_00)
    return Books(household, account, statement, meal)


def box(page: Page, name: str) -> Any:
    return page.get_by_role("checkbox", name=re.compile(name))


def test_rows_are_ticked_to_zero_and_locked_and_it_all_comes_back(books: Books, open_for: OpenFor) -> None:
    page = open_for(owner_of(books.household), f"/statements/{books.statement.uid}/")
    left = page.locator(".reckon__difference")
    expect(left).to_contain_text("−€50.00")
    box(page, "Bäckerei").check()
    expect(left).to_contain_text("−€20.00")
    page.get_by_text("Apotheke").click()
    expect(left).to_contain_text("It fits")
    page.reload()
    expect(box(page, "Bäckerei")).to_be_checked()
    expect(left).to_contain_text("It fits")
    page.keyboard.press("l")
    expect(page.get_by_text("Locked: 2 rows explain every cent of it.")).to_be_visible()
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_text("Unlocked the statement").first).to_be_visible()
    expect(box(page, "Apotheke")).to_be_checked()
    page.keyboard.press("z")
    expect(page.get_by_text("Locked: 2 rows explain every cent of it.")).to_be_visible()


def test_ticking_by_keyboard_keeps_the_place_and_counts_each_box(books: Books, open_for: OpenFor) -> None:
    page = open_for(owner_of(books.household), f"/statements/{books.statement.uid}/")
    box(page, "Bäckerei").focus()
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    expect(page.locator(".reckon__difference")).to_contain_text("It fits")
    expect(box(page, LONG)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".reckon__difference")).to_contain_text("€7.00")
    expect(box(page, LONG)).to_be_focused()


def test_what_explains_the_difference_is_mended_by_one_click(books: Books, open_for: OpenFor) -> None:
    page = open_for(owner_of(books.household), f"/statements/{books.statement.uid}/")
    box(page, "Bäckerei").check()
    expect(page.locator(".reckon__difference")).to_contain_text("−€20.00")
    page.get_by_role("link", name="Explain").click()
    gaps = page.locator("#gaps")
    expect(gaps).to_contain_text("“Apotheke” (−€20.00")
    page.wait_for_load_state()
    box(page, LONG).check()
    expect(gaps).not_to_contain_text("is not ticked, and is exactly the difference")
    box(page, LONG).uncheck()
    gaps.get_by_role("button", name="Tick it").first.click()
    expect(page.locator(".reckon__difference")).to_contain_text("It fits")
    expect(box(page, "Apotheke")).to_be_checked()


def test_a_pair_is_linked_and_two_thirds_of_a_meal_are_owed_in_two_clicks(books: Books, open_for: OpenFor) -> None:
    page = open_for(owner_of(books.household), "/transactions/transfers/")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_text("No pair is waiting")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("same amount")).to_be_visible()
    page.goto(f"/transactions/{books.meal.uid}/owed/")
    page.get_by_label("Owed by").fill("Anna")
    page.get_by_role("button", name="2/3").click()
    expect(page).to_have_url(re.compile("/owed/"))
    expect(page.locator("#content")).to_contain_text("since 9 days")
    expect(page.locator("#content")).to_contain_text("from who owes it, exactly what is owed")
    page.locator(".pairs").get_by_role("button", name="Link").click()
    expect(page.locator("#content")).to_contain_text("Nobody owes you anything")
    expect(page.locator("#content")).to_contain_text("came back")


def test_it_all_works_without_javascript(books: Books, open_for: OpenFor) -> None:
    page = open_for(owner_of(books.household), f"/accounts/{books.account.uid}/statements/", script=False)
    page.get_by_role("link", name=re.compile("Open")).click()
    box(page, "Bäckerei").check()
    box(page, "Apotheke").check()
    page.get_by_role("button", name="Add up").click()
    expect(page.locator(".reckon__difference")).to_contain_text("It fits")
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_text("Locked: 2 rows explain every cent of it.")).to_be_visible()
    page.get_by_role("button", name="Unlock").click()
    expect(box(page, "Apotheke")).to_be_checked()
    page.goto("/transactions/transfers/")
    page.get_by_role("button", name="Not a transfer").click()
    expect(page.get_by_text("No pair is waiting")).to_be_visible()
    page.goto(f"/transactions/{books.meal.uid}/owed/")
    page.get_by_label("How much").fill("90/3")
    page.get_by_label("Owed by").fill("Ben")
    page.get_by_role("button", name="It is owed").click()
    expect(page.locator("#content")).to_contain_text("Ben")
    page.get_by_role("button", name="More for Ben").click()
    page.get_by_role("button", name="Not owed at all").click()
    expect(page.locator("#content")).to_contain_text("Nobody owes you anything")


def test_the_pages_are_sound(context: BrowserContext, log_in: LogIn, books: Books) -> None:
    log_in(context, owner_of(books.household))
    with household_scope(books.household.pk):
        reconciling.set_ticks(statement=books.statement, tick=Transaction.objects.filter(amount=-30_00))
    paths = [
        f"/accounts/{books.account.uid}/statements/",
        f"/accounts/{books.account.uid}/reconcile/",
        f"/statements/{books.statement.uid}/?explain=1",
        f"/statements/{books.statement.uid}/edit/",
        "/transactions/transfers/",
        f"/transactions/{books.meal.uid}/pair/",
        f"/transactions/{books.meal.uid}/owed/",
        f"/transactions/{books.meal.uid}/money-back/",
        "/owed/",
    ]
    assert_sound(context, paths, where="desk_")
