"""Transactions split, joined, turned round and done once more, the books right to the cent after each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from financeflow.history.models import ChangeSet
from financeflow.history.refusal import EditConflict, Refused
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, MonthTotal, RefundLink, Transaction
from ledger.queries.checking import violations
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 14)


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
    return AccountFactory.create(household=household)


def spend(account: Account, amount: int = -6840, **said: Any) -> Transaction:
    return actions.add_transaction(
        household=account.household, by=None, account=account, date=DAY, amount=amount, **said
    )


def category(key: str) -> Category:
    return Category.objects.get(key=key)


def parts_of(transaction: Transaction) -> list[tuple[str, int]]:
    return [(line.category.key if line.category else "", line.amount) for line in transaction.lines.all()]


def spent_under(key: str) -> int:
    return sum(row.sum_in + row.sum_out for row in MonthTotal.objects.filter(category__key=key))


def test_a_split_and_its_undo_move_the_sums_of_categories(account: Account, undo: Undo) -> None:
    row = spend(account, parts=[Part(-6840, category("dining"))])
    parts = [Part(-3840, category("dining")), Part(-4000, category("gifts-donations"), "a book"), Part(1000, None)]
    actions.split_transaction(transaction=row, by=None, edit_version=1, parts=parts)
    assert ChangeSet.objects.latest("id").summary == "Split −€68.40 into 3 parts"
    assert (spent_under("dining"), spent_under("gifts-donations")) == (-3840, -4000)
    undo()
    assert (spent_under("dining"), spent_under("gifts-donations")) == (-6840, 0)
    undo()
    assert parts_of(row) == [("dining", -3840), ("gifts-donations", -4000), ("", 1000)]


def test_parts_that_do_not_add_up_are_refused_whole(account: Account) -> None:
    row = spend(account)
    with pytest.raises(ValidationError, match="do not add up"):
        actions.split_transaction(transaction=row, by=None, edit_version=1, parts=[Part(-1), Part(-2)])
    assert parts_of(row) == [("", -6840)]


def test_a_split_may_change_the_whole_too(account: Account) -> None:
    row = spend(account)
    actions.split_transaction(transaction=row, by=None, edit_version=1, parts=[Part(-4000), Part(-3000)], amount=-7000)
    account.refresh_from_db()
    assert account.balance == 10000 - 7000


def test_a_change_of_parts_alone_is_an_edit(account: Account) -> None:
    row = spend(account)
    actions.split_transaction(transaction=row, by=None, edit_version=1, parts=[Part(-6000), Part(-840)])
    for late in (actions.split_transaction, actions.change_transaction):
        with pytest.raises(EditConflict) as told:
            late(transaction=row, by=None, edit_version=1, parts=[Part(-6840)])
    assert {change.model for change in told.value.changes} == {"ledger.line"}


def test_what_changed_nothing_is_no_edit(account: Account) -> None:
    row = spend(account, parts=[Part(-6840, category("dining"))], tags=["out"])
    actions.change_transaction(transaction=row, by=None, edit_version=1, category=category("dining"), tags=["out"])
    row.refresh_from_db()
    assert row.edit_version == 1


def test_a_transfer_is_not_split(account: Account, household: Household) -> None:
    other = AccountFactory.create(household=household)
    out, _into = actions.add_transfer(household=household, by=None, source=account, target=other, amount=500, on=DAY)
    with pytest.raises(Refused, match="has no parts"):
        actions.split_transaction(transaction=out, by=None, edit_version=1, parts=[Part(-250), Part(-250)])


def test_money_out_turned_round_is_money_in_with_all_its_parts(account: Account, undo: Undo) -> None:
    values = {"original_amount": -7500, "original_currency": "USD"}
    row = spend(account, parts=[Part(-6000, category("dining")), Part(-840)], values=values)
    actions.turn_transaction(transaction=row, by=None)
    row.refresh_from_db()
    account.refresh_from_db()
    assert (row.amount, row.original_amount, account.balance) == (6840, 7500, 16840)
    assert parts_of(row) == [("dining", 6000), ("", 840)]
    undo()
    account.refresh_from_db()
    assert account.balance == 10000 - 6840


def test_what_money_is_owed_back_for_is_not_turned(account: Account, household: Household) -> None:
    row = spend(account)
    RefundLink.objects.create(household=household, line=row.lines.get(), expected=100, currency="EUR", since=DAY)
    with pytest.raises(Refused, match="owed back"):
        actions.turn_transaction(transaction=row, by=None)


def test_a_duplicate_has_parts_tags_and_notes_and_nothing_a_bank_said(account: Account) -> None:
    values = {"notes": "again", "description": "CARD 4711", "external_id": "x1", "status": "pending"}
    row = spend(account, parts=[Part(-6000, category("dining")), Part(-840)], tags=["out"], values=values)
    again = actions.duplicate_transaction(transaction=row, by=None, on=date(2026, 4, 1))
    assert parts_of(again) == parts_of(row)
    assert (again.notes, again.description, again.external_id, again.status) == ("again", "", "", "cleared")
    assert [tagging.tag.name for tagging in again.taggings.all()] == ["out"]


def test_of_many_rows_only_those_of_new_forms_are_added(account: Account, household: Household) -> None:
    one, two = uuid.uuid4(), uuid.uuid4()

    def rows(*numbers: uuid.UUID) -> list[NewTransaction]:
        return [
            NewTransaction(account=account, date=DAY, amount=-100, values={"form_number": number}) for number in numbers
        ]

    [known] = actions.add_transactions(household=household, by=None, rows=rows(one))
    found = actions.add_transactions(household=household, by=None, rows=rows(two, one))
    assert found[1] == known
    assert found[0].form_number == two
    assert Transaction.objects.count() == 2
    with pytest.raises(ValidationError, match="sent by one form"):
        actions.add_transactions(household=household, by=None, rows=rows(one, one))
