"""What else the pages of a transaction do: delete, duplicate, convert, propose; and who may see them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, TypedRate
from ledger.tests.entries import DAY, HTMX, at, balance, category, edited, fresh, new, rows, spend
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


def test_a_transaction_deleted_by_its_button_comes_back_by_undo(
    owner: Client, household: Household, account: Account
) -> None:
    row = spend(account, payee="Pret")
    assert owner.post(at("transaction_delete", row), headers=HTMX).status_code == 204
    assert balance(account) == 10000
    assert owner.get(at("transaction_edit", row)).status_code == 404
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transaction.deleted")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert balance(account) == 8750
    assert owner.get(at("transaction_edit", row)).status_code == 200


def test_a_duplicate_is_dated_today(owner: Client, household: Household, account: Account) -> None:
    row = spend(account, payee="Pret", parts=[Part(-1250, category(household))])
    owner.post(at("transaction_duplicate", row))
    _first, again = rows(household)
    assert (again.amount, str(again.payee)) == (-1250, "Pret")
    assert again.date > DAY


def test_money_out_is_made_money_in_or_a_transfer_and_a_transfer_two(
    owner: Client, household: Household, account: Account, savings: Account
) -> None:
    row = spend(account, payee="Pret")
    path = at("transaction_convert", row)
    assert "Make something else of it" in owner.get(path).text
    owner.post(path, {"into": "in"})
    assert fresh(row).amount == 1250
    owner.post(path, {"into": "out"})
    told = owner.post(path, {"into": "transfer"})
    assert (told.status_code, list(told.context["form"].errors)) == (422, ["to_account"])
    owner.post(path, {"into": "transfer", "to_account": savings.uid})
    assert (balance(account), balance(savings)) == (8750, 11250)
    assert "Part it in two" in owner.get(path).text
    owner.post(path)
    assert fresh(row).transfer is None
    assert len(rows(household)) == 2


def test_what_follows_from_accounts_and_day_is_worked_out_while_one_types(
    owner: Client, household: Household, account: Account
) -> None:
    dollars = AccountFactory.create(household=household, currency="USD")
    with household_scope(household.pk):
        TypedRate.objects.create(household=household, currency="EUR", against="USD", on=DAY, worth=1_080_000_000)
    said = new(account, kind="transfer", to_account=dollars.uid)
    part = owner.post("/transactions/look/", said, headers=HTMX).text
    assert 'value="13.50"' in part
    assert "In USD." in part
    typed = owner.post("/transactions/look/", {**said, "received": "13.00"}, headers=HTMX).text
    assert 'name="received" value="13.00"' in typed
    followed = owner.post("/transactions/look/", {**said, "amount": "25", "received": "13.50", "offered": "13.50"})
    assert 'name="received" value="27.00"' in followed.text
    for broken in ({"amount": "abc"}, {"date": "never"}, {"to_account": "x"}, {"account": ""}):
        assert owner.post("/transactions/look/", {**said, **broken}).status_code == 200
    assert rows(household) == []


def test_the_usual_category_of_a_payee_is_proposed_where_none_is_chosen(
    owner: Client, household: Household, account: Account
) -> None:
    dining = category(household, "dining")
    spend(account, payee="Pret", parts=[Part(-1250, dining)])
    said = new(account, payee="pret")
    part = owner.post("/transactions/look/category/", said, headers=HTMX)
    assert re.search(f'value="{dining.uid}"[^>]* selected', part.text)
    for other in ({"category": category(household).uid}, {"payee": "Nobody"}, {"payee": ""}):
        assert owner.post("/transactions/look/category/", {**said, **other}, headers=HTMX).status_code == 204


def test_payees_are_found_while_one_types(owner: Client, account: Account) -> None:
    spend(account, payee="Prêt à Manger")
    assert "Prêt à Manger" in owner.get("/transactions/payees/?payee=pret").text
    assert "Manger" not in owner.get("/transactions/payees/?payee=itsu").text


ONE = ("edit", "delete", "duplicate", "convert", "split")


def test_a_viewer_reads_and_is_refused_all_else(viewer: Client, household: Household, account: Account) -> None:
    row = spend(account, payee="Pret", values={"notes": "for the viewer"})
    page = viewer.get(at("transaction_show", row)).text
    assert "for the viewer" in page
    assert "/edit/" not in page
    for name in ONE:
        assert viewer.post(at(f"transaction_{name}", row)).status_code == 403
    assert viewer.post("/transactions/add/", new(account)).status_code == 403
    assert viewer.post("/transactions/look/").status_code == 403
    assert len(rows(household)) == 1


def test_a_stranger_finds_nothing(stranger: Client, household: Household, account: Account) -> None:
    row = spend(account, payee="Pret")
    assert stranger.get(at("transaction_show", row)).status_code == 404
    for name in ONE:
        assert stranger.post(at(f"transaction_{name}", row)).status_code == 404
    assert len(rows(household)) == 1


def test_what_somebody_keeps_private_is_not_there_for_others(
    owner: Client, household: Household, account: Account
) -> None:
    editor = join(household, "editor")
    private = AccountFactory.create(household=household, by=editor, private_to=editor, name="Hidden")
    hidden = spend(private)
    with household_scope(household.pk):
        out, _into = actions.add_transfer(
            household=household, by=None, source=account, target=private, amount=1250, on=DAY
        )
    assert owner.get(at("transaction_show", hidden)).status_code == 404
    page = owner.get(at("transaction_edit", out))
    assert "somebody keeps private" in page.text
    assert "Hidden" not in page.text
    assert owner.post(at("transaction_edit", out), edited(out, amount="99", notes="seen")).status_code == 302
    assert (fresh(out).amount, fresh(out).notes) == (-1250, "seen")


def test_the_editor_costs_the_same_with_one_part_and_with_three(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    one = spend(account, payee="Pret", tags=["lunch"])
    three = spend(account, payee="Pret", tags=["a", "b", "c"], parts=[Part(-1000), Part(-200), Part(-50)])
    owner.get(at("transaction_edit", one))
    for row in (one, three):
        with django_assert_num_queries(25):
            owner.get(at("transaction_edit", row), headers=HTMX)
