"""Values of a row that are not changed: by whom not, what not, and what is said then."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Payee, Tag, Transaction
from ledger.tests.cell_doors import CELLS, HTMX, cell, change, fresh, spend, uid_of
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Checking")


@pytest.fixture
def row(household: Household, account: Account) -> Transaction:
    return spend(household, account)


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("amount", {"amount": ""}, "This field is required."),
        ("amount", {"amount": "abc"}, "not an amount"),
        ("amount", {"amount": "nan"}, "not an amount"),
        ("amount", {"amount": "inf"}, "not an amount"),
        ("amount", {"amount": "1e9"}, "not an amount"),
        ("amount", {"amount": "--5"}, "not an amount"),
        ("amount", {"amount": "10000000000000001"}, "too large"),
        ("amount", {"amount": "10^16"}, "not an amount"),
        ("amount", {"amount": "0"}, "other than zero"),
        ("amount", {"amount": "1.234,5.6"}, "does not read as one number"),
        ("amount", {"amount": "$5"}, "kept in EUR"),
        ("date", {"date": ""}, "This field is required."),
        ("date", {"date": "31 feb"}, "days."),
        ("date", {"date": "0000-01-01"}, "between 1900 and 2199"),
        ("date", {"date": "soon"}, "is not a day"),
        ("category", {}, "Choose one, or write a name."),
        ("category", {"category": str(uuid.uuid4())}, "not one of the available choices"),
        ("category", {"category": "x' OR 1=1"}, "not"),
        ("category", {"named": "x" * 81}, "at most 80 characters"),
        ("category", {"named": "a\u202eb"}, "cannot be seen"),
        ("payee", {"payee": str(uuid.uuid4())}, "not one of the available choices"),
        ("payee", {"named": "x" * 121}, "at most 120 characters"),
        ("payee", {"named": "a\x07b"}, "cannot be seen"),
        ("payee", {"named": "a\x00b"}, "cannot be seen"),
        ("payee", {"named": "\u200b"}, "one can see"),
        ("tags", {"tags": str(uuid.uuid4())}, "not one of the available choices"),
        ("tags", {"named": "x" * 41}, "at most 40 characters"),
        ("tags", {"named": "a\u202eb"}, "cannot be seen"),
        ("tags", {"named": ",".join(map(str, range(21)))}, "a lot of tags"),
        ("notes", {"notes": "x" * 2001}, "at most 2000 characters"),
        ("notes", {"notes": "a\u202eb"}, "cannot be seen"),
        ("notes", {"notes": "x", "edit_version": "abc"}, "whole number"),
        ("notes", {"notes": "x", "edit_version": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    owner: Client, row: Transaction, name: str, said: dict[str, Any], words: str
) -> None:
    before = fresh(row).edit_version
    for headers in ({}, HTMX):
        answer = change(owner, row, name, headers=headers, **said)
        assert answer.status_code == 422
        assert words in answer.text.replace("&#x27;", "'")
    assert fresh(row).edit_version == before


def test_what_was_typed_stays_when_it_is_wrong(owner: Client, row: Transaction) -> None:
    assert 'value="12,50,1"' in change(owner, row, "amount", amount="12,50,1").text
    answer = change(owner, row, "tags", named=["fine", "x" * 41])
    assert 'value="fine" checked' in answer.text


def test_the_later_of_two_is_told_what_changed_and_loses_nothing(
    owner: Client, editor: Client, household: Household, row: Transaction
) -> None:
    seen = fresh(row).edit_version
    change(editor, row, "notes", notes="theirs")
    for headers in ({}, HTMX):
        late = change(owner, row, "notes", notes="mine", edit_version=seen, headers=headers)
        assert late.status_code == 422
        for words in ("was changed while you had it open", "Ed Editor", "theirs", ">\nmine</textarea>"):
            assert words in late.text
    assert fresh(row).notes == "theirs"
    chosen = uid_of(household, "dining")
    late = change(owner, row, "category", category=chosen, edit_version=seen)
    assert late.status_code == 422
    assert f'aria-selected="true" name="category" value="{chosen}"' in late.text
    late = change(owner, row, "tags", named=["work", "trip"], edit_version=seen)
    assert 'value="work" checked' in late.text
    assert 'value="trip" checked' in late.text
    assert change(owner, row, "notes", notes="mine").status_code == 200


def test_what_is_reconciled_keeps_amount_and_day_and_says_so(
    owner: Client, household: Household, account: Account
) -> None:
    row = spend(household, account)
    with household_scope(household.pk):
        Transaction.objects.update(status=Transaction.Status.RECONCILED)
    for name, said in (("amount", {"amount": "15"}), ("date", {"date": "2026-03-20"})):
        shown = owner.get(cell(row, name), headers=HTMX)
        assert shown.status_code == 200
        assert "This is reconciled" in shown.text
        assert "<form" not in shown.text
        answer = change(owner, row, name, **said)
        assert answer.status_code == 422
        assert "Unlock it first" in answer.text
    assert (fresh(row).amount, fresh(row).date) == (-1250, date(2026, 3, 14))
    assert change(owner, row, "category", category=uid_of(household, "dining")).status_code == 200


def test_a_split_is_changed_in_its_parts(owner: Client, household: Household, account: Account) -> None:
    row = spend(household, account, parts=[Part(-1000), Part(-250)])
    for name, said in (("amount", {"amount": "15"}), ("category", {"named": "x"})):
        assert reverse("transaction_split", args=[row.uid]) in owner.get(cell(row, name), headers=HTMX).text
        assert change(owner, row, name, **said).status_code == 422
    assert change(owner, row, "notes", notes="still").status_code == 200


def test_the_same_change_sent_twice_is_told_and_done_once(owner: Client, row: Transaction) -> None:
    seen = fresh(row).edit_version
    assert change(owner, row, "notes", notes="once", edit_version=seen).status_code == 200
    assert change(owner, row, "notes", notes="once", edit_version=seen).status_code == 422
    assert fresh(row).edit_version == seen + 1


def test_a_viewer_may_not_and_a_stranger_finds_nothing(
    viewer: Client, stranger: Client, household: Household, row: Transaction
) -> None:
    for name in CELLS:
        assert viewer.get(cell(row, name)).status_code == 403
        assert change(viewer, row, name, named="x").status_code == 403
        assert stranger.get(cell(row, name)).status_code == 404
        assert change(stranger, row, name, named="x").status_code == 404
    assert viewer.get(cell(row, "zanzibar")).status_code == 403


def test_another_household_s_ids_are_not_known(
    owner: Client, stranger: Client, household: Household, row: Transaction
) -> None:
    other = Household.objects.exclude(pk=household.pk).get()
    with household_scope(other.pk):
        theirs = Category.objects.get(key="dining")
        payee = Payee.objects.create(household=other, name="Zanzibar")
        tag = Tag.objects.create(household=other, name="zanzibar")
    for name, said in (
        ("category", {"category": theirs.uid}),
        ("payee", {"payee": payee.uid}),
        ("tags", {"tags": [tag.uid]}),
    ):
        assert change(owner, row, name, **said).status_code == 422
    assert "Zanzibar" not in owner.get(cell(row, "payee"), {"named": "zanzibar"}, headers=HTMX).text


def test_what_stands_in_a_private_account_is_out_of_sight(owner: Client, household: Household) -> None:
    other = join(household, "editor")
    row = spend(household, AccountFactory.create(household=household, private_to=other, by=other), payee="Zanzibar")
    for name in CELLS:
        assert owner.get(cell(row, name)).status_code == 404
        assert logged_in(other).get(cell(row, name)).status_code == 200
    mine = spend(household, AccountFactory.create(household=household))
    assert "Zanzibar" not in owner.get(cell(mine, "payee"), headers=HTMX).text
    assert "Zanzibar" not in owner.get(cell(mine, "payee"), {"named": "zan"}, headers=HTMX).text


def test_a_value_that_is_not_there_and_a_row_in_the_trash_are_not_found(owner: Client, row: Transaction) -> None:
    assert owner.get(cell(row, "zanzibar")).status_code == 404
    with household_scope(row.household_id):
        actions.trash_transaction(transaction=row, by=None)
    assert owner.get(cell(row, "notes")).status_code == 404
