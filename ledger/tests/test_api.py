"""The ledger's API, through its door, as an owner, a viewer, a stranger and a passer-by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.testing import owner_of
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
NEW = {"name": "Savings", "kind": "savings", "currency": "EUR", "opening_balance": 125050, "opened_on": "2026-01-31"}


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", text, content_type="application/json")


def test_an_account_is_added_read_changed_and_deleted(owner: Client) -> None:
    added = send(owner, "POST", "/accounts", NEW)
    assert added.status_code == 201
    uid, version = added.json()["uid"], added.json()["edit_version"]
    assert send(owner, "GET", f"/accounts/{uid}").json()["balance"] == 125050
    changed = send(owner, "PATCH", f"/accounts/{uid}", {"edit_version": version, "name": "Rainy day"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Rainy day")
    assert changed.json()["opening_balance"] == 125050
    assert send(owner, "DELETE", f"/accounts/{uid}").status_code == 204
    assert send(owner, "GET", f"/accounts/{uid}").status_code == 404
    assert send(owner, "GET", "/accounts").json() == {"items": [], "total": 0}


def test_the_later_of_two_editors_is_refused_and_overwrites_nothing(owner: Client) -> None:
    account = send(owner, "POST", "/accounts", NEW).json()
    path = f"/accounts/{account['uid']}"
    assert send(owner, "PATCH", path, {"edit_version": 1, "name": "First"}).status_code == 200
    late = send(owner, "PATCH", path, {"edit_version": 1, "name": "Second"})
    assert late.status_code == 409
    assert "First" in late.json()["detail"]
    assert send(owner, "GET", path).json()["name"] == "First"


def test_a_change_without_a_version_is_refused(owner: Client) -> None:
    account = send(owner, "POST", "/accounts", NEW).json()
    answer = send(owner, "PATCH", f"/accounts/{account['uid']}", {"name": "First"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["edit_version"])


def test_a_viewer_reads_and_may_not_write(household: Household, viewer: Client) -> None:
    account = AccountFactory.create(household=household)
    assert send(viewer, "GET", "/accounts").json()["total"] == 1
    assert send(viewer, "POST", "/accounts", NEW).status_code == 403
    assert send(viewer, "PATCH", f"/accounts/{account.uid}", {"edit_version": 1}).status_code == 403
    assert send(viewer, "DELETE", f"/accounts/{account.uid}").status_code == 403


def test_a_stranger_finds_nothing(household: Household, stranger: Client) -> None:
    account = AccountFactory.create(household=household)
    assert send(stranger, "GET", "/accounts").json()["total"] == 0
    for method in ("GET", "DELETE"):
        assert send(stranger, method, f"/accounts/{account.uid}").status_code == 404
    assert send(stranger, "PATCH", f"/accounts/{account.uid}", {"edit_version": 1}).status_code == 404


def test_a_passer_by_is_asked_to_log_in() -> None:
    for path in ("/me", "/accounts", "/categories"):
        answer = send(Client(), "GET", path)
        assert answer.status_code == 401
        assert answer.json() == {"detail": "Log in first.", "fields": {}}


def test_a_write_without_the_csrf_token_is_refused(household: Household) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner_of(household), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert send(client, "POST", "/accounts", NEW).status_code == 403
    assert send(client, "GET", "/accounts").status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Sav\u0000ings"}, "name"),
        ({"name": "Sav\u202eings"}, "name"),
        ({"kind": "treasure"}, "kind"),
        ({"currency": "EUX"}, "currency"),
        ({"currency": "euro"}, "currency"),
        ({"opening_balance": 10**16}, "opening_balance"),
        ({"opening_balance": 12.5}, "opening_balance"),
        ({"opening_balance": "12"}, "opening_balance"),
        ({"opening_balance": True}, "opening_balance"),
        ({"opened_on": "2026-02-31"}, "opened_on"),
        ({"opened_on": "0000-01-01"}, "opened_on"),
        ({"opened_on": "1200-01-01"}, "opened_on"),
        ({"household": 1}, "household"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(owner: Client, change: dict[str, Any], field: str) -> None:
    answer = send(owner, "POST", "/accounts", {**NEW, **change})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert send(owner, "GET", "/accounts").json()["total"] == 0


@pytest.mark.parametrize("body", ["{", "[1, 2", "\x00", '"text"', "[]", "null", "12"])
def test_malformed_json_is_a_clear_answer(owner: Client, body: str) -> None:
    answer = send(owner, "POST", "/accounts", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["limit=-1", "limit=0", "limit=501", "limit=x", "offset=-1", "offset=99999999999999999999"]
)
def test_a_page_that_cannot_be_is_refused(owner: Client, query: str) -> None:
    assert send(owner, "GET", f"/accounts?{query}").status_code == 422


def test_a_list_costs_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            AccountFactory.create(household=household)
        with django_assert_num_queries(5):
            assert send(owner, "GET", "/accounts").status_code == 200


def test_all_categories_come_in_one_page(owner: Client) -> None:
    answer = send(owner, "GET", "/categories").json()
    assert answer["total"] == len(answer["items"]) == 33
    groceries = next(item for item in answer["items"] if item["key"] == "groceries")
    group = next(item for item in answer["items"] if item["uid"] == groceries["parent"])
    assert (group["name"], group["parent"]) == ("Food & Drinks", None)


def test_too_many_requests_are_told_when_to_come_back(owner: Client, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("financeflow.web.api_door.seconds_to_wait", lambda *args, **kwargs: 30)
    answer = send(owner, "GET", "/me")
    assert answer.status_code == 429
    assert 1 <= float(answer["Retry-After"]) <= 60


def test_me_says_who_and_where(owner: Client, household: Household) -> None:
    told = send(owner, "GET", "/me").json()
    assert (told["household_name"], told["role"]) == (household.name, "owner")


def test_the_reference_is_for_who_is_logged_in_and_lists_every_operation(owner: Client) -> None:
    page = owner.get("/api/v1/docs")
    assert page.status_code == 200
    for words in ("/api/v1/accounts", "Add an account", "PATCH", "opening_balance"):
        assert words in page.text
    assert "http://" not in page.text.replace("http://testserver", "").replace("http://www.w3.org", "")
    for path in ("/api/v1/docs", "/api/v1/openapi.json"):
        assert Client().get(path).status_code == 302
