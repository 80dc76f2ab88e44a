"""A box for a day in a real browser: words, the browser's own calendar, and neither script nor calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from financeflow.households.models import Household
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from ledger.tests.factories import AccountFactory


@pytest.fixture
def household(site: str) -> Household:
    return HouseholdFactory.create(locale="de-DE")


@pytest.fixture
def open_account(open_for: OpenFor, household: Household) -> OpenFor:
    """The page on which an account opened on the 3rd of November 2025 is edited."""
    account = AccountFactory.create(household=household, name="Everyday", opened_on=date(2025, 11, 3))

    def open_account(**options: Any) -> Page:
        return open_for(owner_of(household), f"/accounts/{account.uid}/edit/", **options)

    return open_account


def test_the_calendar_opens_on_the_day_in_the_box_and_writes_the_one_chosen(open_account: OpenFor) -> None:
    page = open_account()
    box = page.get_by_label("Opening date")
    expect(box).to_have_value("3.11.2025")
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.shown = this.value; }")
    button = page.get_by_role("button", name="Choose from a calendar")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.shown") == "2025-11-03"
    calendar = page.locator("day-input input[type=date]")
    calendar.evaluate("field => { field.value = '2025-12-24'; field.dispatchEvent(new Event('change')); }")
    expect(box).to_have_value("24.12.2025")
    expect(box).to_be_focused()


def test_the_calendar_opens_on_today_where_the_box_holds_words(open_account: OpenFor) -> None:
    page = open_account()
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.shown = this.value; }")
    page.get_by_label("Opening date").fill("vorgestern")
    page.get_by_role("button", name="Choose from a calendar").click()
    assert page.evaluate("window.shown") == ""


def test_the_button_is_large_enough_for_a_thumb_and_the_calendar_is_in_nobody_s_way(open_account: OpenFor) -> None:
    page = open_account(viewport={"width": 390, "height": 844})
    size = page.get_by_role("button", name="Choose from a calendar").bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 44
    page.get_by_label("Opening date").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Choose from a calendar")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("day-input input[type=date]")).not_to_be_focused()


def test_a_day_is_typed_without_any_script(open_account: OpenFor) -> None:
    page = open_account(script=False)
    address = page.url
    expect(page.get_by_role("button", name="Choose from a calendar")).to_be_hidden()
    box = page.get_by_label("Opening date")
    box.fill("31. Februar 2025")
    box.press("Enter")
    expect(page.get_by_text("February 2025 has 28 days.").first).to_be_visible()
    box = page.get_by_label("Opening date")
    expect(box).to_have_value("31. Februar 2025")
    box.fill("3. Dez 2024")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/accounts/$"))
    page.goto(address)
    expect(page.get_by_label("Opening date")).to_have_value("3.12.2024")
