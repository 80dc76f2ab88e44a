"""The scope net, tried on the ledger's tables."""

from datetime import date

import pytest

from financeflow.history import actions as history
from financeflow.history.models import ChangeSet
from financeflow.history.recording import recording
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import OutsideScope, every_household, household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger.models import Account

pytestmark = pytest.mark.django_db


def make_account(household: Household, name: str) -> Account:
    account = Account(household=household, name=name, currency="EUR", opened_on=date(2026, 1, 1))
    with (
        household_scope(household.pk),
        recording(household=household, by=None, verb="account.added", summary=name) as record,
    ):
        record.add(account)
    return account


def test_a_table_of_a_household_refuses_to_be_read_outside_a_scope() -> None:
    with pytest.raises(OutsideScope):
        Account.objects.count()


def test_a_scope_shows_its_own_rows_and_no_others() -> None:
    mine, theirs = HouseholdFactory.create(), HouseholdFactory.create()
    account = make_account(mine, "Mine")
    make_account(theirs, "Theirs")
    with household_scope(mine.pk):
        assert list(Account.objects.all()) == [account]
        assert list(mine.accounts.all()) == [account]
        assert list(theirs.accounts.all()) == []
    with every_household("a test counts them all"):
        assert Account.objects.count() == 2


def test_a_queryset_made_in_one_scope_shows_the_rows_of_the_scope_it_is_read_in() -> None:
    mine, theirs = HouseholdFactory.create(), HouseholdFactory.create()
    make_account(mine, "Mine")
    make_account(theirs, "Theirs")
    with household_scope(mine.pk):
        choices = Account.objects.order_by("name")
    with household_scope(theirs.pk):
        assert [account.name for account in choices] == ["Theirs"]


def test_saving_another_households_row_changes_nothing() -> None:
    mine, theirs = HouseholdFactory.create(), HouseholdFactory.create()
    account = make_account(theirs, "Theirs")
    with household_scope(mine.pk):
        assert Account.objects.filter(pk=account.pk).update(name="Taken") == 0
        assert Account.objects.filter(pk=account.pk).delete()[0] == 0


def test_undo_of_an_addition_and_undo_of_that_undo() -> None:
    household = HouseholdFactory.create()
    account = make_account(household, "Savings")
    with household_scope(household.pk):
        owner = Membership.objects.get(user=owner_of(household))
        added = ChangeSet.objects.get(verb="account.added")
        undone = history.undo_change(added, by=owner)
        assert not Account.objects.exists()
        history.undo_change(undone, by=owner)
        again = Account.objects.get()
        assert (again.pk, again.uid, again.name) == (account.pk, account.uid, "Savings")
