"""Statements, suggestions and what is owed as JSON, as an owner, a viewer, a stranger and a passer-by."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import refunds
from ledger.models import Account, Line, NoPair, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(method, f"/api/v1{path}", json.dumps(body), content_type="application/json")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def booked(account: Account, amount: int, *, back: int = 0, **said: Any) -> Transaction:
    day = today_in(account.household.time_zone) - timedelta(days=back)
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household, by=None, account=account, date=day, amount=amount, **said
        )


def begun(client: Client, account: Account, balance: int) -> str:
    day = today_in(account.household.time_zone).isoformat()
    added = send(client, "POST", "/statements", {"account": str(account.uid), "on": day, "balance": balance})
    assert added.status_code == 201, added.text
    return f"/statements/{added.json()['uid']}"


def test_a_statement_is_begun_ticked_locked_and_unlocked(owner: Client, account: Account) -> None:
    row, other = booked(account, -30_00), booked(account, -5_00)
    path = begun(owner, account, 70_00)
    assert send(owner, "GET", path).json()["difference"] == -30_00
    both = {"tick": [str(row.uid), str(other.uid)]}
    assert send(owner, "POST", f"{path}/ticks", both).json()["difference"] == 5_00
    gaps = send(owner, "GET", f"{path}/gaps").json()
    assert gaps["difference"] == 5_00
    assert gaps["items"][0]["rows"] == [str(other.uid)]
    refused = send(owner, "POST", f"{path}/lock", {})
    assert (refused.status_code, refused.json()["fields"]) == (409, {})
    ticked = send(owner, "POST", f"{path}/ticks", {"untick": [str(other.uid)]}).json()
    assert (ticked["before"], ticked["ticked"], ticked["rows"], ticked["difference"]) == (100_00, -30_00, 1, 0)
    locked = send(owner, "POST", f"{path}/lock", {}).json()
    assert (locked["locked_at"] is not None, locked["rows"], locked["difference"]) == (True, 1, 0)
    assert send(owner, "DELETE", path).status_code == 409
    assert send(owner, "POST", f"{path}/unlock").json()["locked_at"] is None
    assert send(owner, "DELETE", path).status_code == 204
    assert send(owner, "GET", path).status_code == 404


def test_what_is_reconciled_is_not_changed_through_the_api(owner: Client, account: Account) -> None:
    row = booked(account, -30_00)
    path = begun(owner, account, 70_00)
    send(owner, "POST", f"{path}/ticks", {"tick": [str(row.uid)]})
    assert send(owner, "POST", f"{path}/lock", {}).status_code == 200
    with household_scope(account.household_id):
        version = Transaction.objects.get().edit_version
    for change in ({"amount": -1}, {"date": "2026-01-01"}, {"status": "pending"}):
        answer = send(owner, "PATCH", f"/transactions/{row.uid}", {"edit_version": version, **change})
        assert answer.status_code == 409, change
    assert send(owner, "DELETE", f"/transactions/{row.uid}").status_code == 409
    with household_scope(account.household_id):
        kept = Transaction.objects.get()
    assert (kept.amount, kept.date, kept.status, kept.trashed_at) == (-30_00, row.date, "reconciled", None)


def test_a_correction_is_said_to_the_cent(owner: Client, account: Account) -> None:
    path = begun(owner, account, 98_77)
    assert send(owner, "POST", f"{path}/lock", {"correction": -1_22}).status_code == 409
    assert send(owner, "POST", f"{path}/lock", {"correction": -1_23}).json()["rows"] == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"on": "2026-02-31"}, 422),
        ({"on": "1200-01-01"}, 422),
        ({"balance": 12.5}, 422),
        ({"balance": 10**16}, 422),
        ({"account": str(uuid.uuid4())}, 404),
        ({"account": "x"}, 422),
        ({"locked_at": "2026-01-01"}, 422),
    ],
)
def test_what_is_wrong_is_refused(owner: Client, account: Account, sent: dict[str, Any], status: int) -> None:
    whole = {"account": str(account.uid), "on": "2026-10-31", "balance": 5, **sent}
    assert send(owner, "POST", "/statements", whole).status_code == status
    assert send(owner, "GET", "/statements").json()["total"] == 0


def test_statements_are_listed_by_account(owner: Client, household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household)
    begun(owner, account, 5)
    begun(owner, other, 6)
    assert send(owner, "GET", "/statements").json()["total"] == 2
    assert send(owner, "GET", f"/statements?account={other.uid}").json()["items"][0]["balance"] == 6
    assert send(owner, "GET", f"/statements?account={uuid.uuid4()}").status_code == 404


def test_pairs_are_suggested_linked_and_dismissed(owner: Client, household: Household, account: Account) -> None:
    savings = AccountFactory.create(household=household)
    for amount in (10_00, 20_00):
        booked(account, -amount)
        booked(savings, amount)
    items = send(owner, "GET", "/suggestions/transfers").json()["items"]
    assert [(item["amount"], item["reasons"][0]) for item in items] == [(10_00, "same amount"), (20_00, "same amount")]
    first, second = ({"out": item["out"], "into": item["into"]} for item in items)
    assert send(owner, "POST", "/suggestions/transfers", first).status_code == 204
    assert send(owner, "POST", "/suggestions/transfers", first).status_code == 409
    assert send(owner, "POST", "/suggestions/transfers/dismiss", second).status_code == 204
    assert send(owner, "GET", "/suggestions/transfers").json() == {"items": []}
    with household_scope(household.pk):
        assert NoPair.objects.count() == 1


def test_what_is_owed_is_told_with_its_days(owner: Client, household: Household, account: Account) -> None:
    meal = booked(account, -90_00, back=43)
    with household_scope(household.pk):
        line = Line.objects.select_related("transaction__household", "transaction__account").get(transaction=meal)
        refunds.expect_refund(line=line, expected=60_00, owed_by="Anna", by=None)
    told = send(owner, "GET", "/owed").json()
    assert told["sums"] == [{"amount": 60_00, "currency": "EUR"}]
    assert [(item["owed_by"], item["days"], item["transaction"]) for item in told["items"]] == [
        ("Anna", 43, str(meal.uid))
    ]


def test_a_viewer_reads_a_stranger_finds_nothing_and_a_passer_by_logs_in(
    owner: Client, viewer: Client, stranger: Client, account: Account
) -> None:
    path = begun(owner, account, 5)
    two = {"out": str(uuid.uuid4()), "into": str(uuid.uuid4())}
    writes = [
        ("POST", f"{path}/ticks", {}),
        ("POST", f"{path}/lock", {}),
        ("POST", f"{path}/unlock", None),
        ("DELETE", path, None),
        ("POST", "/suggestions/transfers", two),
        ("POST", "/suggestions/transfers/dismiss", two),
    ]
    for method, where, body in writes:
        assert send(viewer, method, where, body).status_code == 403, where
        assert send(stranger, method, where, body).status_code == 404, where
        assert send(Client(), method, where, body).status_code == 401, where
    for where in (path, f"{path}/gaps"):
        assert send(viewer, "GET", where).status_code == 200
        assert send(stranger, "GET", where).status_code == 404
    assert send(stranger, "GET", "/statements").json()["total"] == 0
    for where in ("/suggestions/transfers", "/owed"):
        assert send(viewer, "GET", where).status_code == 200


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "months=0", "months=121", "limit=x"])
def test_suggestions_that_cannot_be_are_refused(owner: Client, query: str) -> None:
    assert send(owner, "GET", f"/suggestions/transfers?{query}").status_code == 422


def test_lists_cost_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            begun(owner, AccountFactory.create(household=household), 5)
        with django_assert_num_queries(5):
            assert send(owner, "GET", "/statements").status_code == 200
