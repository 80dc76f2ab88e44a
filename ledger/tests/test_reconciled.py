"""What is reconciled keeps its amount, date and account, whatever is tried, until its statement is unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import gaps, reconciling
from ledger.actions.gaps import Remedy
from ledger.models import Account, Statement, Tick, Transaction
from ledger.queries import reconciling as queries
from ledger.queries.checking import violations
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.statements import END, begin, facts, locked, spend, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    """Each test stands in the household, and leaves its books without a fault."""
    with household_scope(household.pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


@pytest.mark.parametrize(
    "said",
    [
        {"amount": -1},
        {"date": END - timedelta(days=3)},
        {"status": "cleared"},
        {"status": "pending", "amount": -5},
        {"account": "other"},
    ],
)
def test_a_reconciled_row_keeps_amount_date_and_account_whatever_is_said(
    account: Account, said: dict[str, Any]
) -> None:
    locked(account, -30_00)
    row = Transaction.objects.get()
    if "account" in said:
        said = {"account": AccountFactory.create(household=account.household)}
    with pytest.raises(Refused, match="keeps its amount"):
        actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, **said)
    assert Transaction.objects.get(amount=-30_00, date=END, account=account).status == "reconciled"


def test_a_reconciled_row_may_be_filed_tagged_and_noted(account: Account) -> None:
    locked(account, -30_00)
    row = Transaction.objects.get()
    actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, notes="Yes", tags=["trip"])
    assert Transaction.objects.get().status == "reconciled"


def test_nothing_is_reconciled_but_by_a_statement(account: Account) -> None:
    [row] = spend(account, -30_00)
    with pytest.raises(Refused, match="with a statement"):
        actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, status="reconciled")
    with pytest.raises(Refused, match="with a statement"):
        spend(account, -5, status="reconciled")
    with pytest.raises(Refused, match="with a statement"):
        actions.mark_transactions(
            household=account.household, by=None, rows=Transaction.objects.all(), status="reconciled"
        )


def test_in_bulk_the_reconciled_stay_as_they_are(account: Account) -> None:
    locked(account, -30_00)
    frame: dict[str, Any] = {"household": account.household, "by": None, "rows": Transaction.objects.all()}
    other = AccountFactory.create(household=account.household)
    for outcome in (
        actions.move_transactions(**frame, account=other),
        actions.shift_transactions(**frame, days=3),
        actions.mark_transactions(**frame, status="pending"),
        actions.trash_transactions(**frame),
    ):
        assert (outcome.changed, outcome.left) == (0, 1)
    with pytest.raises(Refused, match="Unlock"):
        actions.trash_transaction(transaction=Transaction.objects.get(), by=None)
    row = Transaction.objects.get()
    assert (row.account_id, row.date, row.status, row.trashed_at) == (account.pk, END, "reconciled", None)


def test_an_undo_cannot_change_what_is_reconciled(account: Account) -> None:
    [row] = spend(account, -30_00)
    actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, amount=-25_00)
    statement = begin(account, 75_00)
    tick(statement, row)
    reconciling.lock_statement(statement=statement, by=None)
    member = Membership.objects.get()
    for verb in ("transaction.changed", "transaction.added"):
        with pytest.raises(Refused):
            undo_change(ChangeSet.objects.get(verb=verb), by=member)
    assert Transaction.objects.get().amount == -25_00


def test_unlocking_gives_all_back_cleared_and_still_ticked_and_history_knows_who(account: Account, undo: Undo) -> None:
    member = Membership.objects.select_related("user").get()
    statement, rows = locked(account, -30_00, -1_00)
    before = facts()
    statement = reconciling.unlock_statement(statement=statement, by=member.user)
    assert {(row.status, row.statement_id) for row in Transaction.objects.all()} == {("cleared", None)}
    assert queries.reckoning(statement).difference == 0
    assert queries.reckoning(statement).count == len(rows)
    assert [(each.verb, each.by) for each in queries.lock_history(statement)] == [
        ("statement.unlocked", member.user),
        ("statement.locked", None),
    ]
    undo()
    assert facts() == before
    assert not Tick.objects.exists()
    undo()
    assert Tick.objects.count() == 2


def test_undoing_a_lock_brings_back_every_status_and_the_ticks(account: Account, undo: Undo) -> None:
    rows = spend(account, -30_00, -1_00)
    Transaction.objects.filter(pk=rows[0].pk).update(status="pending")
    statement = begin(account, 69_00)
    tick(statement, *rows)
    before = facts()
    reconciling.lock_statement(statement=statement, by=None)
    after = facts()
    undo()
    assert facts() == before
    assert queries.reckoning(queries.statements().get()).difference == 0
    undo()
    assert facts() == after


def test_what_changed_since_stands_in_the_way_of_doing_a_lock_again(account: Account, undo: Undo) -> None:
    statement, rows = locked(account, -30_00)
    undone = undo()
    row = Transaction.objects.get()
    actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, amount=-31_00)
    with pytest.raises(Refused, match="no longer adds up"):
        undo_change(undone, by=Membership.objects.get())
    assert Transaction.objects.get().status == "cleared"
    assert rows
    assert not Statement.objects.get(pk=statement.pk).is_locked


def test_a_locked_statement_is_neither_changed_deleted_nor_ticked(account: Account) -> None:
    statement, _rows = locked(account, -30_00)
    for deed in (
        lambda: reconciling.delete_statement(statement=statement, by=None),
        lambda: reconciling.tick_all(statement=statement),
        lambda: reconciling.lock_statement(statement=statement, by=None),
        lambda: reconciling.change_statement(
            statement=statement, by=None, edit_version=statement.edit_version, on=END, balance=1
        ),
        lambda: gaps.mend(
            statement=statement,
            remedy=Remedy(kind="fee", amount=-1),
            by=Membership.objects.select_related("user").get(),
        ),
    ):
        with pytest.raises(Refused, match="locked"):
            deed()
