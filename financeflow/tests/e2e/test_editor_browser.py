"""The transaction editor in real browsers: by the keyboard, with parts and papers, and without JavaScript."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from ledger.models import Transaction
from ledger.queries.checking import violations
from ledger.tests.entries import at, spend
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, image


@pytest.fixture
def household(site: str) -> Household:
    household = HouseholdFactory.create(base_currency="EUR", locale="en-GB")
    AccountFactory.create(household=household, name="Everyday")
    return household


@pytest.fixture
def open_at(open_for: OpenFor, household: Household) -> OpenFor:
    return partial(open_for, owner_of(household))


def the_one(household: Household) -> Transaction:
    with household_scope(household.pk):
        assert violations() == []
        return Transaction.objects.select_related("payee", "account").get(trashed_at=None)


def parts_of(row: Transaction) -> list[tuple[str, int]]:
    with household_scope(row.household_id):
        lines = row.lines.select_related("category")
        return [(line.category.name if line.category else "", line.amount) for line in lines]


def test_a_transaction_is_added_by_the_keyboard_alone(household: Household, open_at: OpenFor) -> None:
    page = open_at("/accounts/")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Amount", exact=True)).to_be_focused()
    page.keyboard.type("16.99*2+5")
    dialog.get_by_label("Payee").fill("Pret")
    category = dialog.get_by_label("Category")
    category.focus()
    page.keyboard.type("dini")
    expect(page.get_by_role("option", name="Dining")).to_be_visible()
    page.keyboard.press("Enter")
    expect(category).to_have_text("Dining")
    expect(category).to_be_focused()
    dialog.get_by_label("Day", exact=True).fill("yesterday")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("Added −€38.98, Pret")
    expect(page.locator(".accounts")).to_contain_text("€61.02")
    row = the_one(household)
    assert (row.amount, parts_of(row)) == (-3898, [("Dining", -3898)])


def test_what_belongs_to_a_transfer_shows_for_a_transfer_alone(household: Household, open_at: OpenFor) -> None:
    AccountFactory.create(household=household, name="Savings")
    page = open_at("/transactions/add/")
    expect(page.get_by_label("Payee")).to_be_visible()
    expect(page.get_by_label("To account")).to_be_hidden()
    page.get_by_text("Transfer", exact=True).click()
    expect(page.get_by_label("Payee")).to_be_hidden()
    expect(page.get_by_label("From account")).to_be_visible()
    page.get_by_label("Amount", exact=True).fill("7")
    page.get_by_label("To account").click()
    page.get_by_role("option", name="Savings").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/transactions/**")
    with household_scope(household.pk):
        assert Transaction.objects.filter(transfer__isnull=False).count() == 2


def test_what_remains_of_a_split_follows_while_one_types(household: Household, open_at: OpenFor) -> None:
    account = AccountFactory.create(household=household, name="Card")
    row = spend(account, -6840, payee="Trattoria")
    page = open_at(at("transaction_split", row))
    save = page.get_by_role("button", name="Save the split").last
    page.get_by_label("Amount of part 1").fill("38.40")
    expect(page.get_by_role("status").filter(has_text="Still to place.")).to_contain_text("€30.00")
    expect(save).to_be_disabled()
    page.get_by_label("Amount of part 2").fill("30%")
    expect(page.locator("#split-share-2")).to_have_text("€20.52")
    expect(page.get_by_role("status").filter(has_text="Still to place.")).to_contain_text("€9.48")
    page.get_by_role("button", name="Add a part").click()
    page.get_by_role("button", name="Category of part 3").click()
    page.get_by_role("option", name="Groceries").click()
    page.get_by_role("button", name="Put it on the last part").click()
    expect(page.get_by_label("Amount of part 3")).to_have_value("9.48")
    expect(page.get_by_label("Category of part 3")).to_have_text("Groceries")
    expect(page.get_by_text("Every cent is placed.")).to_be_visible()
    save.click()
    page.wait_for_url("**/transactions/")
    assert parts_of(the_one(household)) == [("", -3840), ("", -2052), ("Groceries", -948)]


def test_papers_are_sent_at_once_told_apart_and_taken_back(
    household: Household, open_at: OpenFor, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    row = spend(AccountFactory.create(household=household), payee="Pret")
    files = {"receipt.png": image(size=(600, 800)), "invoice.pdf": PDF, "virus.png": b"<script>alert(1)</script>"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page = open_at(at("transaction_edit", row))
    page.locator("input[name=papers]").set_input_files([tmp_path / name for name in files])
    papers = page.locator(".paper")
    expect(papers).to_have_count(2)
    expect(page.locator("#paper-faults")).to_contain_text("virus.png")
    expect(page.locator("#paper-faults")).to_contain_text("no file we keep")
    shown = papers.first.locator("img")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.complete ? picture.naturalWidth : picture.decode().then(() => 240)") > 0
    page.get_by_role("button", name="Delete receipt.png").click()
    expect(papers).to_have_count(1)
    page.locator(".toast", has_text="Deleted the paper").get_by_role("button", name="Undo").click()
    expect(papers).to_have_count(2)


def test_a_picture_is_pasted_and_dropped(household: Household, open_at: OpenFor, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    row = spend(AccountFactory.create(household=household), payee="Pret")
    page = open_at(at("transaction_edit", row))
    give = """([kind, bytes]) => {
        const bag = new DataTransfer();
        bag.items.add(new File([new Uint8Array(bytes)], `${kind}.png`, { type: "image/png" }));
        const how = { dataTransfer: bag, clipboardData: bag, bubbles: true, cancelable: true };
        if (kind === "dropped") document.querySelector("paper-drop").dispatchEvent(new DragEvent("drop", how));
        else document.dispatchEvent(new ClipboardEvent("paste", how));
    }"""
    page.wait_for_selector("paper-drop:defined")
    page.wait_for_function("document.readyState === 'complete' && window.htmx")
    page.evaluate(give, ["pasted", list(image(size=(20, 20)))])
    expect(page.locator(".paper")).to_have_count(1)
    page.evaluate(give, ["dropped", list(image(size=(30, 30)))])
    expect(page.locator(".paper")).to_have_text([re.compile("pasted.png"), re.compile("dropped.png")])


def test_all_of_it_works_without_javascript(household: Household, open_at: OpenFor, tmp_path: Path) -> None:
    AccountFactory.create(household=household, name="Savings")
    page = open_at("/transactions/add/", script=False)
    page.get_by_label("Amount", exact=True).fill("abc")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“abc” is not an amount.")
    page.get_by_label("Amount", exact=True).fill("68.40")
    page.get_by_label("Payee").fill("Trattoria")
    page.get_by_label("Category").select_option(label="Dining")
    page.get_by_role("button", name="Save and split").click()
    page.get_by_label("Amount of part 1").fill("30")
    page.get_by_role("button", name="Save the split").last.click()
    expect(page.get_by_role("alert")).to_contain_text("€38.40 still to place.")
    page.get_by_role("button", name="Add a part").click()
    page.get_by_label("Amount of part 2").fill("50%")
    page.get_by_role("button", name="Put it on the last part").click()
    page.get_by_role("button", name="Save the split").last.click()
    row = the_one(household)
    assert parts_of(row) == [("Dining", -3000), ("", -3840)]
    page.goto(at("transaction_edit", row))
    page.get_by_label("Notes").fill("with Ada")
    page.get_by_label("Choose, drop or paste").set_input_files(
        {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Attach").click()
    expect(page.locator(".paper")).to_contain_text("receipt.pdf")
    page.get_by_label("Notes").fill("with Ada")
    page.get_by_role("button", name="Save", exact=True).click()
    assert the_one(household).notes == "with Ada"
    _convert_delete_and_undo(page, household, row)


def _convert_delete_and_undo(page: Page, household: Household, row: Transaction) -> None:
    page.goto(at("transaction_split", row))
    page.get_by_role("button", name="Join the parts").click()
    page.goto(at("transaction_convert", row))
    page.get_by_label("To account").select_option(label="Savings")
    page.get_by_role("button", name="Change it").click()
    page.goto(at("transaction_edit", row))
    page.get_by_role("button", name="More", exact=True).last.click()
    page.locator(".menu:popover-open").get_by_role("button", name="Delete").click()
    with household_scope(household.pk):
        assert not Transaction.objects.filter(trashed_at=None).exists()
    page.goto("/activity/")
    page.get_by_role("button", name=re.compile("Undo.*Deleted −€68.40")).click()
    with household_scope(household.pk):
        assert Transaction.objects.filter(trashed_at=None).count() == 2
        assert violations() == []
