"""The page of money that is owed back: a shared meal, what came back for it, what never will."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join
from ledger import actions
from ledger.actions import Part, refunds
from ledger.models import Account, Category, Line, RefundLink, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def everyday(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Rainy day")


def booked(account: Account, amount: int, *, back: int = 0, words: str = "", **said: Any) -> Transaction:
    day = today_in(account.household.time_zone) - timedelta(days=back)
    values = {"description": words}
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household, by=None, account=account, date=day, amount=amount, values=values, **said
        )


def line_of(transaction: Transaction) -> Line:
    with household_scope(transaction.household_id):
        return Line.objects.select_related("transaction__household", "transaction__account").get(
            transaction=transaction
        )


def two(out: Transaction, into: Transaction) -> dict[str, str]:
    return {"out": str(out.uid), "into": str(into.uid)}


def count(model: Any, household: Household, **where: Any) -> int:
    with household_scope(household.pk):
        return int(model.objects.filter(**where).count())


def dinner(account: Account, amount: int = -90_00, back: int = 20) -> Transaction:
    with household_scope(account.household_id):
        dining = Category.objects.get(key="dining")
    return booked(account, amount, back=back, payee="Osteria", parts=[Part(amount, dining)])


def test_two_thirds_of_a_meal_are_owed_by_anna_in_two_clicks(
    owner: Client, household: Household, everyday: Account
) -> None:
    first, meal = dinner(everyday), dinner(everyday, -100_00)
    expect = reverse("refund_expect", args=[first.uid])
    owner.post(expect, {"line": str(line_of(first).uid), "owed_by": "Anna", "expected": "90/3"})
    expect = reverse("refund_expect", args=[meal.uid])
    form = owner.get(expect, headers=HTMX).text
    assert 'value="2/3 Anna"' in form
    answer = owner.post(expect, {"line": str(line_of(meal).uid), "share": "2/3 Anna"}, headers=HTMX)
    assert answer.status_code == 204
    page = owner.get("/owed/").text
    for words in ("Anna", "since 20 days", "66.67", "96.67"):
        assert words in page
    with household_scope(household.pk):
        assert set(RefundLink.objects.values_list("expected", "owed_by")) == {(30_00, "Anna"), (66_67, "Anna")}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"expected": "abc"}, "not an amount"),
        ({"expected": ""}, "This field is required."),
        ({"expected": "90.01"}, "No more than €90.00"),
        ({"expected": "0"}, "above zero"),
        ({"expected": "-5"}, "above zero"),
        ({"expected": "10^16"}, "not an amount"),
        ({"share": "9/1 Anna"}, "No more than €90.00"),
        ({"share": "half"}, "not a share"),
        ({"share": "1/2 An\u202ena"}, "cannot be seen"),
        ({"expected": "5", "owed_by": "x" * 121}, "at most 120 characters"),
        ({"expected": "5", "line": str(uuid.uuid4())}, "Choose one from the list."),
    ],
)
def test_what_is_wrong_with_what_is_owed_is_said(
    owner: Client, household: Household, everyday: Account, sent: dict[str, str], words: str
) -> None:
    meal = dinner(everyday)
    for headers in ({}, HTMX):
        answer = owner.post(
            reverse("refund_expect", args=[meal.uid]), {"line": str(line_of(meal).uid), **sent}, headers=headers
        )
        assert answer.status_code == 422
        assert words in answer.text
    assert count(RefundLink, household) == 0


def test_what_came_back_is_chosen_from_either_side_and_unlinked_again(
    owner: Client, household: Household, everyday: Account
) -> None:
    meal, back = dinner(everyday), booked(everyday, 60_00, payee="Anna")
    assert "What came back?" in owner.get(reverse("refund_link", args=[meal.uid])).text
    page = owner.get(reverse("refund_link", args=[back.uid]), headers=HTMX).text
    assert "Money back for what?" in page
    assert "Osteria" in page
    sent = {"refund": str(back.uid), "line": str(line_of(meal).uid)}
    assert owner.post(reverse("refund_link", args=[back.uid]), sent, headers=HTMX).status_code == 204
    with household_scope(household.pk):
        link = RefundLink.objects.get()
        assert back.lines.get().category.key == "dining"  # type: ignore[union-attr]
    assert "came back" in owner.get("/owed/").text
    again = owner.post(reverse("refund_link", args=[meal.uid]), sent)
    assert again.status_code == 422
    assert "No more than €30.00" in again.text
    assert owner.post(reverse("refund_unlink", args=[link.uid]), headers=HTMX).status_code == 204
    assert owner.post(reverse("refund_unlink", args=[link.uid]), headers=HTMX).status_code == 409
    for name, words in (("refund_give_up", "given up"), ("refund_expect_again", "since 20 days")):
        owner.post(reverse(name, args=[link.uid]))
        assert words in owner.get("/owed/").text
    owner.post(reverse("refund_forget", args=[link.uid]))
    assert "Nobody owes you anything" in owner.get("/owed/").text


def test_money_back_is_suggested_and_linked_on_the_page(owner: Client, household: Household, everyday: Account) -> None:
    meal, back = dinner(everyday), booked(everyday, 60_00, payee="Anna")
    with household_scope(household.pk):
        refunds.expect_refund(line=line_of(meal), expected=60_00, owed_by="Anna", by=None)
    page = owner.get("/owed/")
    assert "Perhaps money back" in page.text
    [pair] = page.context["suggestions"]
    sent = {"refund": str(back.uid), "link": str(pair.link.uid)}
    assert owner.post(reverse("refund_link", args=[meal.uid]), sent, headers=HTMX).status_code == 204
    assert count(RefundLink, household, refund=back) == 1


def test_what_came_back_into_a_private_account_names_neither_it_nor_its_day(
    owner: Client, household: Household
) -> None:
    other = join(household, "editor")
    shared = AccountFactory.create(household=household)
    private = AccountFactory.create(household=household, by=other, private_to=other, name="Zanzibar")
    meal, back = dinner(shared), booked(private, 60_00)
    with household_scope(household.pk):
        refunds.link_money_back(line=line_of(meal), refund=back, by=other)
    page = owner.get("/owed/").text
    assert "came back" in page
    assert "Zanzibar" not in page
