"""Quick add and editing in place in a real browser: by keyboard alone, by touch, by two people, without JavaScript."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from financeflow.tests.e2e.test_look_browser import AXE, faults
from ledger import actions
from ledger.models import Category, Transaction
from ledger.tests.factories import AccountFactory


@pytest.fixture
def household(site: str) -> Household:
    household = HouseholdFactory.create()
    for name in ("Checking", "Savings"):
        AccountFactory.create(household=household, name=name)
    return household


def spend(household: Household, payee: str, amount: int, *, days: int = 0, **said: Any) -> Transaction:
    with household_scope(household.pk):
        account = household.accounts.order_by("pk")[0]
        today = today_in(household.time_zone)
        day = date.fromordinal(today.toordinal() - days)
        return actions.add_transaction(
            household=household, by=None, account=account, date=day, amount=amount, payee=payee, **said
        )


def rows(page: Page) -> Locator:
    return page.locator("tr[data-row]")


def panel(page: Page) -> Locator:
    return page.locator("#panel:popover-open")


def test_three_lines_are_added_in_a_row_by_keyboard_alone(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household))
    page.keyboard.press("a")
    line = page.locator("#quick")
    expect(line).to_be_focused()
    for number, (text, chip) in enumerate(
        (("12.50 Pret", "Pret"), ("+2400 salary", "Salary"), ("200 checking > savings", "Savings")), start=1
    ):
        page.keyboard.type(text)
        expect(page.locator("#add-read")).to_contain_text(chip)
        page.keyboard.press("Enter")
        expect(line).to_have_value("")
        expect(line).to_be_focused()
        expect(rows(page)).to_have_count(number if number < 3 else 4)
    expect(page.locator("#add-read .chip")).to_have_count(0)
    expect(page.locator("#tally")).to_contain_text("€2,400.00")
    expect(page.locator(".toast").first).to_contain_text("Undo")
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    expect(page.locator("#add-read .field__error")).to_contain_text("Write an amount")
    expect(line).to_have_value("abc")


def test_a_line_typed_fast_is_saved_as_it_was_typed(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household))
    page.locator("#quick").focus()
    for text in ("1 one", "2 two", "3 three"):
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#quick")).to_have_value("")
    expect(rows(page)).to_have_count(3)


def test_a_part_is_changed_by_its_chip_and_the_line_says_so(household: Household, open_for: OpenFor) -> None:
    page = open_for(owner_of(household))
    line = page.locator("#quick")
    line.fill("12.50 Pret")
    page.locator("#add-category").click()
    expect(panel(page).get_by_role("combobox")).to_be_focused()
    page.keyboard.type("groc")
    expect(panel(page).locator(".menu__item--here")).to_have_text("Groceries")
    page.keyboard.press("Enter")
    expect(line).to_have_value("12.50 Pret category:Groceries")
    expect(line).to_be_focused()
    page.locator("#add-day").click()
    panel(page).get_by_role("button", name=re.compile("Yesterday")).click()
    expect(line).to_have_value(re.compile(r"12\.50 Pret category:Groceries \d{4}-\d\d-\d\d"))
    page.locator("#add-account").click()
    panel(page).get_by_role("option", name="Savings").click()
    expect(line).to_have_value(re.compile("@Savings$"))
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Groceries")
    expect(rows(page)).to_contain_text("Savings")


def test_a_category_is_changed_by_key_and_one_walks_on(household: Household, open_for: OpenFor) -> None:
    for number in range(3):
        spend(household, f"Payee {number}", -1000 - number, days=number)
    page = open_for(owner_of(household))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press("c")
    expect(panel(page).get_by_role("combobox")).to_be_focused()
    page.keyboard.type("tran")
    page.keyboard.press("Enter")
    expect(panel(page)).to_have_count(0)
    expect(rows(page).nth(1)).to_contain_text("Transport")
    expect(page.locator(".toast", has_text="Undo")).to_contain_text("Changed")
    page.keyboard.press("j")
    expect(rows(page).nth(2)).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("Ceramics")
    expect(panel(page).locator("[data-make]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(rows(page).nth(2)).to_contain_text("Ceramics")
    page.keyboard.press("c")
    expect(panel(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    page.keyboard.press("z")
    expect(rows(page).nth(2)).not_to_contain_text("Ceramics")


def test_tab_goes_along_the_row_and_keeps_what_was_typed(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000)
    page = open_for(owner_of(household))
    rows(page).locator(".payee__name").click()
    expect(panel(page).get_by_role("combobox")).to_be_focused()
    page.keyboard.type("Lidl")
    expect(panel(page).locator("[data-make]")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_placeholder("Find or make a category")).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel(page).get_by_label("Money out, EUR")).to_be_focused()
    page.keyboard.type("16.99*2")
    page.keyboard.press("Tab")
    expect(panel(page)).to_have_count(0)
    expect(rows(page)).to_contain_text("Lidl")
    expect(rows(page)).to_contain_text("33.98")
    expect(page.locator("#tally")).to_contain_text("33.98")


def test_a_click_elsewhere_keeps_and_escape_leaves(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000)
    page = open_for(owner_of(household))
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(panel(page).get_by_label("Notes")).to_be_focused()
    page.keyboard.type("for Anna")
    page.get_by_role("heading", name="Transactions").click()
    expect(rows(page)).to_contain_text("for Anna")
    rows(page).locator(".payee__note").click()
    expect(panel(page).get_by_label("Notes")).to_be_focused()
    page.keyboard.type("never mind")
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    rows(page).locator(".amount").click()
    expect(panel(page).get_by_label("Money out, EUR")).to_be_focused()
    page.keyboard.type("abc")
    page.get_by_role("heading", name="Transactions").click()
    expect(panel(page).locator(".field__error")).to_contain_text("“abc” is not an amount.")
    page.keyboard.press("Escape")
    expect(rows(page)).to_contain_text("for Anna")
    expect(rows(page)).to_contain_text("10.00")


def test_letters_typed_before_the_list_is_there_are_not_lost(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000)
    page = open_for(owner_of(household))

    def slowly(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/cell/category/", slowly)
    page.keyboard.press("j")
    page.keyboard.type("ctransp")
    page.keyboard.press("Enter")
    expect(rows(page)).to_contain_text("Transport")


def test_tags_are_ticked_and_made_by_typing(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000, tags=["work", "holiday"])
    page = open_for(owner_of(household))
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.keyboard.type("hol")
    page.keyboard.press("Enter")
    page.keyboard.type("friends")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("option", name="friends")).to_have_attribute("aria-selected", "true")
    expect(panel(page).get_by_role("option", name="holiday")).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Enter")
    expect(rows(page).locator(".tag")).to_have_text(["friends", "work"])


def test_the_later_of_two_is_told_beside_the_value(household: Household, open_for: OpenFor) -> None:
    row = spend(household, "Pret", -1000, values={"notes": "ours"})
    page = open_for(owner_of(household))
    rows(page).locator(".payee__note").click()
    expect(panel(page).get_by_label("Notes")).to_be_focused()
    with household_scope(household.pk):
        other = join(household, "editor", name="Ed Editor")
        actions.change_transaction(transaction=row, by=other, edit_version=row.edit_version, notes="theirs")
    expect(rows(page)).to_contain_text("theirs")
    panel(page).get_by_label("Notes").fill("mine")
    page.keyboard.press("Enter")
    told = panel(page).get_by_role("alert")
    expect(told).to_contain_text("was changed while you had it open")
    expect(told).to_contain_text("Ed Editor")
    expect(panel(page).get_by_label("Notes")).to_have_value("mine")
    panel(page).get_by_role("button", name="Save").click()
    expect(rows(page)).to_contain_text("mine")


def test_on_a_phone_the_list_is_a_sheet_with_targets_for_fingers(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000)
    size = {"width": 390, "height": 844}
    page = open_for(owner_of(household), viewport=size, has_touch=True, is_mobile=True, reduced_motion="reduce")
    rows(page).locator(".ledger__category a").tap()
    sheet = panel(page)
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("combobox")).not_to_be_focused()
    page.wait_for_function("Math.round(document.querySelector('#panel').getBoundingClientRect().bottom) === 844")
    box = sheet.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    groceries = sheet.get_by_role("option", name="Groceries")
    target = groceries.bounding_box()
    assert target
    assert target["height"] >= 44
    groceries.tap()
    expect(rows(page)).to_contain_text("Groceries")
    expect(panel(page)).to_have_count(0)
    rows(page).locator(".payee__name").tap()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_without_javascript_a_line_is_read_and_saved_and_a_row_leads_to_its_page(
    household: Household, open_for: OpenFor
) -> None:
    page = open_for(owner_of(household), script=False)
    page.locator("#quick").fill("abc")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".field__error")).to_contain_text("Write an amount")
    page.locator("#quick").fill("12.50 Pret #work")
    page.get_by_role("button", name="Save").click()
    expect(rows(page)).to_contain_text("Pret")
    page.goto("/transactions/quick/?line=12.50+lunch")
    page.locator("#add-category").click()
    page.get_by_role("option", name="Dining", exact=True).click()
    expect(page.locator("#quick")).to_have_value("12.50 lunch category:Dining")
    page.get_by_role("button", name="Save").click()
    expect(rows(page)).to_have_count(2)
    rows(page).locator(".ledger__category a").first.click()
    expect(page).to_have_url(re.compile(r"/transactions/[0-9a-f-]+/edit/"))


def test_panels_and_chips_pass_the_rules_of_accessibility(household: Household, open_for: OpenFor) -> None:
    spend(household, "Pret", -1000, tags=["work"])
    for how in ({}, {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}):
        page = open_for(owner_of(household), reduced_motion="reduce", **how)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.locator("#quick").fill("12.50 Pret #work yesterday")
        expect(page.locator("#add-category")).to_be_visible()
        assert not (wrong := faults(page)), "\n".join(wrong)
        for key in ("c", "p", "t", "d", "a", "n"):
            rows(page).locator(".payee__name").focus()
            page.keyboard.press(key)
            expect(panel(page)).to_be_visible()
            # On a phone the page under the sheet is inert, its main part too.
            wrong = [fault for fault in faults(page) if not fault.startswith("landmark-one-main")]
            assert not wrong, "\n".join(wrong)
            page.keyboard.press("Escape")
            expect(panel(page)).to_have_count(0)


def test_what_is_named_by_screen_readers_is_right(household: Household, open_for: OpenFor) -> None:
    with household_scope(household.pk):
        filed = Category.objects.get(key="dining")
    spend(household, "Pret", -1000, parts=[actions.Part(-1000, filed)])
    page = open_for(owner_of(household))
    rows(page).locator(".ledger__category a").click()
    box = panel(page).get_by_role("combobox", name="Find or make a category")
    expect(box).to_have_attribute("aria-expanded", "true")
    here = panel(page).get_by_role("option", name="Dining", selected=True)
    expect(box).to_have_attribute("aria-activedescendant", str(here.get_attribute("id")))
    expect(page.get_by_role("dialog", name="Category")).to_be_visible()
    expect(rows(page).locator(".ledger__category a")).to_have_attribute("aria-expanded", "true")
