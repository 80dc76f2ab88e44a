"""Undo by the action: chains of it restore the exact state, and what stands in the way is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history import actions as history
from financeflow.history.models import Change, ChangeSet
from financeflow.history.recording import recording
from financeflow.history.refusal import Refused, UndoRefused
from financeflow.history.states import state_of
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import HouseholdFactory, join
from ledger import actions
from ledger.models import Account, Category
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _within(household: Household) -> Any:
    with household_scope(household.pk):
        yield


def last() -> ChangeSet:
    return ChangeSet.objects.order_by("-pk")[0]


def books() -> list[dict[str, Any]]:
    rows = [*Account.objects.order_by("pk"), *Category.objects.order_by("pk")]
    return [{name: value for name, value in state_of(row).items() if name != "id"} for row in rows]


def test_undo_and_redo_go_on_for_ever(household: Household, owner: Membership) -> None:
    account = AccountFactory.create(household=household, name="Old")
    actions.change_account(account=account, by=owner.user, edit_version=1, name="New")
    change = latest = last()
    for turn in range(1, 6):
        latest = history.undo_change(latest, by=owner)
        account.refresh_from_db()
        change.refresh_from_db()
        undone = turn % 2 == 1
        assert account.name == ("Old" if undone else "New")
        assert bool(change.undone_at) == undone
        assert latest.verb == ("history.undone" if undone else "history.redone")
        assert latest.summary == ("Undid" if undone else "Did again") + ": Changed the account “Old”"
    in_force = ChangeSet.objects.filter(undone_at=None).exclude(verb="household.opened")
    assert set(in_force.values_list("verb", flat=True)) == {"account.added", "history.undone"}


def test_undo_of_a_later_change_leaves_the_earlier_one_to_be_undone(household: Household, owner: Membership) -> None:
    account = AccountFactory.create(household=household, name="One")
    actions.change_account(account=account, by=owner.user, edit_version=1, name="Two")
    first = last()
    actions.change_account(account=account, by=owner.user, edit_version=2, opening_balance=5)
    history.undo_change(first, by=owner)
    account.refresh_from_db()
    assert (account.name, account.opening_balance) == ("One", 5)


def test_a_conflict_names_the_change_in_the_way_and_not_just_the_latest(
    household: Household, owner: Membership
) -> None:
    account = AccountFactory.create(household=household, name="One")
    actions.change_account(account=account, by=owner.user, edit_version=1, name="Two")
    first = last()
    actions.change_account(account=account, by=owner.user, edit_version=2, name="Three")
    blocker = last()
    actions.change_account(account=account, by=owner.user, edit_version=3, opening_balance=7)
    with pytest.raises(UndoRefused, match="Undo that first") as refusal:
        history.undo_change(first, by=owner)
    assert refusal.value.in_the_way == blocker
    history.undo_change(blocker, by=owner)
    history.undo_change(first, by=owner)
    account.refresh_from_db()
    assert (account.name, account.opening_balance) == ("One", 7)


def test_an_addition_that_was_built_upon_is_not_taken_back(household: Household, owner: Membership) -> None:
    group = CategoryFactory.create(household=household, name="Garden", by=owner.user)
    added = last()
    CategoryFactory.create(household=household, name="Seeds", parent=group)
    with pytest.raises(UndoRefused, match="in use"):
        history.undo_change(added, by=owner)
    history.undo_change(last(), by=owner)
    history.undo_change(added, by=owner)
    assert not Category.objects.filter(name__in=["Garden", "Seeds"]).exists()


def test_what_belonged_to_something_gone_says_so(household: Household, owner: Membership) -> None:
    group = CategoryFactory.create(household=household, name="Garden")
    added_group = last()
    CategoryFactory.create(household=household, name="Seeds", parent=group)
    undone = history.undo_change(last(), by=owner)
    history.undo_change(added_group, by=owner)
    with pytest.raises(UndoRefused, match="belonged to is gone"):
        history.undo_change(undone, by=owner)


def test_undo_does_not_bring_back_what_a_rule_forbids(household: Household, owner: Membership) -> None:
    group = CategoryFactory.create(household=household, name="Garden")
    child = CategoryFactory.create(household=household, name="Seeds", parent=group)
    actions.delete_category(category=child, by=None)
    deleted = last()
    actions.delete_category(category=group, by=None)
    with pytest.raises(UndoRefused, match="in the trash"):
        history.undo_change(deleted, by=owner)


def test_a_change_is_undone_once(household: Household, owner: Membership) -> None:
    AccountFactory.create(household=household)
    added = last()
    history.undo_change(added, by=owner)
    with pytest.raises(UndoRefused, match="undone already"):
        history.undo_change(added, by=owner)


def test_undo_of_what_was_purged_says_so(household: Household, owner: Membership) -> None:
    account = AccountFactory.create(household=household, name="Mistake")
    added = last()
    actions.delete_account(account=account, by=None)
    deleted = last()
    assert history.empty_trash(before=timezone.now() - timedelta(days=1)) == 0
    assert history.empty_trash(before=timezone.now() + timedelta(seconds=1)) == 1
    with pytest.raises(UndoRefused, match="gone for good"):
        history.undo_change(deleted, by=owner)
    with pytest.raises(UndoRefused, match="“Mistake”"):
        history.undo_change(added, by=owner)


def test_what_is_still_in_use_stays_in_the_trash(household: Household) -> None:
    group = CategoryFactory.create(household=household, name="Garden")
    CategoryFactory.create(household=household, name="Seeds", parent=group)
    Category.objects.filter(pk=group.pk).update(trashed_at=timezone.now() - timedelta(days=40))
    assert history.empty_trash(before=timezone.now() - timedelta(days=30)) == 0
    assert Category.objects.filter(pk=group.pk).exists()


def test_the_trash_of_every_household_is_emptied(household: Household) -> None:
    other = HouseholdFactory.create()
    with household_scope(other.pk):
        actions.delete_account(account=AccountFactory.create(household=other), by=None)
    actions.delete_account(account=AccountFactory.create(household=household), by=None)
    assert history.empty_trash(before=timezone.now() + timedelta(seconds=1)) == 2
    with every_household("a test counts them all"):
        assert not Account.objects.exists()


def test_a_viewer_takes_nothing_back_and_an_editor_only_what_editors_may(household: Household) -> None:
    AccountFactory.create(household=household)
    added = last()
    for role in ("viewer", "editor"):
        member = Membership.objects.get(user=join(household, role))
        change = added
        if role == "editor":
            change = ChangeSet.objects.get(verb="household.opened")
            ChangeSet.objects.filter(pk=change.pk).update(is_undoable=True, needs="owner")
        with pytest.raises(UndoRefused):
            history.undo_change(change, by=member)


def test_a_change_of_members_is_on_record_and_not_to_be_undone(owner: Membership) -> None:
    with pytest.raises(UndoRefused, match="cannot be undone"):
        history.undo_change(ChangeSet.objects.get(verb="household.opened"), by=owner)


def test_an_action_that_fails_leaves_nothing(household: Household) -> None:
    before = (Account.objects.count(), ChangeSet.objects.count(), Change.objects.count())
    with pytest.raises(ValidationError):
        AccountFactory.create(household=household, currency="EUX")

    def half() -> None:
        with recording(household=household, by=None, verb="account.added", summary="Half") as record:
            record.add(Account(household=household, name="One", currency="EUR", opened_on="2026-01-01"))
            raise Refused("No.")

    with pytest.raises(Refused):
        half()
    assert (Account.objects.count(), ChangeSet.objects.count(), Change.objects.count()) == before


def test_many_rows_are_added_by_one_insert_and_taken_back_together(
    household: Household, owner: Membership, django_assert_max_num_queries: Any
) -> None:
    rows: list[dict[str, Any]] = [
        {"name": f"Account {number}", "currency": "EUR", "opened_on": timezone.now().date()} for number in range(20)
    ]
    with django_assert_max_num_queries(12):
        actions.add_accounts(household=household, by=None, rows=rows)
    assert Account.objects.count() == 20
    with pytest.raises(ValidationError):
        actions.add_accounts(household=household, by=None, rows=[*rows, {**rows[0], "currency": "EUX"}])
    assert Account.objects.count() == 20
    history.undo_change(last(), by=owner)
    assert not Account.objects.exists()


# --- Random walks -------------------------------------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "close", "reopen", "delete", "restore", "move", "group", "undo", "redo"]),
        st.integers(0, 30),
        st.text("abcé ", min_size=1, max_size=5).filter(str.strip),
    ),
    min_size=1,
    max_size=12,
)


def step(household: Household, owner: Membership, deed: str, pick: int, text: str) -> None:
    """Do one thing to one of the accounts, where that can be done."""
    here = list(Account.objects.filter(trashed_at=None).order_by("pk"))
    gone = list(Account.objects.exclude(trashed_at=None).order_by("pk"))
    if deed in ("undo", "redo"):
        return undo_any(owner, pick)
    if deed == "group":
        CategoryFactory.create(household=household, name=text)
        return None
    if deed == "restore" and gone:
        return history.restore_from_trash(gone[pick % len(gone)], household=household, by=owner)
    if deed == "add" or not here:
        AccountFactory.create(household=household, name=text, opening_balance=pick)
        return None
    return change_one(here[pick % len(here)], deed, pick, text)


def change_one(account: Account, deed: str, pick: int, text: str) -> None:
    if deed == "change":
        version = account.edit_version
        actions.change_account(account=account, by=None, edit_version=version, name=text, opening_balance=pick)
    elif deed == "close":
        actions.close_account(account=account, by=None, on=timezone.now().date())
    elif deed == "reopen":
        actions.reopen_account(account=account, by=None)
    elif deed == "delete":
        actions.delete_account(account=account, by=None)
    elif deed == "move":
        actions.move_account(account=account, by=None, step=1 if pick % 2 else -1)


def undo_any(owner: Membership, pick: int) -> None:
    """Try to undo any change there is; a refusal must leave the books as they are."""
    found = list(ChangeSet.objects.order_by("pk"))
    before = books()
    try:
        history.undo_change(found[pick % len(found)], by=owner)
    except UndoRefused:
        assert books() == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_undoing_everything_backwards_and_again_forwards_restores_every_state(
    household: Household, owner: Membership, steps: list[tuple[str, int, str]]
) -> None:
    before_all = last().pk
    states = [books()]
    for deed, pick, text in steps:
        known = ChangeSet.objects.count()
        step(household, owner, deed, pick, text)
        if ChangeSet.objects.count() > known:
            states.append(books())
    undone = []
    done = ChangeSet.objects.filter(pk__gt=before_all).order_by("-pk")
    for change, state in zip(list(done), reversed(states[:-1]), strict=True):
        undone.append(history.undo_change(change, by=owner))
        assert books() == state
    for redo, state in zip(reversed(undone), states[1:], strict=True):
        history.undo_change(redo, by=owner)
        assert books() == state
