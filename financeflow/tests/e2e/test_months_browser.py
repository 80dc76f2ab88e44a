"""The month picker in a real browser: a month, several months, any time, by mouse and by key."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn
from ledger.tests.factories import AccountFactory


def test_months_are_picked_one_by_one_and_together(context: BrowserContext, page: Page, log_in: LogIn) -> None:
    household = HouseholdFactory.create()
    year = datetime.now(UTC).year - 1
    for month, name in ((3, "Spring money"), (6, "Summer money")):
        with time_machine.travel(datetime(year, month, 15, 12, tzinfo=UTC), tick=False):
            AccountFactory.create(household=household, name=name)
    log_in(context, owner_of(household))
    page.goto("/activity/")
    page.get_by_role("button", name="Any time").click()
    page.get_by_label("The year before").click()
    expect(page.locator(".months__year")).to_contain_text(str(year))
    page.get_by_role("link", name="Mar").click()
    page.wait_for_url(f"**/activity/?month={year}-03")
    expect(page.locator("#content")).to_contain_text("Spring money")
    expect(page.locator("#content")).not_to_contain_text("Summer money")

    page.get_by_role("button", name=f"March {year}").click()
    page.get_by_role("link", name="Several months").click()
    expect(page.get_by_role("link", name="Show")).to_be_visible()
    page.get_by_role("link", name="Jun").click()
    expect(page.get_by_role("link", name="Jun")).to_have_attribute("aria-current", "date")
    page.get_by_role("link", name="Show").click()
    expect(page.get_by_role("button", name="2 months")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("Spring money")
    expect(page.locator("#content")).to_contain_text("Summer money")

    page.keyboard.press("0")
    page.wait_for_url("**/activity/?month=*")
    expect(page.locator("#content")).not_to_contain_text("Spring money")
