"""The form for a new transaction, filled in by its address: what shortcuts on a phone open."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger.models import Account, Category
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
ADD = "/transactions/add/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def accounts(household: Household) -> list[Account]:
    return [AccountFactory.create(household=household, name=name) for name in ("Checking", "Savings", "Amex Gold")]


def shown(client: Client, **said: Any) -> dict[str, Any]:
    """What the fields of the form hold."""
    form = client.get(ADD, said).context["form"]
    return {name: form[name].value() for name in form.fields}


def category(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def test_everything_the_address_says_stands_in_its_field(
    owner: Client, household: Household, accounts: list[Account]
) -> None:
    said = {
        "amount": "16.99*2",
        "payee": "Café 🥐",
        "category": "dining",
        "date": "yesterday",
        "account": "amex",
        "kind": "out",
        "tags": "work, trip",
        "notes": "with Anna",
    }
    found = shown(owner, **said)
    expected = said | {"category": str(category(household, "dining").uid), "account": str(accounts[2].uid)}
    assert {name: str(found[name]) for name in said} == expected
    page = owner.get(ADD, said)
    assert page.status_code == 200
    assert 'value="16.99*2"' in page.text
    assert f'value="{accounts[2].uid}" selected' in page.text


@pytest.mark.parametrize(
    ("said", "kind", "amount"),
    [
        ({"amount": "12.50"}, "out", "12.50"),
        ({"amount": "-12.50"}, "out", "12.50"),
        ({"amount": "+2400"}, "in", "2400"),
        ({"amount": "2400", "kind": "in"}, "in", "2400"),
        ({"amount": "-5", "kind": "in"}, "in", "5"),
    ],
)
def test_a_sign_says_which_way_it_goes_unless_the_kind_does(
    owner: Client, said: dict[str, str], kind: str, amount: str
) -> None:
    found = shown(owner, **said)
    assert (found["kind"], found["amount"]) == (kind, amount)


def test_names_ids_and_the_beginning_of_a_name_lead_to_the_row(
    owner: Client, household: Household, accounts: list[Account]
) -> None:
    groceries = category(household, "groceries")
    for text in (str(groceries.uid), "groceries", "GROCERIES", "Groceries"):
        assert shown(owner, category=text)["category"] == str(groceries.uid)
    for text in (str(accounts[1].uid), "savings", "sav"):
        assert shown(owner, to_account=text, kind="transfer")["to_account"] == str(accounts[1].uid)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("amount", "abc", "not an amount"),
        ("amount", "nan", "not an amount"),
        ("amount", "1e9", "not an amount"),
        ("amount", "--5", "not an amount"),
        ("amount", "10000000000000001", "too large"),
        ("date", "31 feb", "days."),
        ("date", "0000-01-01", "between 1900 and 2199"),
        ("kind", "gift", "not one of the available choices"),
        ("account", "zanzibar", "There is no account “zanzibar”."),
        ("account", "0e2f7d0c-6a5b-4a0e-9d3e-6a3f9d1f5a11", "There is no account"),
        ("category", "zanzibar", "There is no category “zanzibar”."),
        ("payee", "x" * 121, "at most 120 characters"),
        ("payee", "a\u202eb", "cannot be seen"),
        ("payee", "a\x00b", "cannot be seen|Null characters"),
        ("tags", "x" * 41, "40 characters"),
        ("notes", "x" * 2001, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_the_rest_is_kept(
    owner: Client, name: str, text: str, words: str
) -> None:
    other = "notes" if name == "payee" else "payee"
    for headers in ({}, HTMX):
        page = owner.get(ADD, {name: text, other: "Morgenrot"}, headers=headers)
        assert page.status_code == 422
        assert re.search(words, page.text)
        assert "Morgenrot" in page.text
        assert list(page.context["form"].errors) == [name]


def test_what_is_sent_afterwards_is_saved_as_any_other_form(owner: Client, household: Household) -> None:
    found = shown(owner, amount="+12", payee="Oma", date="yesterday", account="savings")
    sent = {name: value for name, value in found.items() if value not in (None, "") and name != "papers"}
    assert owner.post(f"{ADD}?amount=abc", sent).status_code == 302
    with household_scope(household.pk):
        [row] = Account.objects.get(name="Savings").transactions.select_related("payee")
    assert (row.amount, row.payee and row.payee.name) == (1200, "Oma")


def test_nobody_s_private_account_and_no_stranger_s_are_found(
    household: Household, owner: Client, stranger: Client, viewer: Client, accounts: list[Account]
) -> None:
    other = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Zanzibar", private_to=other, by=other)
    assert shown(logged_in(other), account="zanzibar")["account"] == str(secret.uid)
    for text in ("zanzibar", str(secret.uid)):
        assert owner.get(ADD, {"account": text}).status_code == 422
    AccountFactory.create(household=Household.objects.exclude(pk=household.pk).get(), name="Own")
    assert stranger.get(ADD, {"account": str(accounts[0].uid)}).status_code == 422
    assert viewer.get(ADD, {"amount": "5"}).status_code == 403
