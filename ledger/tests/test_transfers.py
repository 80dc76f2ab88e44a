"""Transfers: made, changed, parted and taken back, the books right to the cent after each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from financeflow.history.refusal import EditConflict, Refused
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.models import Account, Category, RefundLink, Transaction
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
def everyday(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Savings")


def balances() -> list[int]:
    return list(Account.objects.order_by("pk").values_list("balance", flat=True))


def spend(account: Account, amount: int = -500, **said: Any) -> Transaction:
    return actions.add_transaction(
        household=account.household, by=None, account=account, date=DAY, amount=amount, **said
    )


@pytest.mark.parametrize("amount", [-500, 500])
def test_a_spending_or_income_made_a_transfer_moves_both_balances(
    everyday: Account, savings: Account, undo: Undo, amount: int
) -> None:
    row = spend(everyday, amount)
    actions.make_transfer(transaction=row, other=savings, by=None)
    assert balances() == [10000 + amount, 10000 - amount]
    undo()
    assert balances() == [10000 + amount, 10000]
    undo()
    assert balances() == [10000 + amount, 10000 - amount]


def test_what_becomes_a_transfer_is_neither_owed_back_nor_money_back(everyday: Account, savings: Account) -> None:
    groceries = Category.objects.get(key="groceries")
    bought = spend(everyday, parts=[actions.Part(-500, groceries)])
    back = spend(everyday, 200, parts=[actions.Part(200, groceries)])
    link = RefundLink.objects.create(
        household=everyday.household, line=bought.lines.get(), expected=200, currency="EUR", since=DAY, refund=back
    )
    actions.make_transfer(transaction=back, other=savings, by=None)
    link.refresh_from_db()
    assert link.refund is None
    actions.make_transfer(transaction=bought, other=savings, by=None)
    assert not RefundLink.objects.exists()


def test_what_is_part_of_a_transfer_becomes_no_other(everyday: Account, savings: Account) -> None:
    row = spend(everyday)
    actions.make_transfer(transaction=row, other=savings, by=None)
    row.refresh_from_db()
    with pytest.raises(Refused, match="part of a transfer already"):
        actions.make_transfer(transaction=row, other=savings, by=None)


def move(source: Account, target: Account, **said: Any) -> tuple[Transaction, Transaction]:
    said = {"amount": 700, "on": DAY, **said}
    return actions.add_transfer(household=source.household, by=None, source=source, target=target, **said)


def test_a_transfer_changed_moves_both_balances_and_what_both_sides_share(
    everyday: Account, savings: Account, household: Household, undo: Undo
) -> None:
    wallet = AccountFactory.create(household=household)
    out, into = move(everyday, savings, notes="monthly")
    said: dict[str, Any] = {"date": date(2026, 4, 1), "notes": "spring", "tags": ["saving"]}
    actions.change_transfer(
        transaction=out, by=None, edit_version=1, source=everyday, target=wallet, amount=900, **said
    )
    assert balances() == [10000 - 900, 10000, 10000 + 900]
    into.refresh_from_db()
    assert (into.date, into.notes, into.account, into.amount) == (date(2026, 4, 1), "spring", wallet, 900)
    assert [out.taggings.count(), into.taggings.count()] == [1, 1]
    undo()
    assert balances() == [10000 - 700, 10000 + 700, 10000]
    undo()
    assert balances() == [10000 - 900, 10000, 10000 + 900]


def test_the_day_of_one_side_is_left_where_the_sides_have_days_of_their_own(
    everyday: Account, savings: Account
) -> None:
    out, into = move(everyday, savings)
    actions.change_transaction(transaction=into, by=None, edit_version=1, date=date(2026, 3, 16))
    said: dict[str, Any] = {"source": everyday, "target": savings, "amount": 700}
    actions.change_transfer(transaction=out, by=None, edit_version=1, **said, date=date(2026, 3, 13))
    into.refresh_from_db()
    assert into.date == date(2026, 3, 16)


def test_a_transfer_into_another_currency_keeps_both_amounts(everyday: Account, household: Household) -> None:
    yen = AccountFactory.create(household=household, currency="JPY")
    savings = AccountFactory.create(household=household)
    out, into = move(everyday, savings)
    said: dict[str, Any] = {"transaction": out, "by": None, "edit_version": 1, "source": everyday, "target": yen}
    with pytest.raises(ValidationError, match="how much arrived in JPY"):
        actions.change_transfer(**said, amount=700)
    actions.change_transfer(**said, amount=700, received=1100)
    into.refresh_from_db()
    assert (into.currency, into.amount) == ("JPY", 1100)
    assert balances() == [10000 - 700, 10000 + 1100, 10000]


def test_a_transfer_goes_to_no_account_from_itself(everyday: Account, savings: Account) -> None:
    out, _into = move(everyday, savings)
    with pytest.raises(ValidationError, match="from one account to another"):
        actions.change_transfer(transaction=out, by=None, edit_version=1, source=everyday, target=everyday, amount=700)


def test_the_later_of_two_who_change_a_transfer_is_told(everyday: Account, savings: Account) -> None:
    out, _into = move(everyday, savings)
    said: dict[str, Any] = {"transaction": out, "by": None, "edit_version": 1, "source": everyday, "target": savings}
    actions.change_transfer(**said, amount=700, tags=["first"])
    with pytest.raises(EditConflict) as told:
        actions.change_transfer(**said, amount=800)
    assert [change.model for change in told.value.changes] == ["ledger.transactiontag"]


def test_a_form_sent_first_as_a_spending_and_then_as_a_transfer_is_refused(everyday: Account, savings: Account) -> None:
    number = uuid.uuid4()
    spend(everyday, values={"form_number": number})
    with pytest.raises(Refused, match="saved already"):
        move(everyday, savings, form_number=number)
    assert balances() == [9500, 10000]


def test_a_transfer_form_sent_twice_saves_once(everyday: Account, savings: Account) -> None:
    number = uuid.uuid4()
    assert move(everyday, savings, form_number=number) == move(everyday, savings, form_number=number)
    assert balances() == [9300, 10700]


def test_a_transfer_is_duplicated_with_both_sides(everyday: Account, savings: Account, undo: Undo) -> None:
    _out, into = move(everyday, savings)
    again = actions.duplicate_transaction(transaction=into, by=None, on=date(2026, 5, 1))
    assert (again.account, again.amount, again.date) == (savings, 700, date(2026, 5, 1))
    assert balances() == [8600, 11400]
    undo()
    assert balances() == [9300, 10700]


def test_a_transfer_parted_is_a_spending_and_an_income(everyday: Account, savings: Account, undo: Undo) -> None:
    out, into = move(everyday, savings)
    actions.part_transfer(transaction=into, by=None)
    out.refresh_from_db()
    assert out.transfer is None
    assert balances() == [9300, 10700]
    undo()
    out.refresh_from_db()
    assert out.transfer_id
