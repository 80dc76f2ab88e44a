"""From the landing page into a demo, keeping it, and coming back as a person with an account."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from financeflow.households.models import User
from financeflow.testing import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def start_the_demo(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Try the demo").click()
    expect(page).to_have_url(re.compile("/dashboard/$"))
    page.wait_for_load_state()


def test_a_demo_is_started_kept_left_and_entered_again(page: Page) -> None:
    start_the_demo(page)
    banner = page.get_by_role("complementary", name="Demo")
    expect(banner).to_contain_text("It goes in 2")
    expect(page.locator(".toast")).to_have_count(0)

    banner.get_by_role("link", name="Keep it").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your name").fill("Amara Lindqvist")
    dialog.get_by_label("E-mail").fill("amara@example.org")
    dialog.get_by_label("Password", exact=True).fill("short")
    dialog.get_by_role("button", name="Make the account").click()
    expect(dialog.get_by_role("alert")).to_contain_text("too short")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Confirm your e-mail")).to_be_visible()

    page.goto("/dashboard/")
    expect(page.get_by_role("complementary", name="Demo")).to_have_count(0)
    page.locator(".rail__who").click()
    page.get_by_role("button", name="Log out").click()
    page.goto("/auth/login/")
    page.get_by_label("E-mail").fill("amara@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard/$"))
    expect(page.locator(".rail__who")).to_contain_text("Amara Lindqvist")
    assert not User.objects.filter(is_guest=True).exists()


def test_the_devices_time_zone_reaches_the_demo(page: Page) -> None:
    start_the_demo(page)
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    page.goto("/settings/household/")
    expect(page.get_by_label("Time zone")).to_have_value(zone)


def test_a_look_is_tried_on_before_it_is_saved(page: Page) -> None:
    start_the_demo(page)
    page.goto("/settings/appearance/")
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    page.get_by_text("Dark", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".toast")).to_contain_text("Saved")


def test_an_export_shows_its_progress_and_is_fetched(page: Page) -> None:
    start_the_demo(page)
    page.goto("/settings/data/")
    page.get_by_role("button", name="Export").click()
    link = page.get_by_role("link", name="Download")
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("financeflow-demo-household-")
