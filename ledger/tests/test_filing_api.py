"""Categories, payees, tags and registers for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.actions.lines import Part
from ledger.models import Account, Category, Line, Payee, Tag, Transaction
from ledger.queries.checking import violations
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    sent: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return client.generic(method, f"/api/v1{path}", **sent)


def key_of(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def test_a_category_is_added_changed_archived_and_deleted(owner: Client, household: Household) -> None:
    group = key_of(household, "food-drinks")
    made = send(owner, "POST", "/categories", {"name": "Snacks", "parent": str(group.uid), "hue": 4, "icon": "cup"})
    assert made.status_code == 201
    snacks = made.json()
    assert (snacks["kind"], snacks["parent"], snacks["archived"]) == ("expense", str(group.uid), False)
    path = f"/categories/{snacks['uid']}"
    changed = send(owner, "PATCH", path, {"edit_version": 1, "name": "Sweets", "archived": True}).json()
    assert (changed["name"], changed["archived"], send(owner, "GET", path).json()["archived"]) == ("Sweets", True, True)
    assert send(owner, "PATCH", path, {"edit_version": 1, "name": "Late"}).status_code == 409
    assert send(owner, "DELETE", path).status_code == 204
    assert send(owner, "GET", path).status_code == 404


def test_deleting_a_category_says_where_its_lines_go(owner: Client, account: Account, household: Household) -> None:
    dining, groceries = key_of(household, "dining"), key_of(household, "groceries")
    row = spend(account, parts=[Part(-1250, dining)])
    path = f"/categories/{dining.uid}"
    assert send(owner, "DELETE", path).status_code == 409
    assert list(send(owner, "DELETE", f"{path}?move_to={NOBODY}").json()["fields"]) == ["move_to"]
    assert send(owner, "DELETE", f"{path}?move_to={groceries.uid}").status_code == 204
    with household_scope(household.pk):
        assert Line.objects.get(transaction=row).category == groceries
        assert violations() == []


def test_categories_payees_and_tags_are_merged(owner: Client, account: Account, household: Household) -> None:
    spend(account, payee="Lidl 4711", tags=["job"])
    spend(account, payee="Lidl", tags=["work"])
    with household_scope(household.pk):
        pairs: list[tuple[str, Any, Any]] = [
            ("categories", key_of(household, "dining"), key_of(household, "groceries")),
            ("payees", Payee.objects.get(name="Lidl 4711"), Payee.objects.get(name="Lidl")),
            ("tags", Tag.objects.get(name="job"), Tag.objects.get(name="work")),
        ]
    for where, row, into in pairs:
        path = f"/{where}/{row.uid}/merge"
        assert list(send(owner, "POST", path, {"into": NOBODY}).json()["fields"]) == ["into"]
        assert send(owner, "POST", path, {"into": str(into.uid)}).status_code == 204
        assert send(owner, "POST", path, {"into": str(into.uid)}).status_code == 404
    with household_scope(household.pk):
        assert set(Transaction.objects.values_list("payee__name", "taggings__tag__name")) == {("Lidl", "work")}
        assert violations() == []


def test_so_much_is_merged_by_a_job(owner: Client, account: Account, household: Household, monkeypatch: Any) -> None:
    monkeypatch.setattr("ledger.api.later.AT_ONCE", 0)
    spend(account, payee="Lidl")
    with household_scope(household.pk):
        payee = Payee.objects.get()
    answer = send(owner, "DELETE", f"/payees/{payee.uid}")
    assert answer.status_code == 202
    assert answer.json()["url"] == f"/jobs/{answer.json()['job']}/"


def test_payees_are_found_added_changed_and_deleted(owner: Client, account: Account, household: Household) -> None:
    groceries = key_of(household, "groceries")
    spend(account, payee="Aldi")
    made = send(owner, "POST", "/payees", {"name": "Lidl", "default_category": str(groceries.uid)}).json()
    path = f"/payees/{made['uid']}"
    assert made["default_category"] == str(groceries.uid)
    assert list(send(owner, "POST", "/payees", {"name": "LIDL"}).json()["fields"]) == ["name"]
    assert list(send(owner, "POST", "/payees", {"name": "X", "default_category": NOBODY}).json()["fields"]) == [
        "default_category"
    ]
    listed = send(owner, "GET", "/payees").json()
    assert [(row["name"], row["last_on"]) for row in listed["items"]] == [("Aldi", "2026-03-14"), ("Lidl", None)]
    changed = send(owner, "PATCH", path, {"edit_version": 1, "name": "Lidl Mitte", "default_category": None}).json()
    assert (changed["name"], changed["default_category"], changed["edit_version"]) == ("Lidl Mitte", None, 2)
    added = send(owner, "POST", f"{path}/spellings", {"name": "L 4711"}).json()
    sheet = send(owner, "GET", path).json()
    assert [each["name"] for each in sheet["spellings"]] == ["L 4711", "Lidl"]
    assert send(owner, "GET", "/payees?q=4711").json()["total"] == 1
    assert send(owner, "DELETE", f"{path}/spellings/{added['uid']}").status_code == 204
    assert send(owner, "DELETE", path).status_code == 204
    assert send(owner, "GET", "/payees").json()["total"] == 1


def test_tags_are_added_changed_and_deleted(owner: Client, account: Account) -> None:
    made = send(owner, "POST", "/tags", {"name": "Rome", "hue": 3}).json()
    assert list(send(owner, "POST", "/tags", {"name": "rome"}).json()["fields"]) == ["name"]
    path = f"/tags/{made['uid']}"
    assert send(owner, "PATCH", path, {"edit_version": 1, "hue": 5}).json()["hue"] == 5
    assert send(owner, "DELETE", path).status_code == 204
    assert send(owner, "GET", "/tags").json() == {"items": [], "total": 0}


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("/categories", {"name": ""}, "name"),
        ("/categories", {"name": "X", "hue": 13}, "hue"),
        ("/categories", {"name": "X", "icon": "skull"}, "icon"),
        ("/categories", {"name": "X", "kind": "gift"}, "kind"),
        ("/categories", {"name": "X", "parent": NOBODY}, "parent"),
        ("/payees", {"name": "a\u202eb"}, "name"),
        ("/payees", {"name": "x" * 121}, "name"),
        ("/tags", {"name": "a,b"}, "name"),
        ("/tags", {"name": "x" * 41}, "name"),
        ("/tags", {"name": "X", "more": 1}, "more"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(owner: Client, path: str, sent: dict[str, Any], field: str) -> None:
    answer = send(owner, "POST", path, sent)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_register_and_balances_are_read(owner: Client, account: Account) -> None:
    for amount in (-1000, -2000, 500):
        spend(account, amount, payee="Lidl")
    path = f"/accounts/{account.uid}"
    first = send(owner, "GET", f"{path}/register?limit=2").json()
    assert [(row["amount"], row["balance"], row["name"]) for row in first["items"]] == [
        (500, 7500, "Lidl"),
        (-2000, 7000, "Lidl"),
    ]
    rest = send(owner, "GET", f"{path}/register?limit=2&after={first['next']}").json()
    assert [(row["amount"], row["balance"]) for row in rest["items"]] == [(-1000, 9000)]
    assert rest["next"] is None
    days = send(owner, "GET", f"{path}/balances?from=2026-03-13&to=2026-03-15").json()
    assert [point["balance"] for point in days["items"]] == [10000, 7500, 7500]
    months = send(owner, "GET", f"{path}/balances?from=2026-02-01&to=2026-03-31&by=month").json()
    assert [(point["day"], point["balance"]) for point in months["items"]] == [
        ("2026-02-28", 10000),
        ("2026-03-31", 7500),
    ]
    for wrong in ("from=2026-03-13&to=2026-03-01", "from=1990-01-01&to=2026-01-01", "from=2026-02-30&to=2026-03-01"):
        assert send(owner, "GET", f"{path}/balances?{wrong}").status_code == 422
    assert send(owner, "GET", f"{path}/register?from=2026-03-13&to=2026-03-01").status_code == 422


def test_an_account_is_closed_with_a_reason_and_opened_again(owner: Client, account: Account) -> None:
    spend(account)
    path = f"/accounts/{account.uid}"
    early = send(owner, "POST", f"{path}/close", {"closed_on": "2026-03-01"})
    assert list(early.json()["fields"]) == ["closed_on"]
    closed = send(owner, "POST", f"{path}/close", {"closed_on": "2026-04-01", "because": "Moved"}).json()
    assert (closed["closed_on"], closed["closed_because"]) == ("2026-04-01", "Moved")
    assert send(owner, "POST", f"{path}/reopen").json()["closed_on"] is None


def test_a_viewer_reads_and_a_stranger_finds_nothing(
    viewer: Client, stranger: Client, account: Account, household: Household
) -> None:
    spend(account, payee="Lidl", tags=["work"])
    with household_scope(household.pk):
        rows: dict[str, Any] = {
            "payees": Payee.objects.get(),
            "tags": Tag.objects.get(),
            "categories": key_of(household, "fuel"),
        }
    for where, row in rows.items():
        path = f"/{where}/{row.uid}"
        assert [send(each, "GET", path).status_code for each in (viewer, stranger)] == [200, 404]
        assert send(viewer, "POST", f"/{where}", {"name": "X"}).status_code == 403
        assert send(viewer, "DELETE", path).status_code == 403
        assert send(stranger, "DELETE", path).status_code == 404
        assert send(stranger, "PATCH", path, {"edit_version": 1}).status_code == 404


def test_lists_cost_the_same_however_many(owner: Client, account: Account, django_assert_num_queries: Any) -> None:
    for rows in (1, 3):
        for number in range(rows):
            spend(account, payee=f"P {rows} {number}", tags=[f"t {rows} {number}"])
        for where in ("payees", "tags", "categories"):
            with django_assert_num_queries(5 if where != "categories" else 4):
                send(owner, "GET", f"/{where}")
        with django_assert_num_queries(10):
            send(owner, "GET", f"/accounts/{account.uid}/register")
