"""A rule written in a real browser: what it would change is seen while one writes, and done when one says so."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import BrowserContext, Page, expect

from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import LogIn
from ledger import actions
from ledger.actions.rules import add_rule
from ledger.calc.rules import Condition, Deed
from ledger.models import Line
from ledger.tests.factories import AccountFactory


def settled(page: Page, *, conditions: int) -> None:
    """What was drawn anew listens again."""
    expect(page.get_by_label("What to look at")).to_have_count(conditions)
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)


def test_a_rule_is_built_seen_saved_and_undone(context: BrowserContext, page: Page, log_in: LogIn) -> None:
    household = HouseholdFactory.create()
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        for payee in ("Lidl", "Lidl", "Pret"):
            actions.add_transaction(
                household=household, by=None, account=account, date=date(2026, 3, 1), amount=-500, payee=payee
            )
    log_in(context, owner_of(household))
    page.goto("/rules/add/")
    page.get_by_label("Value").fill("lidl")
    page.get_by_role("button", name="Category: Choose").click()
    page.keyboard.type("groc")
    page.keyboard.press("Enter")
    seen = page.locator("#rule-seen")
    expect(seen).to_contain_text("When the payee contains “lidl”, file under Groceries.")
    expect(seen).to_contain_text("2 transactions would change.")
    page.get_by_role("button", name="Add a condition").click()
    settled(page, conditions=2)
    page.get_by_label("What to look at").nth(1).select_option("amount")
    expect(page.get_by_label("How to compare").nth(1)).to_contain_text("is below")
    settled(page, conditions=2)
    page.get_by_label("How to compare").nth(1).select_option("less")
    page.get_by_label("Value").nth(1).fill("4")
    expect(seen).to_contain_text("Nothing that is there would change.")
    page.get_by_role("button", name="Remove this condition").nth(1).click()
    expect(seen).to_contain_text("2 transactions would change.")
    page.get_by_label("Also apply it to the 2 that are there already").check()
    page.get_by_role("button", name="Add rule").click()
    expect(page.locator(".rulelist")).to_contain_text("lidl → Groceries")
    expect(page.locator(".toast").first).to_be_visible()
    with household_scope(household.pk):
        assert Line.objects.filter(category__key="groceries").count() == 2
    page.goto("/rules/runs/")
    page.get_by_role("button", name=re.compile("Undo")).first.click()
    expect(page.locator(".ruleruns")).to_contain_text("Undone")
    with household_scope(household.pk):
        assert Line.objects.filter(category__key="groceries").count() == 0


def test_rules_are_dragged_and_switched(context: BrowserContext, page: Page, log_in: LogIn) -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        for name in ("First", "Second", "Third"):
            add_rule(
                household=household,
                by=None,
                name=name,
                conditions=[Condition("payee", "is", (name,))],
                deeds=[Deed("payee", ("X",))],
            )
    log_in(context, owner_of(household))
    page.goto("/rules/")
    names = page.locator(".rulelist .row__name")
    page.locator("[data-drag]").nth(2).hover()
    page.mouse.down()
    top = page.locator(".rulelist li").first.bounding_box()
    assert top is not None
    page.mouse.move(top["x"] + 20, top["y"] + 2, steps=8)
    page.mouse.up()
    expect(page.locator(".toast").first).to_contain_text("Put the rules in another order")
    page.reload()
    expect(names).to_have_text(["Third", "First", "Second"])
    page.get_by_role("switch", name="Third is in force").click()
    expect(page.get_by_role("switch", name="Third is in force")).to_have_attribute("aria-checked", "false")
