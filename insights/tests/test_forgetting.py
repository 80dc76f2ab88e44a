"""Forgetting: a name, all of them, what private accounts taught; taken back, done again, and taught anew."""

from __future__ import annotations

from datetime import date

import pytest

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from insights.actions.forgetting import forget_all, forget_name, forget_private
from insights.actions.learning import learn_history
from insights.models import Forgotten, Lesson
from insights.tests.learned_books import QUORN, ZEBU, file, in_force, lessons, spent, suggested, undo
from ledger.actions.payees import change_payee
from ledger.models import Account, Payee
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def forget(household: Household, name: str) -> int:
    with household_scope(household.pk):
        return forget_name(household=household, by=owner_of(household), key=name.casefold(), name=name)


def forget_everything(household: Household) -> int:
    with household_scope(household.pk):
        return forget_all(household=household, by=owner_of(household))


def test_a_name_is_forgotten_and_what_is_filed_stays_filed(household: Household, account: Account) -> None:
    row = spent(account, QUORN, "groceries")
    spent(account, ZEBU, "fuel")
    assert suggested(household, QUORN) == "groceries"
    assert forget(household, QUORN) == 1
    assert (suggested(household, QUORN), suggested(household, ZEBU)) == (None, "fuel")
    with household_scope(household.pk):
        assert row.lines.get().category.key == "groceries"
        assert ChangeSet.objects.latest("id").summary == f"Forgot “{QUORN}”"


def test_it_is_taken_back_and_done_again(household: Household, account: Account) -> None:
    spent(account, QUORN, "groceries")
    forget(household, QUORN)
    for expected in ("groceries", None, "groceries"):
        undo(household)
        assert suggested(household, QUORN) == expected


def test_old_lines_teach_it_no_more_and_new_ones_do(household: Household, account: Account) -> None:
    old = spent(account, QUORN, "groceries")
    forget(household, QUORN)
    with household_scope(household.pk):
        Lesson.objects.all().delete()
        assert learn_history(household=household) == 1
    assert suggested(household, QUORN) is None
    spent(account, QUORN, "fuel", day=date(2026, 1, 1))
    assert suggested(household, QUORN) == "fuel"
    file(household, old, "dining")
    assert suggested(household, QUORN) == "dining"
    undo(household)
    assert suggested(household, QUORN) == "fuel"


def test_saying_the_same_again_teaches_anew(household: Household, account: Account) -> None:
    row = spent(account, QUORN, "groceries")
    forget(household, QUORN)
    for key in ("fuel", "groceries"):
        file(household, row, key)
        assert suggested(household, QUORN) == key


def test_another_name_of_the_payee_brings_nothing_back(household: Household, account: Account) -> None:
    spent(account, QUORN, "groceries")
    forget(household, QUORN)
    with household_scope(household.pk):
        payee = Payee.objects.get(name=QUORN)
        change_payee(payee=payee, by=owner_of(household), edit_version=payee.edit_version, name="Quorn and sons")
    assert suggested(household, "Quorn and sons") is None


def test_all_is_forgotten_and_comes_back(household: Household, account: Account) -> None:
    spent(account, QUORN, "groceries")
    spent(account, ZEBU, "fuel")
    assert forget_everything(household) == 2
    assert (suggested(household, QUORN), suggested(household, ZEBU), in_force(household)) == (None, None, 0)
    undo(household)
    assert (suggested(household, QUORN), suggested(household, ZEBU), lessons(household)) == ("groceries", "fuel", 2)


@pytest.mark.parametrize("first", [0, 1])
def test_what_was_forgotten_twice_comes_back_when_both_are_undone(
    household: Household, account: Account, first: int
) -> None:
    """In whichever order; and a name that only one of them forgot comes back with that one."""
    spent(account, QUORN, "groceries")
    spent(account, ZEBU, "fuel")
    forget(household, QUORN)
    forget_everything(household)
    with household_scope(household.pk):
        made = list(ChangeSet.objects.filter(verb="learning.forgotten").order_by("pk"))
    undo(household, made[first])
    assert suggested(household, QUORN) is None
    assert suggested(household, ZEBU) == ("fuel" if first else None)
    undo(household, made[1 - first])
    assert (suggested(household, QUORN), suggested(household, ZEBU)) == ("groceries", "fuel")


def test_what_nobody_taught_is_nothing_to_forget(household: Household, account: Account) -> None:
    spent(account, QUORN, "groceries")
    assert forget(household, "nobody") == 0
    with household_scope(household.pk):
        assert not Forgotten.objects.exists()
    forget(household, QUORN)
    assert forget(household, QUORN) == 0


def test_what_a_member_keeps_private_is_theirs_to_forget(household: Household, account: Account) -> None:
    keeper, other = join(household, "editor"), owner_of(household)
    own = AccountFactory.create(household=household, by=keeper, private_to=keeper)
    spent(own, QUORN, "groceries")
    spent(account, ZEBU, "fuel")
    assert (suggested(household, QUORN, keeper), suggested(household, QUORN, other)) == ("groceries", None)
    assert forget_everything(household) == 1
    assert suggested(household, QUORN, keeper) == "groceries"
    undo(household)
    with household_scope(household.pk, viewer=keeper.pk):
        assert forget_private(household=household, by=keeper) == 1
    assert (suggested(household, QUORN, keeper), suggested(household, ZEBU, other)) == (None, "fuel")
    with household_scope(household.pk):
        assert ChangeSet.objects.latest("id").private_to == keeper


def test_a_name_in_shared_and_private_accounts_is_forgotten_in_what_one_sees(
    household: Household, account: Account
) -> None:
    keeper, other = join(household, "editor"), owner_of(household)
    own = AccountFactory.create(household=household, by=keeper, private_to=keeper)
    spent(account, QUORN, "fuel")
    spent(own, QUORN, "groceries")
    assert forget(household, QUORN) == 1
    assert (suggested(household, QUORN, keeper), suggested(household, QUORN, other)) == ("groceries", None)
