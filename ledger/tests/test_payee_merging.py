"""Payees that are one are merged, and payees go: their transactions and names follow, and undo puts all of it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from ledger.actions.payees import add_spelling
from ledger.models import Account, Category, Payee
from ledger.tests.factories import AccountFactory
from ledger.tests.payee_books import found, payee, spellings, spend, undo, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def test_payees_that_are_one_are_merged(owner: Client, account: Account, household: Household) -> None:
    for name in ("Lidl", "LIDL 4711", "Lidl Dienstl.", "Lidl"):
        spend(account, name)
    with household_scope(household.pk):
        groceries = Category.objects.get(key="groceries")
        add_spelling(payee=payee(household, "LIDL 4711"), by=None, name="L. 4711")
        Payee.objects.filter(name="LIDL 4711").update(default_category=groceries)
    before = (words(household), spellings(household))
    three = [payee(household, name) for name in ("Lidl", "LIDL 4711", "Lidl Dienstl.")]
    path = "/payees/merge/?" + "&".join(f"payee={row.uid}" for row in three)
    page = owner.get(path)
    assert page.text.count("checked") == 1
    assert owner.post(path, {"into": "x"}).status_code == 422
    assert owner.post(path, {"into": three[0].uid}, headers=HTMX).status_code == 204
    assert words(household) == [("Lidl", "lidl")] * 4
    assert spellings(household) == {"LIDL 4711": "Lidl", "Lidl Dienstl.": "Lidl", "L. 4711": "Lidl"}
    assert payee(household, "Lidl").default_category_id == groceries.pk
    assert found(household, "4711") == 0
    undo(household, "payee.merged")
    assert (words(household), spellings(household)) == before
    assert found(household, "4711") == 1


def test_one_payee_is_merged_into_another_by_name(owner: Client, account: Account, household: Household) -> None:
    for name in ("Lidl", "LIDL 4711"):
        spend(account, name)
    row, other = payee(household, "LIDL 4711"), payee(household, "Lidl")
    path = f"/payees/merge/?payee={row.uid}"
    for wrong in ("", "Nobody", "lidl 4711"):
        assert owner.post(path, {"named": wrong}).status_code == 422
    answer = owner.post(path, {"named": "LIDL"}, headers=HTMX)
    assert answer["HX-Redirect"] == reverse("payee_show", args=[other.uid])
    assert words(household) == [("Lidl", "lidl")] * 2


def test_thousands_are_merged_by_a_job(
    owner: Client,
    account: Account,
    household: Household,
    monkeypatch: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("ledger.views.later.AT_ONCE", 1)
    for name in ("Lidl", "LIDL 4711", "LIDL 4711"):
        spend(account, name)
    row = payee(household, "LIDL 4711")
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(f"/payees/merge/?payee={row.uid}", {"named": "Lidl"})
    with household_scope(household.pk):
        assert Job.objects.get(kind="ledger.merge").state == "done"
    assert words(household) == [("Lidl", "lidl")] * 3


@pytest.mark.parametrize("asked", ["", "?payee=x", "?payee=00000000-0000-0000-0000-000000000000"])
def test_nobody_to_merge_is_no_page(owner: Client, asked: str) -> None:
    assert owner.get(f"/payees/merge/{asked}").status_code == 404


def test_a_payee_is_deleted_and_its_transactions_name_nobody(
    owner: Client, account: Account, household: Household
) -> None:
    spend(account, "Lidl")
    spend(account, "Aldi")
    row = payee(household, "Lidl")
    with household_scope(household.pk):
        add_spelling(payee=row, by=None, name="L 4711")
    path = reverse("payee_delete", args=[row.uid])
    assert "1 transaction names it" in owner.get(path, headers=HTMX).text
    assert owner.post(path, {"move_to": "Nobody"}).status_code == 422
    assert owner.post(path, {"move_to": ""}).status_code == 302
    assert (words(household), spellings(household)) == ([(None, ""), ("Aldi", "aldi")], {})
    undo(household, "payee.deleted")
    assert words(household)[0] == ("Lidl", "lidl")
    assert spellings(household) == {"L 4711": "Lidl"}
    owner.post(path, {"move_to": "aldi"})
    assert words(household) == [("Aldi", "aldi")] * 2
