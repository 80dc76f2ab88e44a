"""Statements: added up from kept sums, ticked without a trace, locked at zero alone, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from financeflow.history.models import ChangeSet
from financeflow.history.refusal import EditConflict, Refused
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import reconciling
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


def test_the_difference_counts_to_zero_as_rows_are_ticked(account: Account) -> None:
    first, second, _third = spend(account, -30_00, -20_00, -7_00)
    statement = begin(account, 50_00)
    assert queries.reckoning(statement).difference == -50_00
    tick(statement, first)
    assert queries.reckoning(statement).difference == -20_00
    tick(statement, second)
    found = queries.reckoning(statement)
    assert (found.before, found.ticked, found.difference, found.count) == (100_00, -50_00, 0, 2)
    assert queries.extent(statement) == queries.Extent(3, -57_00, 1, -7_00)
    reconciling.set_ticks(statement=statement, untick=Transaction.objects.filter(pk=first.pk))
    assert queries.reckoning(statement).difference == -30_00


def test_ticks_are_no_change_of_the_books(account: Account) -> None:
    [row] = spend(account, -30_00)
    statement = begin(account, 70_00)
    before = ChangeSet.objects.count()
    tick(statement, row)
    reconciling.tick_all(statement=statement)
    reconciling.untick_all(statement=statement)
    assert ChangeSet.objects.count() == before
    assert Transaction.objects.get().edit_version == row.edit_version


def test_locking_makes_all_that_is_ticked_reconciled_and_leaves_the_rest(account: Account) -> None:
    ticked, left = spend(account, -30_00, -20_00)
    Transaction.objects.filter(pk=ticked.pk).update(status="pending")
    statement = begin(account, 70_00)
    tick(statement, ticked)
    statement = reconciling.lock_statement(statement=statement, by=None)
    assert (statement.is_locked, statement.total, statement.rows) == (True, -30_00, 1)
    assert dict(Transaction.objects.values_list("pk", "status")) == {ticked.pk: "reconciled", left.pk: "cleared"}
    assert not Tick.objects.exists()
    assert queries.reckoning(statement).difference == 0


def test_what_does_not_add_up_is_not_locked(account: Account) -> None:
    spend(account, -30_00)
    statement = begin(account, 70_00)
    for correction in (0, -29_99, 30_00):
        with pytest.raises(Refused, match=r"still a difference of −€30\.00"):
            reconciling.lock_statement(statement=statement, by=None, correction=correction)
    assert Transaction.objects.count() == 1
    assert not Statement.objects.get().is_locked


def test_a_correction_said_to_the_cent_is_added_and_the_statement_locked(account: Account, undo: Undo) -> None:
    [row] = spend(account, -30_00)
    statement = begin(account, 68_77)
    tick(statement, row)
    before = facts()
    statement = reconciling.lock_statement(statement=statement, by=None, correction=-1_23)
    correction = Transaction.objects.exclude(pk=row.pk).get()
    assert (correction.amount, correction.date, correction.status, str(correction.payee)) == (
        -1_23,
        END,
        "reconciled",
        "Balance correction",
    )
    assert (statement.total, statement.rows) == (-31_23, 2)
    undo()
    assert facts() == before
    assert Tick.objects.get().transaction_id == row.pk
    undo()
    assert Statement.objects.get().rows == Transaction.objects.filter(status="reconciled").count() == 2


def test_statements_follow_one_another_and_each_begins_where_the_last_one_ended(account: Account) -> None:
    locked(account, -30_00)
    with pytest.raises(ValidationError, match="Take a later day"):
        begin(account, 5)
    later = END + timedelta(days=30)
    [row] = spend(account, -5_00, on=later)
    statement = begin(account, 65_00, later)
    assert queries.reckoning(statement).before == 70_00
    tick(statement, row)
    reconciling.lock_statement(statement=statement, by=None)


def test_an_earlier_open_statement_is_locked_first(account: Account) -> None:
    early, late = spend(account, -30_00, on=END)[0], spend(account, -5_00, on=END + timedelta(days=9))[0]
    first = begin(account, 70_00)
    second = begin(account, 65_00, END + timedelta(days=10))
    tick(first, early)
    tick(second, late, early)
    assert queries.reckoning(second).difference == 0
    with pytest.raises(Refused, match="Lock that first"):
        reconciling.lock_statement(statement=second, by=None)
    reconciling.lock_statement(statement=first, by=None)
    reconciling.lock_statement(statement=second, by=None)


def test_a_deleted_statement_comes_back_with_its_ticks(account: Account, undo: Undo) -> None:
    [row] = spend(account, -30_00)
    statement = begin(account, 70_00)
    tick(statement, row)
    reconciling.delete_statement(statement=statement, by=None)
    assert not Statement.objects.exists()
    assert not Tick.objects.exists()
    undo()
    assert queries.reckoning(queries.statements().get()).difference == 0


def test_a_statement_is_changed_by_one_person_at_a_time(account: Account) -> None:
    statement = begin(account, 70_00)
    reconciling.change_statement(statement=statement, by=None, edit_version=1, on=END, balance=71_00)
    with pytest.raises(EditConflict):
        reconciling.change_statement(statement=statement, by=None, edit_version=1, on=END, balance=72_00)
    assert Statement.objects.get().balance == 71_00


def test_ticked_rows_that_leave_the_account_or_the_books_count_no_more(account: Account) -> None:
    gone, moved, stays = spend(account, -30_00, -20_00, -7_00)
    statement = begin(account, 93_00)
    tick(statement, gone, moved, stays)
    other = AccountFactory.create(household=account.household)
    actions.trash_transaction(transaction=gone, by=None)
    actions.change_transaction(transaction=moved, by=None, edit_version=moved.edit_version, account=other)
    found = queries.reckoning(statement)
    assert (found.ticked, found.count, found.difference) == (-7_00, 1, 0)
    assert queries.extent(statement) == queries.Extent(1, -7_00, 0, 0)
    statement = reconciling.lock_statement(statement=statement, by=None)
    assert (statement.rows, statement.total) == (1, -7_00)
