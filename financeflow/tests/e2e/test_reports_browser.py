"""Reports in a browser: sound in every size and theme, asked for another way, kept under a name, every bar a door."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn
from financeflow.tests.e2e.test_look_browser import AT_REST, DRAWN, assert_sound
from ledger.reporting.registry import REPORTS

PAGES = ["/reports/", *(f"/reports/{name}/" for name in REPORTS), "/notifications/", "/settings/notifications/"]
LAST_BAR = """figure => {
    const bar = figure.chart.getDatasetMeta(0).data.at(-1);
    return { x: bar.x, y: (bar.y + bar.base) / 2 };
}"""


@pytest.fixture
def demo(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Try the demo").first.click()
    page.wait_for_url("**/dashboard/")
    return page


def test_reports_of_an_empty_household_are_sound(context: BrowserContext, log_in: LogIn) -> None:
    log_in(context, owner_of(HouseholdFactory.create()))
    assert_sound(context, ["/reports/", "/reports/monthly/", "/reports/trends/", "/reports/tax/"], where="empty_")


def test_reports_of_the_demo_are_sound(context: BrowserContext, demo: Page) -> None:
    demo.close()
    assert_sound(context, PAGES, where="demo_")


def test_another_month_is_a_step_away_and_the_report_is_kept_under_a_name(demo: Page) -> None:
    demo.goto("/reports/monthly/?month=2026-10")
    demo.wait_for_load_state()
    demo.get_by_role("link", name=re.compile("September 2026")).first.click()
    expect(demo).to_have_url(re.compile("compare=before|month=2026-09"))
    demo.goto("/reports/monthly/?month=2026-10")
    demo.wait_for_load_state()
    demo.get_by_role("link", name="Save").first.click()
    demo.locator("dialog[open]").get_by_label("Name").fill("My October")
    demo.locator("dialog[open]").get_by_role("button", name=re.compile("Save|Keep")).click()
    expect(demo.locator("dialog[open]")).to_have_count(0)
    demo.goto("/reports/")
    demo.get_by_role("link", name="My October").click()
    expect(demo).to_have_url(re.compile("month=2026-10"))


def test_a_bar_leads_to_the_rows_that_make_it(demo: Page) -> None:
    demo.goto("/reports/categories/")
    demo.wait_for_function(DRAWN)
    figure = demo.locator("chart-figure[kind=bars]").first
    figure.scroll_into_view_if_needed()
    demo.wait_for_function("() => document.querySelector('chart-figure[kind=bars]').chart")
    demo.wait_for_function(AT_REST)
    figure.locator("canvas").click(position=figure.evaluate(LAST_BAR))
    expect(demo).to_have_url(re.compile(r"/transactions/\?"))
    expect(demo.locator("tr[data-row]").first).to_be_visible()
