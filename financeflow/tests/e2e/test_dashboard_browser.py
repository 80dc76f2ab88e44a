"""The dashboard in a real browser: arranged by keys and by drag, fresh by itself, a picture that opens its rows."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn, OpenFor
from financeflow.tests.e2e.test_look_browser import AT_REST, DRAWN, STILL, assert_sound
from ledger import actions, story
from ledger.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def household(transactional_db: None) -> Household:
    household: Household = HouseholdFactory.create(base_currency="EUR", locale="en-GB")
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=today_in("UTC"), seed=3, months=3)
    return household


@pytest.fixture
def dashboard(page: Page, context: BrowserContext, log_in: LogIn, household: Household) -> Page:
    """The dashboard as the owner has it open, already listening."""
    log_in(context, owner_of(household))
    with page.expect_response("**/events/**"):
        page.goto("/dashboard/")
    return page


def spend(household: Household, amount: int) -> None:
    with household_scope(household.pk):
        account = Account.objects.get(name="Everyday")
        values = {"account": account, "date": today_in("UTC"), "amount": amount, "payee": "The shop round the corner"}
        actions.add_transaction(household=household, by=owner_of(household), **values)


# How far down the page is once it has come to rest.
COME_TO_REST = """async () => {
    for (let before = -1; scrollY !== before; await new Promise((go) => setTimeout(go, 200))) before = scrollY;
    return scrollY;
}"""
FIRST_SLICE = """figure => {
    const { x, y } = figure.chart.getDatasetMeta(0).data[0].getCenterPoint();
    return { x, y };
}"""


def order(page: Page) -> list[str]:
    parts: list[str] = page.locator("[data-widget]").evaluate_all("all => all.map(each => each.dataset.widget)")
    return parts


def settled(page: Page) -> None:
    expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)


def test_parts_are_arranged_by_keys(dashboard: Page) -> None:
    before = order(dashboard)
    dashboard.get_by_role("link", name="Arrange").click()
    dialog = dashboard.get_by_role("dialog")
    down = dialog.get_by_role("button", name="Move “Net worth” down")
    down.focus()
    dashboard.keyboard.press("Enter")
    expect(dialog.locator(".arrange__name").nth(before.index("accounts") - 1)).to_contain_text("Net worth")
    expect(down).to_be_focused()
    settled(dashboard)
    dashboard.keyboard.press("Alt+ArrowUp")
    expect(dialog.locator(".arrange__name").nth(before.index("worth") - 1)).to_contain_text("Net worth")
    settled(dashboard)
    dialog.get_by_role("button", name="Hide “Accounts”").click()
    expect(dialog.get_by_role("button", name="Show “Accounts”")).to_be_focused()
    expect(dashboard.locator("#widget-accounts")).to_have_count(0)
    expect(dashboard.locator("#widget-worth")).to_have_count(1)
    dialog.get_by_role("button", name="As it was at first").click()
    expect(dashboard.locator("#widget-accounts")).to_have_count(1)
    dialog.get_by_role("link", name="Done").click()
    expect(dialog).to_be_hidden()
    assert order(dashboard) == before


def test_parts_are_arranged_by_drag(dashboard: Page) -> None:
    dashboard.get_by_role("link", name="Arrange").click()
    rows = dashboard.locator(".arrange > li")
    expect(rows.first).to_be_visible()
    dashboard.evaluate(STILL)
    row = rows.filter(has_text="Accounts")
    row.locator("[data-drag]").hover()
    dashboard.mouse.down()
    top = rows.first.bounding_box()
    assert top is not None
    dashboard.mouse.move(top["x"] + 20, top["y"] + 2, steps=8)
    dashboard.mouse.up()
    expect(dashboard.locator(".sheets > :first-child")).to_have_attribute("id", "widget-accounts")
    dashboard.reload()
    expect(dashboard.locator(".sheets > :first-child")).to_have_attribute("id", "widget-accounts")


def test_what_is_entered_elsewhere_shows_without_a_jump(dashboard: Page, household: Household) -> None:
    expect(dashboard.locator("#widget-decide")).to_contain_text("decision")
    link = dashboard.locator("#widget-figures a.figure").first
    link.focus()
    dashboard.mouse.wheel(0, 400)
    dashboard.wait_for_function("() => scrollY > 300")
    before = dashboard.evaluate(COME_TO_REST)
    spend(household, -4321)
    latest = dashboard.locator("#widget-recent")
    expect(latest).to_contain_text("The shop round the corner")
    expect(dashboard.locator("#widget-figures a.figure").first).to_be_focused()
    assert abs(dashboard.evaluate("scrollY") - before) < 2
    # What looks as it did stayed where it stood.
    expect(dashboard.locator("#widget-flow")).to_have_count(1)


def test_a_slice_opens_its_rows(dashboard: Page) -> None:
    dashboard.locator("#widget-where").scroll_into_view_if_needed()
    dashboard.wait_for_function(DRAWN)
    dashboard.wait_for_function("() => document.querySelector('#widget-where chart-figure').chart")
    dashboard.wait_for_function(AT_REST)
    figure = dashboard.locator("#widget-where chart-figure")
    middle, slice_ = figure.evaluate("figure => figure.chart.width / 2"), figure.evaluate(FIRST_SLICE)
    first = dashboard.locator("#widget-where .shares a.figure").first
    amount, address = first.inner_text(), first.get_attribute("href")
    # The first slice begins at the top and goes round by the clock.
    assert slice_["x"] > middle
    figure.locator("canvas").click(position=slice_)
    dashboard.wait_for_url("**/transactions/**")
    assert address is not None
    assert dashboard.url.endswith(address)
    expect(dashboard.locator("#content")).to_contain_text(amount.replace("€", ""))


def test_how_far_back_is_chosen_and_stays(dashboard: Page) -> None:
    dashboard.get_by_role("link", name="6 months").click()
    expect(dashboard.get_by_role("link", name="6 months")).to_have_attribute("aria-current", "true")
    expect(dashboard.get_by_role("link", name="6 months")).to_be_focused()
    assert "worth=6" in dashboard.url
    dashboard.get_by_role("link", name="Each day").click()
    expect(dashboard.locator("chart-figure[kind=days]")).to_have_count(1)
    dashboard.reload()
    expect(dashboard.get_by_role("link", name="6 months")).to_have_attribute("aria-current", "true")
    expect(dashboard.locator("chart-figure[kind=days]")).to_have_count(1)


def test_pictures_are_folded_on_a_phone(dashboard: Page) -> None:
    dashboard.set_viewport_size({"width": 390, "height": 844})
    picture = dashboard.locator("#widget-where .where")
    expect(picture).to_be_hidden()
    dashboard.locator("#widget-where summary").click()
    expect(picture).to_be_visible()
    assert dashboard.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_all_of_it_is_there(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household), "/dashboard/", script=False)
    page.wait_for_url("**/dashboard/?whole=1")
    expect(page.locator("#widget-decide")).to_contain_text("decision")
    page.get_by_role("link", name="Each day").click()
    expect(page.get_by_role("link", name="Each day")).to_have_attribute("aria-current", "true")


def test_the_dashboard_is_sound(context: BrowserContext, log_in: LogIn, household: Household) -> None:
    log_in(context, owner_of(household))
    month = today_in("UTC").replace(day=1)
    several = f"/dashboard/?month={month:%Y-%m}&month={month.replace(year=month.year - 1):%Y-%m}"
    paths = ["/dashboard/?whole=1", "/dashboard/?month=2020-01", several, "/dashboard/arrange/"]
    assert_sound(context, paths, where="dashboard_")


def test_one_transaction_is_sound(context: BrowserContext, log_in: LogIn) -> None:
    household = HouseholdFactory.create()
    log_in(context, owner_of(household))
    assert_sound(context, ["/dashboard/"], where="first_")


def test_the_demo_fills_a_whole_dashboard(context: BrowserContext, page: Page, settings: Any) -> None:
    """With SCREENSHOTS=<folder> the picture is kept: it stands in the README."""
    settings.SANDBOX_MONTHS = 18
    page.set_viewport_size({"width": 1440, "height": 1384})
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("button", name="Try the demo").first.click()
    page.wait_for_url("**/dashboard/")
    page.wait_for_function(DRAWN)
    assert {"figures", "decide", "worth", "accounts", "where", "pace", "months", "flow", "recent"} <= set(order(page))
    expect(page.locator(".spark")).to_have_count(4)
    expect(page.locator("#widget-where .shares tr")).not_to_have_count(0)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "front.png")


# What the headers of an answer with a static file come to where its name holds its hash.
FILE_HEADERS = 360


def weight(answers: list[Response]) -> int:
    """What these answers weigh as a server sends them: files by brotli, pages as a proxy packs them."""
    found = {answer.url: answer for answer in answers if answer.status == 200 and "/events/" not in answer.url}
    total = 0
    for url, answer in found.items():
        body = answer.body()
        if "/static/" in url:
            total += FILE_HEADERS + min(len(body), len(brotli.compress(body)))
        else:
            total += answer.request.sizes()["responseHeadersSize"] + len(zlib.compress(body, 6))
    return total


def test_the_first_load_is_light(context: BrowserContext, page: Page, log_in: LogIn, transactional_db: None) -> None:
    household: Household = HouseholdFactory.create(base_currency="EUR", locale="en-GB")
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=today_in("UTC"), seed=3, months=18)
    log_in(context, owner_of(household))
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/dashboard/")
    page.wait_for_function(DRAWN)
    charts = ("/charts/", "/chart.js/", "/chartjs-chart-sankey/")
    without = [answer for answer in answers if not any(part in answer.url for part in charts)]
    assert weight(without) <= 150_000
    for figure in page.locator("chart-figure").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('chart-figure')].every(each => each.chart)")
    assert weight(answers) <= 250_000
