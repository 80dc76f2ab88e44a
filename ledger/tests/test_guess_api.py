"""Likely categories for programs, and what was filed by itself confirmed by them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, logged_in, owner_of
from ledger.actions.lines import Part
from ledger.actions.payees import add_payee
from ledger.models import Account, Category, Line, Transaction
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"
PATH = "/suggestions/categories"


@pytest.fixture(autouse=True)
def upstairs(settings: Any) -> None:
    settings.CATEGORY_SUGGESTER = "insights.queries.suggesting.suggest_categories"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def send(client: Client, path: str, body: Any, method: str = "POST") -> Any:
    return client.generic(method, f"/api/v1{path}", data=json.dumps(body), content_type="application/json")


def key_of(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def test_each_item_is_answered_in_order(owner: Client, viewer: Client, household: Household, account: Account) -> None:
    dining = key_of(household, "dining")
    with household_scope(household.pk):
        add_payee(household=household, by=None, name="Roma", default_category=dining)
    items = [
        {"description": "LIDL 4711 BERLIN", "amount": -23_10, "currency": "EUR", "date": "2026-01-31"},
        {"description": "card 12", "payee": "roma", "amount": -12_00, "account": str(account.uid)},
        {"description": "TRANSFER TO OWN SAVINGS ACCOUNT", "amount": -500_00},
    ]
    for client in (owner, viewer):
        answer = send(client, PATH, {"items": items})
        assert answer.status_code == 200
        bought, eaten, moved = answer.json()["items"]
        assert bought[0]["key"] == "groceries"
        assert bought[0]["category"] == str(key_of(household, "groceries").uid)
        assert 0 < bought[0]["confidence"] <= 1
        assert bought[0]["band"] in ("filed", "suggested")
        assert "lidl" in bought[0]["reason"]
        assert (eaten[0]["name"], eaten[0]["reason"]) == (dining.name, "the usual category")
        assert moved == []


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"description": ""},
        {"description": "a" * 501},
        {"description": "a", "amount": 1.5},
        {"description": "a", "amount": 10**30},
        {"description": "a", "currency": "euro"},
        {"description": "a", "date": "yesterday"},
        {"description": "a", "date": "0001-01-01"},
        {"description": "a", "account": NOBODY},
        {"description": "a", "account": "mine"},
        {"description": "a", "more": 1},
        {"description": "\ud800"},
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(owner: Client, item: dict[str, Any]) -> None:
    answer = send(owner, PATH, {"items": [item]})
    assert answer.status_code == 422


@pytest.mark.parametrize("text", ["\x00", "-", "\u202e", "٣٤", "麦当劳", "1" * 500, "%s {0}"])
def test_any_other_text_is_answered(owner: Client, text: str) -> None:
    assert send(owner, PATH, {"items": [{"description": text, "payee": text[:120]}]}).status_code == 200


def test_so_many_are_asked_with_as_many_questions_as_one(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for count in (0, 501):
        assert send(owner, PATH, {"items": [{"description": "LIDL"}] * count}).status_code == 422
    send(owner, PATH, {"items": [{"description": "LIDL"}]})
    for count in (1, 3):
        with django_assert_num_queries(7):
            send(owner, PATH, {"items": [{"description": f"LIDL {at}"} for at in range(count)]})


def test_what_was_filed_by_itself_says_so_and_is_confirmed(
    owner: Client, viewer: Client, household: Household, account: Account
) -> None:
    row = spend(account, -12_00, parts=[Part(-12_00, key_of(household, "dining"), "tip", learned=97)])
    path = f"/transactions/{row.uid}"
    assert [line["learned"] for line in owner.get(f"/api/v1{path}").json()["lines"]] == [97]
    stranger = logged_in(owner_of(HouseholdFactory.create()))
    assert send(viewer, f"{path}/confirm", None).status_code == 403
    assert send(stranger, f"{path}/confirm", None).status_code == 404
    answer = send(owner, f"{path}/confirm", None)
    assert answer.status_code == 200
    [line] = answer.json()["lines"]
    assert (line["learned"], line["memo"], line["category"]) == (0, "tip", str(key_of(household, "dining").uid))
    assert answer.json()["edit_version"] == row.edit_version + 1
    again = send(owner, f"{path}/confirm", None).json()
    assert again["edit_version"] == row.edit_version + 1


def test_it_is_confirmed_with_a_change_of_something_else(owner: Client, household: Household, account: Account) -> None:
    row = spend(account, -12_00, parts=[Part(-12_00, key_of(household, "dining"), learned=97)])
    sent = {"edit_version": row.edit_version, "amount": -13_00, "notes": "with tip", "confirm": True}
    answer = send(owner, f"/transactions/{row.uid}", sent, "PATCH")
    assert answer.status_code == 200
    assert [(line["amount"], line["learned"]) for line in answer.json()["lines"]] == [(-13_00, 0)]
    with household_scope(household.pk):
        Line.objects.update(learned=97)
        row = Transaction.objects.get(pk=row.pk)
    sent = {"edit_version": row.edit_version, "notes": "still", "confirm": False}
    answer = send(owner, f"/transactions/{row.uid}", sent, "PATCH")
    assert [line["learned"] for line in answer.json()["lines"]] == [97]
