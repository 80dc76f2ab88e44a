"""Rules as JSON, through their door, as an owner, a viewer and a stranger."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Category, Line, Tag
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
WHEN = [{"field": "payee", "op": "contains", "values": ["lidl"]}]


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(method, f"/api/v1/rules{path}", json.dumps(body), content_type="application/json")


@pytest.fixture
def groceries(household: Household) -> str:
    with household_scope(household.pk):
        return str(Category.objects.get(key="groceries").uid)


def new(groceries: str, **more: Any) -> dict[str, Any]:
    deeds = [{"do": "category", "values": [groceries]}, {"do": "add_tags", "values": ["shop"]}]
    return {"name": "Shops", "conditions": WHEN, "deeds": deeds, **more}


def test_a_rule_is_added_previewed_applied_changed_and_deleted(
    household: Household, owner: Client, groceries: str
) -> None:
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        row = actions.add_transaction(
            household=household, by=None, account=account, date=date(2026, 3, 1), amount=-500, payee="Lidl"
        )
    added = send(owner, "POST", "", new(groceries))
    assert added.status_code == 201
    rule = added.json()
    with household_scope(household.pk):
        assert rule["deeds"][1]["values"] == [str(Tag.objects.get(name="shop").uid)]
    seen = send(owner, "POST", f"/{rule['uid']}/preview", {}).json()
    assert (seen["count"], seen["rows"][0]["transaction"]) == (1, str(row.uid))
    assert {"what": "Category", "before": "Uncategorised", "after": "Groceries"} in seen["rows"][0]["steps"]
    done = send(owner, "POST", "/apply", {"rule": rule["uid"]}).json()
    assert (done["changed"], done["change"] is not None) == (1, True)
    assert send(owner, "POST", "/apply", {}).json()["changed"] == 0
    with household_scope(household.pk):
        assert str(Line.objects.get(transaction=row).category) == "Groceries"
    changed = send(owner, "PATCH", f"/{rule['uid']}", {"edit_version": 1, "is_active": False})
    assert (changed.status_code, changed.json()["is_active"], changed.json()["hits"]) == (200, False, 1)
    assert send(owner, "PATCH", f"/{rule['uid']}", {"edit_version": 1, "name": "Late"}).status_code == 409
    assert send(owner, "GET", "").json()["total"] == 1
    assert send(owner, "DELETE", f"/{rule['uid']}").status_code == 204
    assert send(owner, "GET", f"/{rule['uid']}").status_code == 404


def test_what_makes_no_sense_is_refused(owner: Client, groceries: str) -> None:
    wrong: list[dict[str, Any]] = [
        {"conditions": []},
        {"conditions": [{"field": "payee", "op": "regex", "values": ["(a"]}]},
        {"conditions": [{"field": "payee", "op": "is", "values": ["x" * 201]}]},
        {"deeds": [{"do": "category", "values": ["7"]}]},
        {"deeds": [{"do": "category", "values": ["00000000-0000-4000-8000-000000000000"]}]},
        {"deeds": [{"do": "add_tags", "values": ["a,b"]}]},
        {"deeds": [{"do": "split", "parts": [{"share": 1}]}]},
        {"deeds": [{"do": "split", "parts": [{"share": 1.5}, {"share": 1}]}]},
        {"name": ""},
        {"colour": "red"},
    ]
    for change in wrong:
        answer = send(owner, "POST", "", new(groceries, **change))
        assert answer.status_code == 422, change
    assert send(owner, "GET", "").json()["total"] == 0


def test_a_viewer_reads_and_a_stranger_finds_nothing(
    owner: Client, viewer: Client, stranger: Client, groceries: str
) -> None:
    uid = send(owner, "POST", "", new(groceries)).json()["uid"]
    assert send(viewer, "GET", f"/{uid}").status_code == 200
    assert send(viewer, "POST", f"/{uid}/preview", {}).status_code == 200
    for method, path in (("POST", ""), ("PATCH", f"/{uid}"), ("DELETE", f"/{uid}"), ("POST", "/apply")):
        assert send(viewer, method, path, {"edit_version": 1} if method == "PATCH" else {}).status_code in (403, 422)
    assert send(viewer, "POST", "/apply", {}).status_code == 403
    assert send(stranger, "GET", "").json()["total"] == 0
    for method, path in (("GET", f"/{uid}"), ("DELETE", f"/{uid}"), ("POST", f"/{uid}/preview")):
        assert send(stranger, method, path, {}).status_code == 404
