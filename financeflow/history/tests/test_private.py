"""What one member did in private: told to that member alone, on every page, in refusals, and through every undo."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history import actions as history
from financeflow.history import queries
from financeflow.history.models import Change, ChangeSet
from financeflow.history.recording import recording
from financeflow.history.refusal import UndoRefused
from financeflow.history.tests.books import last, transactions_of
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import every_household, household_scope, whole_household
from financeflow.testing import join, logged_in
from ledger.models import Transaction

pytestmark = pytest.mark.django_db
SECRET = "Filed the secret"


@pytest.fixture(autouse=True)
def _no_keepers(settings: Any) -> None:
    settings.KEEPERS = []


@pytest.fixture
def editor(household: Household) -> User:
    return join(household, "editor")


@pytest.fixture
def change(household: Household, owner: Membership) -> ChangeSet:
    """Something the owner did in private, after something all may know."""
    with household_scope(household.pk):
        transactions_of(household, 2)
        for summary, private_to in (("Told to all", None), (SECRET, owner.user)):
            told = recording(household=household, by=owner.user, verb="t", summary=summary, private_to=private_to)
            with told as record:
                record.change_many(Transaction.objects.all(), notes=summary)
        return last()


def pages(client: Client) -> str:
    return client.get("/activity/").text + client.get("/").text


def test_it_is_told_to_one_alone(household: Household, owner: Membership, editor: User, change: ChangeSet) -> None:
    for person, may in ((owner.user, True), (editor, False), (join(household, "owner"), False)):
        client = logged_in(person)
        assert (SECRET in pages(client)) == may
        assert "Told to all" in pages(client)
        path = reverse("change_show", args=[change.uid])
        assert client.get(path).status_code == (200 if may else 404)
        assert client.get(f"/activity/?before={change.uid}").status_code == (200 if may else 404)
    assert logged_in(editor).post(reverse("change_undo", args=[change.uid])).status_code == 404


def test_its_undo_is_told_to_the_same_one(
    household: Household, owner: Membership, editor: User, change: ChangeSet
) -> None:
    logged_in(owner.user).post(reverse("change_undo", args=[change.uid]))
    with household_scope(household.pk):
        undone = last()
        assert (undone.undoes, undone.private_to) == (change, owner.user)
        redone = history.undo_change(undone, by=owner)
        assert redone.private_to == owner.user
    assert "secret" not in pages(logged_in(editor))
    with household_scope(household.pk, viewer=editor.pk), pytest.raises(ChangeSet.DoesNotExist):
        history.undo_change(redone, by=owner)


def test_a_refusal_does_not_name_it(household: Household, owner: Membership, editor: User, change: ChangeSet) -> None:
    with household_scope(household.pk, viewer=editor.pk):
        told = ChangeSet.objects.get(summary="Told to all")
        member = Membership.objects.select_related("user", "household").get(user=editor)
        with pytest.raises(UndoRefused, match="another member keeps private") as refusal:
            history.undo_change(told, by=member)
    assert refusal.value.in_the_way is None
    with household_scope(household.pk, viewer=owner.user_id), pytest.raises(UndoRefused, match=SECRET):
        history.undo_change(told, by=owner)


def test_its_rows_are_seen_by_one_alone_and_by_the_household_as_a_whole(
    household: Household, owner: Membership, editor: User, change: ChangeSet
) -> None:
    def seen() -> int:
        row = Transaction.objects.latest("pk")
        assert len(queries.history_of([("ledger.transaction", row.pk)])) == Change.objects.filter(row_id=row.pk).count()
        return Change.objects.filter(change_set=change.pk).count()

    with household_scope(household.pk, viewer=editor.pk):
        assert seen() == 0
        with whole_household():
            assert seen() == 2
    with household_scope(household.pk, viewer=owner.user_id):
        assert seen() == 2
    with household_scope(household.pk):
        assert seen() == 2
    with every_household("a test looks at all"):
        assert Change.objects.filter(change_set=change.pk).count() == 2
