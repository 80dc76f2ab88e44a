"""The pages of statements: what is wrong is refused whole, and who may not is not let in."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join
from ledger import actions
from ledger.actions import NewTransaction, reconciling
from ledger.models import Account, Statement, Tick, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
END = date(2026, 10, 31)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def spend(account: Account, *amounts: int, on: date = END, **said: Any) -> list[Transaction]:
    with household_scope(account.household_id):
        rows = [
            NewTransaction(account=account, date=on - timedelta(days=at), amount=amount, **said)
            for at, amount in enumerate(amounts)
        ]
        return actions.add_transactions(household=account.household, by=None, rows=rows)


def begin(account: Account, balance: int) -> Statement:
    with household_scope(account.household_id):
        return reconciling.add_statement(account=account, by=None, on=END, balance=balance)


def ticked(statement: Statement) -> set[int]:
    with household_scope(statement.household_id):
        return set(Tick.objects.filter(statement=statement).values_list("transaction_id", flat=True))


def path(name: str, statement: Statement) -> str:
    return reverse(name, args=[statement.uid])


def is_locked(statement: Statement) -> bool:
    with household_scope(statement.household_id):
        return Statement.objects.get(pk=statement.pk).is_locked


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": "2026-02-31"}, "February 2026 has 28 days."),
        ({"on": ""}, "This field is required."),
        ({"on": "1200-01-01"}, "between 1900 and 2199"),
        ({"balance": "abc"}, "not an amount"),
        ({"balance": "1e9"}, "not an amount"),
        ({"balance": ""}, "This field is required."),
        ({"balance": "10000000000000001"}, "too large"),
        ({"balance": "$5"}, "kept in EUR"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(owner: Client, account: Account, sent: dict[str, str], words: str) -> None:
    for headers in ({}, HTMX):
        answer = owner.post(
            reverse("statement_add", args=[account.uid]), {"on": "2026-10-31", "balance": "5", **sent}, headers=headers
        )
        assert answer.status_code == 422
        assert words in answer.text
    with household_scope(account.household_id):
        assert not Statement.objects.exists()


@pytest.mark.parametrize("sent", ["row=nonsense", f"row={uuid.uuid4()}", "row="])
def test_no_row_is_no_tick(owner: Client, account: Account, sent: str) -> None:
    statement = begin(account, 70_00)
    answer = owner.post(f"{path('statement_tick', statement)}?{sent}", headers=HTMX)
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "sent", [{"shown": "nonsense"}, {"every": "some"}, {"tick": ["x"]}, {"shown": f"{uuid.uuid4()} " * 500}]
)
def test_ticks_that_cannot_be_read_are_refused_whole(owner: Client, account: Account, sent: dict[str, Any]) -> None:
    statement = begin(account, 70_00)
    assert owner.post(path("statement_tick", statement), sent).status_code == 400


def test_a_row_of_another_account_cannot_be_ticked(owner: Client, account: Account) -> None:
    other = spend(AccountFactory.create(household=account.household), -5_00)[0]
    statement = begin(account, 70_00)
    assert owner.post(f"{path('statement_tick', statement)}?row={other.uid}&ticked=1").status_code == 404
    owner.post(path("statement_tick", statement), {"shown": str(other.uid), "tick": [str(other.uid)]})
    assert ticked(statement) == set()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "nonsense"}, 409),
        ({"kind": ""}, 400),
        ({"kind": "sign", "amount": "x"}, 400),
        ({"kind": "sign", "row": "x"}, 400),
        ({"kind": "sign"}, 409),
        ({"kind": "digits", "amount": 10**17}, 400),
        ({"kind": "opening", "amount": 5, "edit_version": 99}, 409),
        ({"kind": "left_until", "until": "soon"}, 400),
    ],
)
def test_a_remedy_that_cannot_be_is_refused(owner: Client, account: Account, sent: dict[str, Any], status: int) -> None:
    statement = begin(account, 70_00)
    assert owner.post(path("statement_mend", statement), sent, headers=HTMX).status_code == status
    with household_scope(account.household_id):
        assert not Transaction.objects.exists()
        assert Account.objects.get(pk=account.pk).opening_balance == 100_00


def test_a_viewer_reads_and_changes_nothing(viewer: Client, owner: Client, account: Account) -> None:
    row = spend(account, -30_00)[0]
    statement = begin(account, 70_00)
    page = viewer.get(path("statement_show", statement)).text
    assert "Up to" in page
    for word in ('type="checkbox"', "<noscript>", "/tick/", "/lock/", "/edit/", "/delete/"):
        assert word not in page
    for name in ("statement_tick", "statement_mend", "statement_lock", "statement_unlock", "statement_delete"):
        assert viewer.post(path(name, statement)).status_code == 403
    assert viewer.post(f"{path('statement_tick', statement)}?row={row.uid}&ticked=1").status_code == 403
    assert viewer.get(path("statement_edit", statement)).status_code == 403
    assert viewer.get(reverse("statement_add", args=[account.uid])).status_code == 403
    assert "/reconcile/" not in viewer.get(reverse("statement_list", args=[account.uid])).text


def test_a_stranger_finds_nothing(stranger: Client, account: Account) -> None:
    statement = begin(account, 70_00)
    for name in ("statement_show", "statement_edit"):
        assert stranger.get(path(name, statement)).status_code == 404
    for name in ("statement_tick", "statement_mend", "statement_lock", "statement_unlock", "statement_delete"):
        assert stranger.post(path(name, statement), {"kind": "fee"}).status_code == 404
    for name in ("statement_list", "statement_add"):
        assert stranger.get(reverse(name, args=[account.uid])).status_code == 404


def test_a_private_account_is_out_of_the_others_sight(owner: Client, household: Household) -> None:
    other = join(household, "editor")
    private = AccountFactory.create(household=household, by=other, private_to=other)
    spend(private, -30_00)
    statement = begin(private, 70_00)
    assert owner.get(path("statement_show", statement)).status_code == 404
    assert owner.post(path("statement_tick", statement), {"every": "tick"}).status_code == 404
    assert owner.get(reverse("statement_list", args=[private.uid])).status_code == 404


def test_the_pages_cost_the_same_with_one_row_and_with_three(
    owner: Client, account: Account, django_assert_num_queries: Any
) -> None:
    spend(account, *[-1_00] * 6)
    statement = begin(account, 70_00)
    for rows in (1, 2):
        added = spend(account, *[-30_00] * rows, on=END - timedelta(days=5 * rows))
        owner.post(f"{path('statement_tick', statement)}?row={added[0].uid}&ticked=1")
        with django_assert_num_queries(14):
            owner.get(path("statement_show", statement), headers=HTMX)
        with django_assert_num_queries(5):
            owner.get(reverse("statement_list", args=[account.uid]), headers=HTMX)


def test_ticking_costs_the_same_whatever_stands_there(
    owner: Client, account: Account, django_assert_num_queries: Any
) -> None:
    statement = begin(account, 70_00)
    for rows in (1, 40):
        added = spend(account, *[-30_00] * rows)
        with django_assert_num_queries(13):
            owner.post(f"{path('statement_tick', statement)}?row={added[0].uid}&ticked=1", headers=HTMX)
