"""Accounts, categories and undo in real browsers: two people at once, the keyboard alone, and no JavaScript at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from financeflow.households.models import Household
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from ledger.tests.factories import AccountFactory


@pytest.fixture
def household(site: str) -> Household:
    return HouseholdFactory.create()


def test_a_change_of_one_is_seen_by_the_other_and_by_no_stranger(household: Household, open_for: OpenFor) -> None:
    mine = open_for(owner_of(household), "/accounts/")
    theirs = open_for(join(household, "viewer"), "/accounts/")
    foreign = open_for(owner_of(HouseholdFactory.create()), "/accounts/")
    for page in (mine, theirs, foreign):
        expect(page.get_by_text("No accounts yet")).to_be_visible()
    mine.get_by_role("link", name="Add an account").first.press("Enter")
    expect(mine.get_by_label("Name")).to_be_focused()
    mine.get_by_label("Name").fill("Savings")
    mine.get_by_label("Opening balance").fill("16.99*2+5")
    mine.keyboard.press("Enter")
    expect(mine.get_by_role("dialog")).to_be_hidden()
    expect(mine.locator(".toast")).to_contain_text("Added the account “Savings”")
    for page in (mine, theirs):
        expect(page.locator(".accounts .row")).to_contain_text("€38.98")
    mine.keyboard.press("z")
    for page in (mine, theirs):
        expect(page.get_by_text("No accounts yet")).to_be_visible()
    expect(foreign.get_by_text("No accounts yet")).to_be_visible()


def test_the_later_of_two_editors_is_told_in_the_dialog(household: Household, open_for: OpenFor) -> None:
    there = f"/accounts/{AccountFactory.create(household=household, name='Shared').uid}/"
    first = open_for(join(household, "editor", name="Ed Editor"), there)
    second = open_for(owner_of(household), there)
    for page in (first, second):
        page.get_by_role("link", name="Change").click()
        expect(page.get_by_role("dialog")).to_be_visible()
    first.get_by_label("Name").fill("Ours")
    first.keyboard.press("Enter")
    expect(first.get_by_role("dialog")).to_be_hidden()
    second.get_by_label("Name").fill("Mine")
    second.keyboard.press("Enter")
    told = second.get_by_role("dialog").get_by_role("alert")
    expect(told).to_contain_text("was changed while you had it open")
    expect(told).to_contain_text("Ed Editor")
    expect(second.get_by_label("Name")).to_have_value("Mine")
    second.get_by_role("button", name="Save").click()
    for page in (first, second):
        expect(page.get_by_role("heading", level=1)).to_have_text("Mine")


def test_whoever_deletes_a_group_is_told_what_it_holds_before(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household), "/categories/")
    page.get_by_role("button", name="More for Transportation").click()
    page.locator(".menu:popover-open").get_by_role("link", name="Delete").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("2 categories")
    page.get_by_role("dialog").get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Transportation")).to_be_visible()


def test_the_books_are_kept_without_javascript(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household), "/accounts/add/", script=False)
    page.get_by_label("Name").fill("Savings")
    page.get_by_label("Opening balance").fill("abc")
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_role("alert")).to_contain_text("“abc” is not an amount.")
    page.get_by_label("Opening balance").fill("(1,250.50)")
    page.get_by_role("button", name="Add account").click()
    expect(page.locator(".accounts .row")).to_contain_text("−€1,250.50")
    page.locator("#content").get_by_role("link", name="Savings").click()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Name").fill("Rainy day")
    page.get_by_role("button", name="Save").click()
    page.goto("/accounts/")
    expect(page.locator(".accounts .row")).to_contain_text("Rainy day")
    page.get_by_role("button", name="More for Rainy day").click()
    page.locator(".menu:popover-open").get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No accounts yet")).to_be_visible()
    page.goto("/trash/")
    page.get_by_role("button", name=re.compile("Put back.*Rainy day")).click()
    page.goto("/activity/")
    page.get_by_role("button", name=re.compile("Undo.*Changed the account “Savings”")).click()
    page.goto("/accounts/")
    expect(page.locator(".accounts .row")).to_contain_text("Savings")
