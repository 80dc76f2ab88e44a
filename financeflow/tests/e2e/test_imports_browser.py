"""The import desk in real browsers: a file is dropped, looked through, corrected, brought in and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.tests.e2e.conftest import OpenFor
from financeflow.tests.e2e.test_look_browser import assert_sound
from ledger import actions
from ledger.models import Account, Transaction
from ledger.tests.factories import AccountFactory

DROP = """
([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/csv" }));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: files }));
}
"""


@pytest.fixture
def household(site: str) -> Household:
    return HouseholdFactory.create(name="The Lindqvist household")


@pytest.fixture
def account(household: Household) -> Account:
    account = AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)
    with household_scope(household.pk):
        bought = today_in(household.time_zone) - timedelta(days=4)
        actions.add_transaction(
            household=household, by=None, account=account, date=bought, amount=-31_90, payee="Buchhandlung Lesezeit"
        )
    return account


@pytest.fixture
def file(household: Household) -> str:
    """A bank's table: three purchases, one of which was typed in already, and a row that cannot be read."""
    today = today_in(household.time_zone)
    days = [f"{today - timedelta(days=n):%d.%m.%Y}" for n in (2, 3, 4)]
    return (
        "Buchungstag;Empfänger;Verwendungszweck;Betrag\n"
        f"{days[0]};Gemüsehof Tannenau;KARTENZAHLUNG;-23,60\n"
        f"{days[1]};Stadtwerke Erlental;ABSCHLAG STROM;-74,00\n"
        f"{days[2]};Buchhandlung Lesezeit;ONLINE BESTELLUNG;-31,90\n"
        f"30.02.{today.year};Storno;FEHLBUCHUNG;-4,50\n"
    )


def kept(household: Household) -> list[tuple[str, int, str]]:
    with household_scope(household.pk):
        rows = Transaction.objects.filter(trashed_at=None).select_related("payee").order_by("-date", "id")
        return [(str(row.payee), row.amount, str(row.lines.get().category or "")) for row in rows]


def row(page: Page, name: str) -> Any:
    return page.get_by_role("row", name=re.compile(name))


def test_a_file_is_dropped_corrected_brought_in_and_taken_back(
    household: Household, account: Account, file: str, open_for: OpenFor
) -> None:
    page = open_for(owner_of(household), "/imports/")
    page.wait_for_selector("file-drop:defined")
    page.evaluate(DROP, ["umsaetze.csv", file])
    expect(page).to_have_url(re.compile("/imports/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("Whose rows are these?")).to_be_visible()
    page.get_by_label("Account", exact=True).select_option(label="Everyday")
    expect(page.get_by_text("Whose rows are these?")).to_be_hidden()
    expect(row(page, "Storno")).to_contain_text("is not a date")

    row(page, "Gemüsehof").get_by_role("link", name="Gemüsehof Tannenau").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("KARTENZAHLUNG")
    dialog.get_by_label("Payee").fill("Farm shop")
    dialog.get_by_label("Category").click()
    page.get_by_role("option", name="Groceries").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row(page, "Farm shop")).to_contain_text("Groceries")

    page.get_by_role("checkbox", name="Select Stadtwerke Erlental").check()
    page.get_by_role("button", name="Leave out").click()
    expect(row(page, "Stadtwerke")).to_contain_text("you: leave out")
    row(page, "Stadtwerke").get_by_role("button", name="Take it back").click()
    expect(row(page, "Stadtwerke")).not_to_contain_text("you: leave out")

    page.get_by_role("button", name=re.compile("Bring in [0-9]")).click()
    expect(page.get_by_role("heading", name=re.compile("from this file are in your books"))).to_be_visible()
    names = [(name, amount) for name, amount, _category in kept(household)]
    assert names == [("Farm shop", -23_60), ("Stadtwerke Erlental", -74_00), ("Buchhandlung Lesezeit", -31_90)]
    assert ("Farm shop", -23_60, "Groceries") in kept(household)
    page.get_by_role("link", name="See the transactions").click()
    expect(page.get_by_text("Farm shop").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("button", name=re.compile("Bring in"))).to_be_visible()
    assert [(name, amount) for name, amount, _category in kept(household)] == [("Buchhandlung Lesezeit", -31_90)]


def test_the_same_without_javascript(
    household: Household, account: Account, file: str, open_for: OpenFor, tmp_path: Path
) -> None:
    path = tmp_path / "umsaetze.csv"
    path.write_text(file, encoding="utf-8")
    page = open_for(owner_of(household), "/imports/", script=False)
    page.get_by_label(re.compile("Drop files anywhere")).set_input_files(path)
    page.get_by_label("Account").select_option(label="Everyday")
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", name="umsaetze.csv")).to_be_visible()
    page.reload()
    row(page, "Stadtwerke").get_by_role("link", name="Stadtwerke Erlental").click()
    page.get_by_label("Payee").fill("Power company")
    page.get_by_label("Leave out").check()
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Power company")).to_contain_text("you: leave out")
    row(page, "Power company").get_by_role("button", name="Take it back").click()
    page.get_by_role("checkbox", name="Select Gemüsehof Tannenau").check()
    page.get_by_role("button", name="Categorise").click()
    page.get_by_label("Category").select_option(label="Groceries")
    page.get_by_role("button", name="Change 1 row").click()
    expect(row(page, "Gemüsehof")).to_contain_text("Groceries")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Bring in [0-9]")).click()
    page.reload()
    expect(page.get_by_text("from this file are in your books")).to_be_visible()
    names = [(name, amount) for name, amount, _category in kept(household)]
    assert names == [("Gemüsehof Tannenau", -23_60), ("Power company", -74_00), ("Buchhandlung Lesezeit", -31_90)]
    with page.expect_navigation():
        page.get_by_role("button", name="Undo this import").click()
    page.reload()
    expect(page.get_by_role("button", name=re.compile("Bring in [0-9]"))).to_be_visible()
    assert [(name, amount) for name, amount, _category in kept(household)] == [("Buchhandlung Lesezeit", -31_90)]


def test_a_file_that_is_too_large_is_not_sent(household: Household, account: Account, open_for: OpenFor) -> None:
    page = open_for(owner_of(household), "/imports/")
    page.wait_for_selector("file-drop:defined")
    page.evaluate("document.querySelector('input[type=file]').dataset.most = '10'")
    page.evaluate(DROP, ["large.csv", "x" * 100])
    expect(page.get_by_role("alert").filter(has_text="One upload carries up to 128 MB")).to_be_visible()
    expect(page).to_have_url(re.compile("/imports/$"))


def test_the_pages_are_sound_in_every_size_and_theme(
    household: Household, account: Account, file: str, open_for: OpenFor
) -> None:
    page = open_for(owner_of(household), "/imports/")
    page.wait_for_selector("file-drop:defined")
    page.evaluate(DROP, ["umsaetze.csv", file])
    expect(page.get_by_text("Whose rows are these?")).to_be_visible()
    here = page.url
    first = page.get_by_role("link", name="Gemüsehof Tannenau").get_attribute("href")
    assert_sound(page.context, ["/imports/", here, f"{here}{first}", f"{here}mapping/"], where="imports_")
    page.get_by_label("Account", exact=True).select_option(label="Everyday")
    page.get_by_role("button", name=re.compile("Bring in [0-9]")).click()
    expect(page.get_by_text("from this file are in your books")).to_be_visible()
    assert_sound(page.context, [here], where="imports_done_")
