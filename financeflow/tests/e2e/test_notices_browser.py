"""The bell in a real browser: a notice comes by itself, and reading it is seen in every open tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from financeflow.households.models import Household, User
from financeflow.notify.actions import Notice, notify
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join
from financeflow.tests.e2e.conftest import OpenFor

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def household(transactional_db: None) -> Household:
    household: Household = HouseholdFactory.create()
    return household


@pytest.fixture
def viewer(household: Household) -> User:
    return join(household, "viewer")


def tell(household: Household, person: User, once: str, title: str) -> None:
    with household_scope(household.pk):
        notice = Notice(person.pk, title, "Money in €500.00.", "/accounts/")
        notify(household_id=household.pk, kind="report.monthly", once=once, notices=[notice])


def bell(page: Page) -> Locator:
    return page.get_by_role("banner").get_by_role("button", name="Notifications")


def listening(page: Page, path: str) -> Page:
    with page.expect_response("**/events/**"):
        page.goto(path)
    return page


def test_a_notice_comes_by_itself_and_is_read_in_both_tabs(
    household: Household, viewer: User, open_for: OpenFor
) -> None:
    first = open_for(viewer, viewport=DESK)
    second = first.context.new_page()
    listening(first, "/categories/")
    listening(second, "/notifications/")
    expect(second.get_by_text("Nothing to tell yet")).to_be_visible()
    tell(household, viewer, "2026-09", "September is over")
    tell(household, viewer, "2026-10", "October is over")
    for page in (first, second):
        expect(bell(page)).to_have_accessible_name("Notifications , new: 2")
    expect(second.get_by_text("October is over")).to_be_visible()
    bell(first).click()
    first.get_by_role("button", name="October is over").click()
    expect(first.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    for page in (first, second):
        expect(bell(page)).to_have_accessible_name("Notifications , new: 1")
    bell(first).click()
    first.get_by_role("button", name="Mark all as read").click()
    expect(first.get_by_role("button", name="Mark all as read")).to_have_count(0)
    for page in (first, second):
        expect(bell(page)).to_have_accessible_name("Notifications")
    expect(second.get_by_role("button", name="Mark all as read")).to_have_count(0)


def test_on_a_phone_the_count_is_in_more(household: Household, viewer: User, open_for: OpenFor) -> None:
    page = open_for(viewer, viewport=PHONE, has_touch=True)
    listening(page, "/categories/")
    tell(household, viewer, "2026-10", "October is over")
    more = page.locator("button[popovertarget=more]")
    expect(more).to_contain_text("Notifications: 1")
    more.click()
    page.get_by_role("link", name="Notifications").click()
    page.get_by_role("button", name="October is over").click()
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    expect(more).not_to_contain_text("Notifications")


def test_without_javascript_the_bell_leads_to_the_list(household: Household, viewer: User, open_for: OpenFor) -> None:
    tell(household, viewer, "2026-10", "October is over")
    page = open_for(viewer, "/categories/", script=False, viewport=DESK)
    bell(page).click()
    page.get_by_role("link", name="All notifications").click()
    page.get_by_role("button", name="October is over").click()
    assert page.url.endswith("/accounts/")
    page.goto("/notifications/")
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
    page.goto("/settings/notifications/")
    page.get_by_label("No letters from").fill("22:00")
    page.get_by_label("Until").fill("07:00")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_label("No letters from")).to_have_value("22:00")


def test_the_g_n_keys_lead_to_the_list(viewer: User, open_for: OpenFor) -> None:
    page = open_for(viewer, "/categories/", viewport=DESK)
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
