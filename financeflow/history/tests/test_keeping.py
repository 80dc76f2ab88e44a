"""Who keeps totals stands around what undo and the trash write, and sees every row before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from financeflow.history import actions as history
from financeflow.history.models import ChangeSet
from financeflow.history.recording import recording
from financeflow.history.refusal import UndoRefused
from financeflow.history.tests.books import transactions_of
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Account, Line, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

told: list[tuple[str, Any]] = []


@contextmanager
def keeper(*, household: Household, touched: Iterable[tuple[str, int, dict[str, Any]]]) -> Iterator[None]:
    assert connection.in_atomic_block
    states = [(model, row_id, state) for model, row_id, state in touched]
    told.append(("before", states))
    told.append(("notes", list(Transaction.objects.values_list("notes", flat=True))))
    yield
    told.append(("after", list(Transaction.objects.values_list("notes", flat=True))))


@pytest.fixture(autouse=True)
def _within(household: Household, settings: Any) -> Iterator[None]:
    told.clear()
    settings.KEEPERS = [f"{__name__}.keeper"] * 2
    with household_scope(household.pk):
        yield


def test_every_keeper_sees_all_states_and_the_rows_before_and_after(household: Household, owner: Membership) -> None:
    rows = transactions_of(household, 1)
    with recording(household=household, by=None, verb="test.changed", summary="Test") as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
        record.remove_many(Line.objects.all())
    assert told == []
    history.undo_change(ChangeSet.objects.latest("pk"), by=owner)
    opened = [states for when, states in told if when == "before"]
    assert len(opened) == 2
    for states in opened:
        assert states[:2] == [
            ("ledger.transaction", rows[0].pk, {"notes": ""}),
            ("ledger.transaction", rows[0].pk, {"notes": "Seen"}),
        ]
        assert [(model, state["transaction_id"]) for model, _row_id, state in states[2:]] == [
            ("ledger.line", rows[0].pk)
        ]
    assert [notes for when, notes in told if when == "notes"] == [["Seen"], ["Seen"]]
    assert [notes for when, notes in told if when == "after"] == [[""], [""]]


def test_a_keeper_sees_what_comes_out_of_the_trash(household: Household, owner: Membership) -> None:
    account = AccountFactory.create(household=household)
    actions.delete_account(account=account, by=None)
    trashed = Account.objects.get(pk=account.pk)
    history.restore_from_trash(trashed, household=household, by=owner)
    states = next(states for when, states in told if when == "before")
    assert [(model, row_id, state["trashed_at"] is None) for model, row_id, state in states] == [
        ("ledger.account", account.pk, False),
        ("ledger.account", account.pk, True),
    ]
    assert {state["name"] for *_, state in states} == {account.name}


def test_a_keeper_that_fails_leaves_everything_as_it_was(
    household: Household, owner: Membership, settings: Any
) -> None:
    transactions_of(household, 1)
    with recording(household=household, by=None, verb="test.changed", summary="Test") as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    settings.KEEPERS = [f"{__name__}.refusing"]
    change = ChangeSet.objects.latest("pk")
    with pytest.raises(UndoRefused, match="The books are closed"):
        history.undo_change(change, by=owner)
    assert Transaction.objects.get().notes == "Seen"
    assert ChangeSet.objects.latest("pk") == change


@contextmanager
def refusing(**_: Any) -> Iterator[None]:
    yield
    raise UndoRefused("The books are closed.")
