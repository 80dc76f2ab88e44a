"""Transactions through the API, as an owner, a viewer, a stranger and a passer-by."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger.models import Account
from ledger.tests.entries import balance, category, rows, spend
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, image, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


@pytest.fixture
def savings(household: Household, account: Account) -> Account:
    return AccountFactory.create(household=household)


def ask(client: Client, method: str, path: str = "", body: Any = None) -> Any:
    text = body if isinstance(body, str) else json.dumps(body, default=str)
    return client.generic(method, f"/api/v1/transactions{path}", text, content_type="application/json")


def new(where: Account, /, **said: Any) -> dict[str, Any]:
    return {"account": where.uid, "date": "2026-03-14", "amount": -1250, **said}


def test_money_is_added_read_changed_and_deleted(owner: Client, household: Household, account: Account) -> None:
    food = category(household)
    added = ask(owner, "POST", "", new(account, payee="Pret", category=food.uid, tags=["work"], notes="hm"))
    assert added.status_code == 201
    told = added.json()
    assert (told["amount"], told["currency"], told["payee"], told["tags"]) == (-1250, "EUR", "Pret", ["work"])
    assert told["lines"] == [{"category": str(food.uid), "amount": -1250, "memo": "", "learned": 0}]
    assert (told["source"], told["account"], told["other_side"]) == ("api", str(account.uid), None)
    path = f"/{told['uid']}"
    assert ask(owner, "GET", path).json() == told
    changed = ask(owner, "PATCH", path, {"edit_version": 1, "amount": -2000, "tags": [], "payee": "Itsu"})
    assert changed.status_code == 200
    assert [changed.json()[name] for name in ("amount", "tags", "payee", "notes")] == [-2000, [], "Itsu", "hm"]
    assert balance(account) == 8000
    assert ask(owner, "DELETE", path).status_code == 204
    assert ask(owner, "GET", path).status_code == 404
    assert balance(account) == 10000
    assert rows(household) == []


def test_a_split_is_sent_as_lines(owner: Client, household: Household, account: Account) -> None:
    lines = [{"amount": -1000, "category": category(household).uid}, {"amount": -250, "memo": "a pen"}]
    told = ask(owner, "POST", "", new(account, lines=lines)).json()
    assert [line["amount"] for line in told["lines"]] == [-1000, -250]
    path = f"/{told['uid']}"
    joined = ask(owner, "PATCH", path, {"edit_version": 1, "lines": [{"amount": -1250}]})
    assert [line["amount"] for line in joined.json()["lines"]] == [-1250]
    late = ask(owner, "PATCH", path, {"edit_version": 1, "lines": lines})
    assert late.status_code == 409
    wrong = ask(owner, "PATCH", path, {"edit_version": 2, "lines": [{"amount": -1}]})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["lines"])
    rows(household)


def test_a_transfer_is_added_made_and_parted(
    owner: Client, household: Household, account: Account, savings: Account
) -> None:
    sent = {"account": account.uid, "to_account": savings.uid, "date": "2026-03-14", "amount": 700, "tags": ["x"]}
    told = ask(owner, "POST", "/transfers", sent)
    assert told.status_code == 201
    both = told.json()
    assert (both["out"]["amount"], both["into"]["amount"], both["out"]["source"]) == (-700, 700, "api")
    assert both["out"]["other_side"] == both["into"]["uid"]
    assert ask(owner, "DELETE", f"/{both['out']['uid']}/transfer").status_code == 204
    assert len(rows(household)) == 2
    row = spend(account)
    made = ask(owner, "POST", f"/{row.uid}/transfer", {"to_account": savings.uid})
    assert (made.status_code, made.json()["into"]["amount"]) == (201, 1250)
    assert (balance(account), balance(savings)) == (10000 - 700 - 1250, 10000 + 700 + 1250)
    assert ask(owner, "POST", f"/{row.uid}/transfer", {"to_account": savings.uid}).status_code == 409
    filed = ask(owner, "PATCH", f"/{row.uid}", {"edit_version": 2, "category": category(household).uid})
    assert filed.status_code == 409
    rows(household)


def test_the_same_number_adds_once(owner: Client, household: Household, account: Account) -> None:
    sent = new(account, form_number=uuid.uuid4())
    assert ask(owner, "POST", "", sent).json()["uid"] == ask(owner, "POST", "", sent).json()["uid"]
    assert len(rows(household)) == 1


def test_many_are_added_as_one_change_or_not_at_all(owner: Client, household: Household, account: Account) -> None:
    told = ask(owner, "POST", "/bulk", {"items": [new(account, amount=-number) for number in range(1, 41)]})
    assert (told.status_code, told.json()["total"]) == (201, 40)
    assert [str(row.uid) for row in rows(household)] == told.json()["items"]
    with household_scope(household.pk):
        assert ChangeSet.objects.filter(verb="transaction.added").count() == 1
    bad = {"items": [new(account), new(account, account=uuid.uuid4())]}
    assert ask(owner, "POST", "/bulk", bad).status_code == 422
    assert ask(owner, "POST", "/bulk", {"items": []}).status_code == 422
    assert ask(owner, "POST", "/bulk", {"items": [new(account)] * 1001}).status_code == 422
    assert len(rows(household)) == 40


def test_a_list_is_searched_and_read_page_by_page(owner: Client, household: Household, account: Account) -> None:
    for number in range(5):
        spend(account, -100 - number, payee="Pret" if number % 2 else "Itsu")
    first = ask(owner, "GET", "?limit=2").json()
    rest = ask(owner, "GET", f"?limit=3&after={first['next']}").json()
    assert [row["amount"] for row in first["items"] + rest["items"]] == [-104, -103, -102, -101, -100]
    assert rest["next"] is None
    found = ask(owner, "GET", "?q=pret").json()
    assert [row["payee"] for row in found["items"]] == ["Pret", "Pret"]
    assert ask(owner, "GET", "?month=2026-02").json()["items"] == []
    assert ask(owner, "GET", "/tally?q=pret").json()["going_out"] == -204
    assert ask(owner, "GET", "?q=account:nowhere").json()["problems"]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "month=2026", "month=2026-1", "q=" + "x" * 2001])
def test_a_list_that_cannot_be_is_refused(owner: Client, query: str) -> None:
    assert ask(owner, "GET", f"?{query}").status_code == 422


@pytest.mark.parametrize("after", ["x", "2026-13-01.5", "2026-01-01.x", "2026-01-01.99999999999999999999", "-"])
def test_a_place_that_is_none_is_no_fault(owner: Client, account: Account, after: str) -> None:
    assert ask(owner, "GET", f"?after={after}").status_code in (200, 422)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": 12.5}, "amount"),
        ({"amount": "12"}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": 10**16}, "amount"),
        ({"date": "2026-02-31"}, "date"),
        ({"date": "0000-01-01"}, "date"),
        ({"date": "1200-01-01"}, "date"),
        ({"account": "x"}, "account"),
        ({"account": str(uuid.uuid4())}, "account"),
        ({"category": str(uuid.uuid4())}, "category"),
        ({"payee": "x" * 121}, "payee"),
        ({"payee": "Pr\u0000et"}, "payee"),
        ({"payee": "Pr\u202eet"}, "payee"),
        ({"notes": "x" * 2001}, "notes"),
        ({"notes": "a\u0007b"}, "notes"),
        ({"description": "a\nb"}, "description"),
        ({"tags": ["x" * 41]}, "tags.0"),
        ({"tags": ["a,b"]}, "tags"),
        ({"status": "reconciled"}, "status"),
        ({"original_amount": 5}, "original_amount"),
        ({"original_amount": 5, "original_currency": "EUX"}, "original_currency"),
        ({"lines": []}, "lines"),
        ({"lines": [{"amount": -1}]}, "lines"),
        ({"lines": [{"amount": -1250, "memo": "x" * 201}]}, "lines.0.memo"),
        ({"lines": [{"amount": -1250, "memo": "a\u202eb"}]}, "memo"),
        ({"lines": [{"amount": -1250}], "category": None}, "category"),
        ({"household": 1}, "household"),
        ({"base_amount": 1}, "base_amount"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    owner: Client, household: Household, account: Account, said: dict[str, Any], field: str
) -> None:
    for path, body in (("", new(account, **said)), ("/bulk", {"items": [new(account), new(account, **said)]})):
        answer = ask(owner, "POST", path, body)
        assert answer.status_code == 422
        assert [name.removeprefix("items.1.") for name in answer.json()["fields"]] == [field]
    assert rows(household) == []


def test_nothing_may_be_where_something_must(owner: Client, account: Account) -> None:
    row = spend(account)
    for name in ("amount", "account", "date", "tags", "notes", "status"):
        answer = ask(owner, "PATCH", f"/{row.uid}", {"edit_version": 1, name: None})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [name])
    assert ask(owner, "PATCH", f"/{row.uid}", {"notes": "x"}).status_code == 422


def test_papers_are_sent_listed_fetched_and_deleted(owner: Client, account: Account) -> None:
    path = f"/api/v1/transactions/{spend(account).uid}/papers"
    added = owner.post(path, {"file": upload("bill.pdf", PDF, "application/pdf")})
    assert (added.status_code, added.json()["name"]) == (201, "bill.pdf")
    assert owner.get(path).json()["total"] == 1
    fetched: Any = owner.get(added.json()["url"])
    assert b"".join(fetched.streaming_content) == PDF
    assert fetched["Content-Disposition"].startswith("attachment")
    lie = owner.post(path, {"file": upload("bill.pdf", image(), "application/pdf")})
    assert lie.status_code == 422
    assert owner.post(path).status_code == 422
    assert owner.delete(added.json()["url"]).status_code == 204
    assert owner.get(path).json()["total"] == 0


def test_a_viewer_reads_and_may_not_write(viewer: Client, household: Household, account: Account) -> None:
    row = spend(account)
    assert len(ask(viewer, "GET").json()["items"]) == 1
    for method, path in (("POST", ""), ("POST", "/bulk"), ("POST", "/transfers"), ("PATCH", f"/{row.uid}")):
        assert ask(viewer, method, path, new(account)).status_code in (403, 422)
    assert ask(viewer, "DELETE", f"/{row.uid}").status_code == 403
    assert len(rows(household)) == 1


def test_a_stranger_finds_nothing(stranger: Client, household: Household, account: Account) -> None:
    row = spend(account)
    assert ask(stranger, "GET").json()["items"] == []
    for method, path in (("GET", ""), ("DELETE", ""), ("DELETE", "/transfer"), ("GET", "/papers")):
        assert ask(stranger, method, f"/{row.uid}{path}").status_code == 404
    assert ask(stranger, "PATCH", f"/{row.uid}", {"edit_version": 1, "notes": "x"}).status_code == 404
    assert ask(stranger, "POST", "", new(account)).status_code == 422
    assert len(rows(household)) == 1


def test_a_passer_by_is_asked_to_log_in() -> None:
    assert ask(Client(), "GET").status_code == 401


def test_a_list_costs_the_same_with_one_row_and_with_three(
    owner: Client, account: Account, django_assert_num_queries: Any
) -> None:
    for count in (1, 2):
        for number in range(count):
            spend(account, -100 - number, payee=f"Shop {count}{number}", tags=[f"t{count}{number}"])
        with django_assert_num_queries(8):
            ask(owner, "GET")
