"""Suggestions in a browser: a demo’s rest is categorised by keyboard alone, and rows of the list say yes to a key."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/transactions/categorise/"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def filed_in_the_past(household: Household, account: Account) -> None:
    """Six at Lidl that somebody filed, one that the app did, two that nobody did; and one of a name unheard of."""
    with household_scope(household.pk):
        food = Category.objects.get(key="groceries")
        known: dict[str, Any] = {"account": account, "payee": "Lidl", "amount": -1000}
        rows = [
            actions.NewTransaction(date=date(2026, 5, 1) + timedelta(days=day), parts=[Part(-1000, food)], **known)
            for day in range(6)
        ]
        rows += [actions.NewTransaction(date=date(2026, 6, 2), parts=[Part(-1000, food, learned=96)], **known)]
        rows += [actions.NewTransaction(date=date(2026, 6, day), **known) for day in (3, 4)]
        rows += [actions.NewTransaction(account=account, date=date(2026, 6, 5), amount=-70, payee="Qwxz")]
        actions.add_transactions(household=household, by=None, rows=rows)


@pytest.fixture
def household(site: str) -> Household:
    household = HouseholdFactory.create()
    filed_in_the_past(household, AccountFactory.create(household=household, name="Everyday"))
    return household


def step(page: Page) -> str:
    """Where one is, once it stands still."""
    expect(page.locator("#rest.htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    return page.locator("#rest .page-head p").inner_text()


def press(page: Page, *keys: str) -> None:
    """One key after another; the last leads to another step."""
    before = step(page)
    for key in keys:
        page.keyboard.press(key) if len(key) == 1 or key in ("Enter", "ArrowLeft") else page.keyboard.type(key)
    expect(page.locator("#rest .page-head p")).not_to_have_text(before)


def test_a_demos_rest_is_categorised_by_keyboard_in_well_under_a_minute(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Try the demo").click()
    expect(page).to_have_url(re.compile("/dashboard/$"))
    page.goto("/transactions/?q=is:uncategorised")
    page.get_by_role("link", name="Categorise the rest").last.click()
    expect(page.locator("#rest")).to_contain_text("1 of")
    begun = time.monotonic()
    for _each in range(60):
        if "0 transactions left" in step(page):
            break
        if page.get_by_role("button", name="File under").filter(has_text="↵").count():
            expect(page.locator(".rest__foot .button--primary")).to_be_focused()
            press(page, "Enter")
            continue
        page.keyboard.press("c")
        expect(page.get_by_role("combobox", name="Find a category")).to_be_focused()
        page.keyboard.type("other")
        page.keyboard.press("Enter")
        expect(page.locator(".rest__foot .button--primary")).to_be_focused()
        press(page, "Enter")
    assert time.monotonic() - begun < 40
    expect(page.get_by_role("heading", name="Everything is categorised")).to_be_visible()
    page.goto("/transactions/?q=is:uncategorised")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()


def test_every_key_of_the_wizard(open_for: OpenFor, household: Household) -> None:
    page = open_for(owner_of(household), HERE)
    expect(page.locator("#rest-name")).to_have_text("Lidl")
    expect(page.locator(".rest__preview")).to_contain_text("2 transactions, −€20.00 → Groceries")
    press(page, "s")
    expect(page.locator("#rest-name")).to_have_text("Qwxz")
    press(page, "ArrowLeft")
    page.keyboard.press("r")
    expect(page.locator("#rest-rule")).to_be_checked()
    page.keyboard.press("/")
    page.keyboard.type("dini")
    page.keyboard.press("Enter")
    expect(page.locator(".rest__preview")).to_contain_text("→ Dining")
    expect(page.locator("#rest-rule")).to_be_checked()
    press(page, "1")
    expect(page.locator(".toast")).to_contain_text("Filed 2 transactions under “Groceries”")
    expect(page.locator("#rest-name")).to_have_text("Qwxz")
    press(page, "u")
    expect(page.locator("#rest-name")).to_have_text("Lidl")
    press(page, "s")
    press(page, "s")
    expect(page.locator("#rest")).to_contain_text("2 groups were skipped")


def test_rows_of_the_list_say_yes_to_a_key(open_for: OpenFor, household: Household) -> None:
    page = open_for(owner_of(household), "/transactions/?month=2026-06")
    rows = page.locator("tr[data-row]")
    suggested, learned = rows.nth(1), rows.nth(3)
    expect(suggested).to_contain_text("Groceries?")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(suggested).to_be_focused()
    page.keyboard.press("y")
    expect(suggested.locator(".pill")).to_have_text("Groceries")
    expect(page.locator(".toast")).to_contain_text("Filed 1 transaction under “Groceries”")
    expect(suggested).to_be_focused()
    rows.nth(2).locator(".ledger__accept").click()
    expect(rows.nth(2).locator(".pill")).to_have_text("Groceries")
    badge = learned.get_by_title("Learned, 96 % sure")
    badge.click()
    page.get_by_role("option", name="Why this category?").click()
    expect(page.get_by_role("dialog")).to_contain_text("almost certain")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    learned.focus()
    page.keyboard.press("y")
    expect(badge).to_have_count(0)
    expect(learned).to_be_focused()
    expect(learned.locator(".pill")).to_have_text("Groceries")


def test_without_scripts_the_wizard_is_pages_and_buttons(open_for: OpenFor, household: Household) -> None:
    page = open_for(owner_of(household), HERE, script=False)
    page.get_by_role("option", name="Dining").click()
    expect(page.locator(".rest__preview")).to_contain_text("→ Dining")
    page.get_by_role("button", name="File under Dining").last.click()
    expect(page.locator("#rest-name")).to_have_text("Qwxz")
    page.get_by_role("button", name="Undo the last one").click()
    expect(page.locator("#rest-name")).to_have_text("Lidl")
