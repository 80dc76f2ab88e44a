"""Every page in both themes and sizes: no accessibility fault, nothing too wide, nothing the policy blocks.

With SCREENSHOTS=<folder> the pictures are kept, to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from financeflow.households.models import User
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.tests.e2e.conftest import LogIn

AXE = next((Path(__file__).parents[1] / "vendor" / "axe-core").glob("*/axe.min.js"))
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Where nothing new is seen but a theme, which changes colours and nothing else.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
Look = tuple[str, str, dict[str, Any]]
LOOKS: list[Look] = [
    ("desk", "light", RULES),
    ("desk", "dark", COLOURS),
    ("phone", "dark", RULES),
    ("phone", "light", COLOURS),
]
# Colours that are on their way to those of another theme have arrived.
STILL = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < 2000).map(each => each.finished.catch(() => {})))"""
# Whatever a page asks for by itself has come, and charts that are in view are drawn.
DRAWN = """() => !document.querySelector('[data-waits]') && [...document.querySelectorAll('chart-figure')]
    .every(each => each.chart || !each.offsetParent || each.getBoundingClientRect().top > innerHeight)"""
# And have grown to what they show.
AT_REST = """() => [...document.querySelectorAll('chart-figure')]
    .every(each => !each.chart || !Chart.animator.running(each.chart))"""
# What is right is not told: to write that down and send it takes longer than to find it.
VIOLATIONS = """rules => axe.run({ runOnly: rules, resultTypes: ["violations"] }).then(({ violations }) => violations
    .map(({ id, help, nodes }) => [`${id}: ${help}`, nodes.slice(0, 3).map((node) => node.target)]))"""
PICTURES = [("desk", "light"), ("desk", "dark"), ("phone", "dark"), ("phone", "light")]

OUTSIDE = ["/", "/auth/login/", "/auth/signup/", "/auth/password/reset/", "/offline/", "/no-such-page/"]
INSIDE = [
    "/dashboard/",
    "/accounts/",
    "/accounts/add/",
    "/categories/",
    "/payees/",
    "/tags/",
    "/rules/",
    "/rules/add/",
    "/rates/",
    "/transactions/",
    "/transactions/?q=amount%3E50+-tag%3Awork+lidl",
    "/transactions/add/",
    "/transactions/search/",
    "/transactions/views/",
    "/activity/?month=2020-01",
    "/activity/",
    "/trash/",
    "/jobs/",
    "/search/?q=a",
    "/settings/profile/",
    "/settings/household/",
    "/settings/members/",
    "/settings/appearance/",
    "/settings/security/",
    "/settings/data/",
    "/no-such-page/",
]


def appear(page: Page, size: str, theme: str) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.evaluate(STILL)


def keep(page: Page, name: str) -> None:
    """Pictures of the page in every size and theme, where somebody wants them."""
    if folder := os.environ.get("SCREENSHOTS"):
        for size, theme in PICTURES:
            appear(page, size, theme)
            page.wait_for_function(DRAWN)
            page.screenshot(path=Path(folder) / f"{name}_{size}_{theme}.png", full_page=size == "phone")


def faults(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What is wrong with the page at hand, in words."""
    found: list[tuple[str, list[Any]]] = page.evaluate(VIOLATIONS, rules)
    wrong = [f"{violation} at {targets}" for violation, targets in found]
    width = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return [*wrong, f"the page is {width} pixels wider than the screen"] if width > 0 else wrong


def assert_sound(context: BrowserContext, paths: list[str], *, where: str) -> None:
    """Nothing is wrong with these pages, each opened once and looked at in every size and theme."""
    page = context.new_page()
    wrong: list[str] = []
    for path in paths:
        appear(page, "desk", "light")
        page.goto(path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        keep(page, f"{where}{path.split('?')[0].strip('/').replace('/', '_') or '_landing'}")
        for size, theme, rules in LOOKS:
            appear(page, size, theme)
            wrong += [f"{path} ({size}, {theme}): {fault}" for fault in faults(page, rules)]
    page.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def owner() -> User:
    household = HouseholdFactory.create(name="The Lindqvist-Montgomery household of Lindenstraße 14 b")
    join(household, "viewer", name="Jonas")
    return owner_of(household)


def test_pages_for_everyone_are_sound(context: BrowserContext) -> None:
    assert_sound(context, OUTSIDE, where="")


def test_pages_of_an_empty_household_are_sound(context: BrowserContext, log_in: LogIn, owner: User) -> None:
    log_in(context, owner)
    assert_sound(context, INSIDE, where="empty_")


def test_pages_of_the_demo_are_sound(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Try the demo").first.click()
    page.wait_for_url("**/dashboard/")
    page.goto("/transactions/")
    row = str(page.locator("tr[data-row] a[href*='/edit/']").first.get_attribute("href")).removesuffix("edit/")
    page.goto("/accounts/")
    register = str(page.locator("#content .row__name a").first.get_attribute("href"))
    page.close()
    assert_sound(context, [*INSIDE, row, f"{row}edit/", f"{row}split/", register], where="demo_")
