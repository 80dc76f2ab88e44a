"""The inbox in real browsers: by keyboard alone down to zero and back, on a phone, without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn, OpenFor
from financeflow.tests.e2e.test_look_browser import assert_sound
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Category
from ledger.tests.factories import AccountFactory

LONG = "Notariat Dr. Kleinschmidt und Partner, Treuhandkonto Hamburg"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def books(site: str) -> Household:
    """A transfer to link, two that are alike and have been filed before, and one of a long name that nobody knows."""
    household = HouseholdFactory.create(name="The Lindqvist household")
    everyday = AccountFactory.create(household=household, name="Everyday")
    savings = AccountFactory.create(household=household, name="Rainy day")
    today = today_in(household.time_zone)
    with household_scope(household.pk):
        groceries = Category.objects.get(key="groceries")
        filed = [
            NewTransaction(
                account=everyday,
                date=today - timedelta(days=days),
                amount=-10_00 - days,
                payee="Lidl",
                parts=[Part(-10_00 - days, groceries)] if days > 20 else (),
            )
            for days in (3, 11, 40, 50, 60)
        ]
        moved = [
            NewTransaction(account=account, date=today, amount=amount, values={"description": "Umbuchung"})
            for account, amount in ((everyday, -250_00), (savings, 250_00))
        ]
        long = NewTransaction(account=everyday, date=today, amount=-9_999_999_00, payee=LONG)
        actions.add_transactions(household=household, by=None, rows=[*filed, *moved, long])
    return household


def front(page: Page) -> str:
    return page.locator("[data-ask][open] .ask__what b").inner_text()


def test_the_queue_is_worked_down_to_zero_by_keys_alone(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books), "/inbox/")
    expect(page.locator("#count-inbox_list")).to_contain_text("6")
    assert front(page) == "Everyday to Rainy day"
    page.keyboard.press("j")
    expect(page.locator("[data-ask][open] summary")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Linked 1 transfer")
    expect(page.locator("[data-ask]")).to_have_count(2)
    expect(page.locator("[data-ask][open] summary")).to_be_focused()
    assert front(page) == "Lidl"
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text("Filed 2 transactions under “Groceries”")
    expect(page.locator("[data-ask]")).to_have_count(1)
    page.keyboard.press("c")
    find = page.locator("#dialog").get_by_role("combobox")
    expect(find).to_be_focused()
    find.fill("hous")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="Nothing wants a decision")).to_be_visible()
    expect(page.locator("#count-inbox_list")).to_be_empty()
    page.keyboard.press("u")
    expect(page.locator("[data-ask]")).to_have_count(1)
    assert front(page) == LONG
    expect(page.locator("#count-inbox_list")).to_contain_text("1")


def test_a_category_is_chosen_in_the_dialog_and_the_question_goes(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books), "/inbox/?kind=uncategorised")
    expect(page.locator("[data-ask]")).to_have_count(4)
    page.keyboard.press("c")
    find = page.locator("#dialog").get_by_role("combobox")
    find.fill("dining")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator("[data-ask]")).to_have_count(3)


def test_on_a_phone_every_answer_is_a_finger_wide(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books), "/inbox/", **PHONE)
    expect(page.locator("#count-inbox_list-more")).to_contain_text("6")
    for button in page.locator("[data-ask][open] .ask__deeds .button").all():
        size = button.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    page.locator("[data-ask][open]").get_by_role("button", name="Link as a transfer").tap()
    expect(page.locator("[data-ask]")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_it_all_works_without_javascript(books: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(books), "/inbox/", script=False)
    page.get_by_role("button", name="Link as a transfer").click()
    expect(page.locator("[data-ask][open]")).to_contain_text("Lidl")
    page.get_by_role("button", name=re.compile("File all 2")).click()
    expect(page.locator("[data-ask][open]")).to_contain_text("Notariat")
    page.get_by_role("button", name="Leave without a category").click()
    expect(page.get_by_role("heading", name="Nothing wants a decision")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    page.goto("/inbox/")
    expect(page.locator("[data-ask]")).to_have_count(1)


def test_the_page_is_sound(context: BrowserContext, log_in: LogIn, books: Household) -> None:
    log_in(context, owner_of(books))
    assert_sound(context, ["/inbox/", "/inbox/?kind=transfer", "/inbox/?kind=rate"], where="desk_")
