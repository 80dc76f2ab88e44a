"""The page of what was learned in real browsers: taught in the list, seen, forgotten, and brought back by undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from financeflow.tests.e2e.test_look_browser import assert_sound
from ledger import actions
from ledger.actions import NewTransaction
from ledger.actions.bulk import file_transactions
from ledger.models import Category, Transaction
from ledger.tests.factories import AccountFactory

NAME = "Quornbatch"
PAGE = "/insights/learning/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def books(site: str) -> Household:
    """Two of a name that nobody has heard of."""
    household = HouseholdFactory.create(name="The Lindqvist household")
    account = AccountFactory.create(household=household, name="Everyday")
    today = today_in(household.time_zone)
    with household_scope(household.pk):
        rows = [
            NewTransaction(account=account, date=today - timedelta(days=days), amount=-10_00 - days, payee=NAME)
            for days in (1, 2)
        ]
        actions.add_transactions(household=household, by=None, rows=rows)
    return household


def guessed(page: Page) -> list[str]:
    """What the list suggests for rows that nobody filed."""
    page.goto("/transactions/")
    return page.locator("#rows .pill--guess").all_inner_texts()


def test_taught_in_the_list_forgotten_on_the_page_and_brought_back(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books))
    assert not any("Fuel" in text for text in guessed(page))
    page.locator("#rows tr[data-row]").first.locator(".pill").first.click()
    page.get_by_role("combobox", name="Category").fill("fuel")
    page.keyboard.press("Enter")
    expect(page.locator("#rows tr[data-row]").first).to_contain_text("Fuel")
    assert any("Fuel" in text for text in guessed(page))
    page.goto(PAGE)
    known = page.locator("#known")
    expect(known).to_contain_text(NAME)
    page.get_by_role("button", name=f"Forget {NAME}").click()
    expect(page.locator(".toast")).to_contain_text(f"Forgot “{NAME}”")
    expect(known).not_to_contain_text(NAME)
    assert not any("Fuel" in text for text in guessed(page))
    page.goto("/activity/")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("#toasts")).to_contain_text("Undid")
    assert any("Fuel" in text for text in guessed(page))
    page.goto(PAGE)
    expect(known).to_contain_text(NAME)


def test_on_a_phone_and_without_javascript(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books), PAGE, **PHONE)
    expect(page.get_by_role("heading", name="Nothing learned yet")).to_be_visible()
    assert_sound(page.context, [PAGE], where="learned_nothing_")
    plain = open_for(owner_of(books), "/transactions/?q=is:uncategorised", script=False)
    plain.goto(PAGE)
    plain.get_by_label("From 98 % sure").check()
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_label("From 98 % sure")).to_be_checked()
    with household_scope(books.pk):
        row = Transaction.objects.latest("pk")
        fuel = Category.objects.get(key="fuel")
        file_transactions(
            household=books, by=owner_of(books), rows=Transaction.objects.filter(pk=row.pk), category=fuel
        )
    page.reload()
    expect(page.locator("#known")).to_contain_text(NAME)
    assert_sound(page.context, ["/insights/", PAGE, f"{PAGE}forget-all/"], where="learned_")
    plain.goto(PAGE)
    plain.get_by_role("link", name="Forget all").click()
    plain.get_by_role("button", name="Forget").click()
    expect(plain.get_by_text(NAME)).to_have_count(0)
