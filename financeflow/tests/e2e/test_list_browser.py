"""The list of transactions in real browsers: ticked, walked by keys, scrolled on, live, and without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.tests.e2e.conftest import LogIn, OpenFor
from ledger import actions
from ledger.actions import NewTransaction
from ledger.tests.factories import AccountFactory

ROWS = "#rows tr[data-row]"
BOXES = "#rows [name=pick]"


@pytest.fixture
def household(site: str) -> Household:
    """120 rows, two a day, every second one at Lidl."""
    household = HouseholdFactory.create()
    account = AccountFactory.create(household=household, name="Everyday", opened_on=date(2020, 1, 1))
    with household_scope(household.pk):
        rows = [
            NewTransaction(
                account=account,
                date=date(2026, 6, 30) - timedelta(days=number // 2),
                amount=-100 - number,
                payee=("Lidl", "Rewe")[number % 2],
            )
            for number in range(120)
        ]
        actions.add_transactions(household=household, by=None, rows=rows)
    return household


@pytest.fixture
def here(context: BrowserContext, household: Household, log_in: LogIn) -> Page:
    log_in(context, owner_of(household))
    page = context.new_page()
    page.goto("/transactions/")
    return page


def test_rows_are_ticked_one_by_one_by_days_and_from_one_to_another(here: Page) -> None:
    boxes, bar = here.locator(BOXES), here.locator(".selection")
    expect(bar).to_be_hidden()
    boxes.nth(0).click()
    expect(bar).to_contain_text("1 selected")
    boxes.nth(3).click(modifiers=["Shift"])
    expect(bar).to_contain_text("4 selected")
    expect(bar).to_contain_text("−€4.06")
    day = here.locator("[data-whole-day]")
    expect(day.nth(0)).to_be_checked()
    day.nth(0).click()
    expect(bar).to_contain_text("2 selected")
    day.nth(2).click()
    expect(bar).to_contain_text("4 selected")
    here.get_by_role("button", name="Clear the selection").click()
    expect(bar).to_be_hidden()
    expect(here.locator(f"{BOXES}:checked")).to_have_count(0)


def test_all_that_match_but_one_are_filed_and_it_is_undone(here: Page) -> None:
    here.locator("#q").fill("lidl")
    expect(here).to_have_url("/transactions/?q=lidl")
    expect(here.locator("#tally")).to_contain_text("60")
    here.locator(BOXES).first.click()
    here.get_by_role("button", name="Select all 60 that match").click()
    here.locator(BOXES).nth(1).click()
    expect(here.locator(".selection")).to_contain_text("59 selected")
    here.get_by_role("button", name="Categorise").click()
    expect(here.get_by_role("combobox", name="Find a category")).to_be_focused()
    here.keyboard.type("dini")
    here.keyboard.press("Enter")
    expect(here.locator(".toast")).to_contain_text("Filed 59 transactions under “Dining”")
    expect(here.locator(".selection")).to_be_hidden()
    expect(here.locator(ROWS).nth(0)).to_contain_text("Dining")
    expect(here.locator(ROWS).nth(0).locator(".pill--guess")).to_have_count(0)
    expect(here.locator(ROWS).nth(1).locator(".pill--guess")).to_be_visible()
    here.keyboard.press("z")
    expect(here.locator(ROWS).nth(0).locator(".pill--guess")).to_be_visible()


def test_the_list_is_walked_and_worked_by_keys_alone(here: Page) -> None:
    rows = here.locator(ROWS)
    for _ in range(3):
        here.keyboard.press("j")
    expect(rows.nth(2)).to_be_focused()
    here.keyboard.press("k")
    here.keyboard.press("ArrowDown")
    here.keyboard.press("ArrowUp")
    expect(rows.nth(1)).to_be_focused()
    here.keyboard.press("x")
    expect(here.locator(".selection")).to_contain_text("1 selected")
    here.keyboard.press("x")
    here.keyboard.press("c")
    expect(here.locator("#panel [role=combobox]")).to_be_focused()
    here.keyboard.type("groc")
    here.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("Groceries")
    expect(rows.nth(1)).to_be_focused()
    here.keyboard.press("n")
    expect(here.locator("#panel textarea")).to_be_focused()
    here.keyboard.type("for two")
    here.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("for two")
    here.keyboard.press("e")
    expect(here.locator("dialog[open]")).to_contain_text("Lidl")
    here.keyboard.press("Escape")
    expect(rows.nth(1)).to_be_focused()
    here.keyboard.press("#")
    expect(here.locator(".toast").last).to_contain_text("Deleted 1 transaction")
    expect(here.locator("#tally")).to_contain_text("119")
    expect(rows.nth(1)).to_be_focused()
    here.keyboard.press("z")
    expect(here.locator("#tally")).to_contain_text("120")
    here.keyboard.press("/")
    expect(here.locator("#q")).to_be_focused()
    here.keyboard.press("Escape")


def test_scrolling_brings_every_row_once(here: Page) -> None:
    expect(here.locator(ROWS)).to_have_count(50)
    for count in (100, 120):
        here.locator(ROWS).last.scroll_into_view_if_needed()
        here.mouse.wheel(0, 4000)
        expect(here.locator(ROWS)).to_have_count(count)
    expect(here.locator("#earlier")).to_have_count(0)
    seen = here.locator(ROWS).evaluate_all("rows => new Set(rows.map(row => row.id)).size")
    assert seen == 120
    assert here.locator("#rows .day").count() == 60


def test_a_change_of_another_comes_in_without_moving_anything(
    here: Page, household: Household, open_for: OpenFor
) -> None:
    here.locator(BOXES).nth(4).click()
    here.keyboard.press("j")
    here.mouse.wheel(0, 400)
    kept = here.locator(ROWS).nth(4).get_attribute("id")
    here.evaluate("id => { window.kept = document.getElementById(id) }", kept)
    page = open_for(join(household, "editor"))
    page.locator("#quick").fill("12.34 live shop today")
    page.keyboard.press("Enter")
    expect(here.locator(ROWS).first).to_contain_text("live shop")
    expect(here.locator("#tally")).to_contain_text("121")
    assert here.evaluate("id => document.getElementById(id) === window.kept", kept)
    expect(here.locator(f"#{kept} [name=pick]")).to_be_checked()
    expect(here.locator(".selection")).to_contain_text("1 selected")


def test_menus_chips_and_views_lead_on(here: Page) -> None:
    here.get_by_role("link", name="Category", exact=True).click()
    expect(here.locator("#panel [role=combobox]")).to_be_focused()
    here.keyboard.type("uncat")
    here.keyboard.press("Enter")
    here.wait_for_url("**/transactions/?q=is%3Auncategorised")
    here.get_by_role("link", name="Save this view").click()
    here.get_by_label("Name").fill("To file")
    here.keyboard.press("Enter")
    expect(here.get_by_role("navigation", name="Saved views")).to_contain_text("To file")
    here.get_by_role("link", name="Uncategorised , remove").click()
    here.wait_for_url("**/transactions/")
    here.get_by_role("link", name="To file").click()
    expect(here.get_by_role("link", name="To file")).to_have_attribute("aria-current", "page")


def test_the_list_is_worked_without_javascript(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household), script=False)
    page.locator("#q").fill("lidl amount>1.50")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".chip--on")).to_have_count(2)
    page.get_by_role("link", name="“lidl”").click()
    expect(page).to_have_url("/transactions/?q=amount%3E1.50")
    page.get_by_role("link", name="Category", exact=True).click()
    page.get_by_role("option", name="Uncategorised").click()
    expect(page).to_have_url("/transactions/?q=amount%3E1.50+is%3Auncategorised")
    page.get_by_role("link", name="Earlier").click()
    page.get_by_role("link", name="Back to the latest").click()
    page.locator(BOXES).nth(0).check()
    page.locator(BOXES).nth(1).check()
    page.locator(".selection").get_by_role("button", name="More").click()
    page.get_by_role("button", name="Set the payee").click()
    page.get_by_role("combobox", name="Payee").fill("Aldi")
    page.get_by_role("button", name="Change 2 transactions").click()
    expect(page.locator(".toast").first).to_contain_text("Set the payee of 2 transactions to “Aldi”")
    expect(page.locator(ROWS).nth(0)).to_contain_text("Aldi")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(ROWS).nth(0)).not_to_contain_text("Aldi")
