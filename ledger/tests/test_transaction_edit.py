"""Changing a transaction by its form: all of it at once, told when somebody else was quicker."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Transaction
from ledger.tests.entries import DAY, HTMX, at, balance, category, edited, fresh, rows, spend
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


def test_everything_about_a_transaction_is_changed_at_once_and_taken_back(
    owner: Client, household: Household, account: Account, savings: Account
) -> None:
    row = spend(account, payee="Pret", tags=["lunch"])
    said = edited(
        row,
        kind="in",
        amount="20",
        account=savings.uid,
        payee="Itsu",
        date="15/03/2026",
        tags="dinner",
        notes="hm",
        category=category(household, "dining").uid,
    )
    page = owner.post(at("transaction_edit", row), said, follow=True)
    assert "Changed −€12.50, Pret" in page.text
    now = fresh(row)
    assert (now.amount, now.account, str(now.payee), now.notes) == (2000, savings, "Itsu", "hm")
    assert (balance(account), balance(savings)) == (10000, 12000)
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transaction.changed")
    owner.post(reverse("change_undo", args=[change.uid]))
    now = fresh(row)
    assert (now.amount, now.account, str(now.payee), now.notes) == (-1250, account, "Pret", "")
    assert (balance(account), balance(savings)) == (8750, 10000)
    assert rows(household) == [now]


def test_the_editor_shows_what_is_there(owner: Client, household: Household, account: Account) -> None:
    values = {"description": "CARD 4711", "external_id": "TX-1", "notes": "hm", "original_amount": -1400}
    row = spend(account, payee="Pret", tags=["lunch", "work"], values={**values, "original_currency": "USD"})
    page = owner.get(at("transaction_edit", row))
    for words in ("CARD 4711", "TX-1", "Typed in", 'value="12.50"', 'value="14/03/2026"', "lunch, work", "14.00"):
        assert words in page.text
    assert "Added −€12.50, Pret" in page.text


def test_the_later_of_two_editors_is_told_and_overwrites_nothing(
    owner: Client, editor: Client, household: Household, account: Account
) -> None:
    row = spend(account, payee="Pret")
    path = at("transaction_edit", row)
    editor.post(path, edited(row, category=category(household, "dining").uid))
    for headers in ({}, HTMX):
        late = owner.post(path, edited(row, notes="mine"), headers=headers)
        assert late.status_code == 422
        for words in ("was changed while you had it open", "Ed Editor", "Dining", "mine"):
            assert words in late.text
    assert fresh(row).notes == ""
    assert owner.post(path, edited(row, notes="mine", edit_version=2)).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99999999999999999999"])
def test_a_form_without_a_sensible_version_changes_nothing(owner: Client, account: Account, version: str) -> None:
    row = spend(account)
    answer = owner.post(at("transaction_edit", row), edited(row, notes="x", edit_version=version))
    assert answer.status_code == 422
    assert fresh(row).notes == ""


def test_a_transfer_is_changed_as_one(owner: Client, household: Household, account: Account, savings: Account) -> None:
    wallet = AccountFactory.create(household=household, name="Wallet")
    with household_scope(household.pk):
        out, into = actions.add_transfer(
            household=household, by=None, source=account, target=savings, amount=1250, on=DAY
        )
    page = owner.get(at("transaction_edit", into))
    assert 'name="to_account"' in page.text
    assert 'name="category"' not in page.text
    said = edited(into, account=account.uid, to_account=wallet.uid, amount="30", date="1/4/2026")
    assert owner.post(at("transaction_edit", into), said).status_code == 302
    assert (fresh(out).amount, fresh(into).account, fresh(out).date) == (-3000, wallet, date(2026, 4, 1))
    assert (balance(account), balance(savings), balance(wallet)) == (7000, 10000, 13000)
    owner.post(at("transaction_delete", out))
    assert rows(household) == []
    assert (balance(account), balance(wallet)) == (10000, 10000)


def test_what_is_reconciled_says_why_it_stays(owner: Client, household: Household, account: Account) -> None:
    row = spend(account, payee="Pret")
    with household_scope(household.pk):
        Transaction.objects.filter(pk=row.pk).update(status="reconciled")
    page = owner.get(at("transaction_edit", row))
    assert "This is reconciled" in page.text
    assert page.context["form"].fields["amount"].disabled
    owner.post(at("transaction_edit", row), edited(row, amount="99", payee="Itsu"))
    now = fresh(row)
    assert (now.amount, str(now.payee), now.status) == (-1250, "Itsu", "reconciled")
    refused = owner.post(at("transaction_delete", row), headers=HTMX)
    assert refused.status_code == 409
    assert "Unlock it first" in owner.get("/toasts/").text


def test_of_a_split_amount_and_kind_stay_and_all_else_may_change(
    owner: Client, household: Household, account: Account
) -> None:
    row = spend(account, parts=[Part(-1000), Part(-250)])
    page = owner.get(at("transaction_edit", row))
    assert at("transaction_split", row) in page.text
    owner.post(at("transaction_edit", row), edited(row, kind="in", amount="99", notes="still"))
    now = fresh(row)
    assert (now.amount, now.notes) == (-1250, "still")
    yen = AccountFactory.create(household=household, currency="JPY")
    told = owner.post(at("transaction_edit", row), edited(now, account=yen.uid))
    assert told.status_code == 422
    assert "Join them first" in told.text
