"""Adding a transaction by its form: what is right is written, what is wrong is said at its field."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.models import Account
from ledger.tests.entries import DAY, HTMX, at, balance, category, new, rows
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", locale="en-GB")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household, account: Account) -> Account:
    return AccountFactory.create(household=household, name="Savings")


def test_money_out_is_added_with_all_that_was_said(owner: Client, household: Household, account: Account) -> None:
    said = new(
        account,
        amount="16.99*2+5",
        payee="Pret",
        category=category(household).uid,
        tags="#work, lunch",
        notes="with Ada\nand Tom",
        status="pending",
        posted_on="16/03/2026",
        original_amount="45",
        original_currency="USD",
    )
    answer = owner.post("/transactions/add/", said, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("transaction_list")
    assert "Added −€38.98, Pret" in answer.text
    [row] = rows(household)
    assert (row.amount, str(row.payee), row.date, row.notes) == (-3898, "Pret", DAY, "with Ada\nand Tom")
    assert (row.status, row.posted_on, row.original_amount) == ("pending", date(2026, 3, 16), -4500)
    with household_scope(household.pk):
        assert row.lines.get().category == category(household)
        assert sorted(tagging.tag.name for tagging in row.taggings.all()) == ["lunch", "work"]
    assert balance(account) == 10000 - 3898


def test_the_form_opens_with_its_first_field_and_a_number_of_its_own(owner: Client, account: Account) -> None:
    page = owner.get("/transactions/add/")
    form = page.context["form"]
    assert form["account"].value() == str(account.uid)
    assert page.text.count("autofocus") == 1
    again = owner.get("/transactions/add/").context["form"]
    assert form["form_number"].value() != again["form_number"].value()


def test_without_an_account_the_form_says_what_to_do_first(owner: Client) -> None:
    assert "First an account" in owner.get("/transactions/add/").text


def test_money_in_under_an_expense_category_is_a_refund(owner: Client, household: Household, account: Account) -> None:
    owner.post("/transactions/add/", new(account, kind="in", category=category(household).uid))
    assert [row.amount for row in rows(household)] == [1250]


def test_a_form_sent_twice_saves_once_and_says_so(owner: Client, household: Household, account: Account) -> None:
    said = new(account, form_number=uuid.uuid4())
    owner.post("/transactions/add/", said)
    again = owner.post("/transactions/add/", said, follow=True)
    assert "This was saved already" in again.text
    assert len(rows(household)) == 1


def test_save_and_add_another_keeps_account_and_day(owner: Client, household: Household, account: Account) -> None:
    said = new(account, then="another", date="1/2/2026")
    answer = owner.post("/transactions/add/", said)
    assert f"account={account.uid}" in answer["Location"]
    part = owner.post("/transactions/add/", said, headers=HTMX)
    assert part.status_code == 200
    assert part.context["form"]["date"].value() == "1/2/2026"
    assert part.context["form"]["amount"].value() in (None, "")
    assert len(rows(household)) == 2


def test_save_and_split_goes_on_to_the_parts(owner: Client, household: Household, account: Account) -> None:
    answer = owner.post("/transactions/add/", new(account, then="split"))
    [row] = rows(household)
    assert answer["Location"] == at("transaction_split", row)


def test_a_transfer_is_added_with_both_sides(
    owner: Client, household: Household, account: Account, savings: Account
) -> None:
    said = new(account, kind="transfer", to_account=savings.uid, tags="saving", notes="monthly")
    owner.post("/transactions/add/", said)
    out, into = rows(household)
    assert (out.amount, into.amount, out.transfer_id, into.notes) == (-1250, 1250, into.transfer_id, "monthly")
    assert (balance(account), balance(savings)) == (8750, 11250)


def test_a_transfer_into_another_currency_asks_for_what_arrived(
    owner: Client, household: Household, account: Account
) -> None:
    dollars = AccountFactory.create(household=household, currency="USD")
    said = new(account, kind="transfer", to_account=dollars.uid)
    told = owner.post("/transactions/add/", said)
    assert told.status_code == 422
    assert "Write how much arrived in USD." in told.text
    assert 'name="received"' in told.text
    owner.post("/transactions/add/", {**said, "received": "13.40"})
    assert [row.amount for row in rows(household)] == [-1250, 1340]


AMOUNTS = ["", "abc", "nan", "inf", "-inf", "1e9", "--5", "-5", "10000000000000000", "12.345", "1/0", "€" * 200]
WRONG: list[tuple[dict[str, Any], str]] = [
    *(({"amount": amount}, "amount") for amount in AMOUNTS),
    ({"date": "31/02/2026"}, "date"),
    ({"date": "1/1/0"}, "date"),
    ({"date": ""}, "date"),
    ({"date": "1/1/1066"}, "date"),
    ({"posted_on": "31 Feb"}, "posted_on"),
    ({"kind": "gift"}, "kind"),
    ({"account": ""}, "account"),
    ({"account": "1"}, "account"),
    ({"account": str(uuid.uuid4())}, "account"),
    ({"category": str(uuid.uuid4())}, "category"),
    ({"payee": "x" * 121}, "payee"),
    ({"payee": "Pr\x00et"}, "payee"),
    ({"payee": "Pr\u202eet"}, "payee"),
    ({"notes": "x" * 2001}, "notes"),
    ({"notes": "a\x07b"}, "notes"),
    ({"notes": "a\u202eb"}, "notes"),
    ({"tags": "x" * 41}, "tags"),
    ({"tags": ",".join(f"t{number}" for number in range(30))}, "tags"),
    ({"tags": "wo\u202erk"}, "tags"),
    ({"status": "reconciled"}, "status"),
    ({"original_amount": "5"}, "original_amount"),
    ({"original_currency": "USD"}, "original_amount"),
    ({"original_amount": "-5", "original_currency": "USD"}, "original_amount"),
    ({"original_amount": "5", "original_currency": "XXX"}, "original_currency"),
    ({"form_number": "abc"}, "form_number"),
    ({"kind": "transfer"}, "to_account"),
]


@pytest.mark.parametrize(("said", "field"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    owner: Client, household: Household, account: Account, said: dict[str, Any], field: str
) -> None:
    answer = owner.post("/transactions/add/", new(account, **said))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert rows(household) == []


def test_emoji_and_every_script_are_kept(owner: Client, household: Household, account: Account) -> None:
    owner.post("/transactions/add/", new(account, payee="🍕 פיצה", notes="שלום 🙂\nзавтрак", tags="обед"))
    [row] = rows(household)
    assert (str(row.payee), row.notes) == ("🍕 פיצה", "שלום 🙂\nзавтрак")


def test_a_transfer_to_itself_is_refused(owner: Client, household: Household, account: Account) -> None:
    answer = owner.post("/transactions/add/", new(account, kind="transfer", to_account=account.uid))
    assert answer.status_code == 422
    assert "from one account to another" in answer.text
    assert rows(household) == []


def test_nothing_goes_into_a_closed_account(owner: Client, household: Household, account: Account) -> None:
    AccountFactory.create(household=household)
    with household_scope(household.pk):
        actions.close_account(account=account, by=None, on=date(2026, 1, 31))
    assert owner.post("/transactions/add/", new(account)).status_code == 422
    assert rows(household) == []


def test_another_households_account_and_category_are_not_there(
    owner: Client, household: Household, account: Account
) -> None:
    other = HouseholdFactory.create()
    theirs = AccountFactory.create(household=other)
    for said in ({"account": theirs.uid}, {"category": category(other).uid}):
        assert owner.post("/transactions/add/", new(account, **said)).status_code == 422
    assert rows(household) == []
