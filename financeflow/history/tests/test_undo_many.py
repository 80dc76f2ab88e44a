"""Undo of change-sets of any size: the same states come back, and the same things stand in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from financeflow.history import actions as history
from financeflow.history.refusal import Refused, UndoRefused
from financeflow.history.tests.books import account_of, books, categories, last, payee_of, transactions_of, write
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join
from ledger.calc.words import name_key
from ledger.models import Account, Category, Line, Payee, Tag, Transaction, TransactionTag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_size")]


def there_and_back(owner: Membership, before: list[Any]) -> None:
    """Undo what was done last, do it again, and undo it again: the states follow to the last value."""
    after = books()
    assert after != before
    for turn in range(4):
        history.undo_change(last(), by=owner)
        assert books() == (after if turn % 2 else before)


def test_the_same_change_of_many_rows(household: Household, owner: Membership) -> None:
    transactions_of(household, 5)
    Line.objects.filter(amount__lt=-102).update(category=None)
    before = books()
    with write(household) as record:
        record.change_many(Line.objects.all(), category=categories()[1])
        record.change_many(Transaction.objects.all(), notes="Seen", status="pending")
    there_and_back(owner, before)
    assert set(Transaction.objects.values_list("edit_version", flat=True)) == {6}


def test_other_values_for_each_row_and_more_than_once(household: Household, owner: Membership) -> None:
    rows = transactions_of(household, 5)
    before = books()
    with write(household) as record:
        record.change_each((row, {"date": row.date + timedelta(days=1)}) for row in rows)
        record.change_each((row, {"date": row.date + timedelta(days=1), "notes": str(row.pk)}) for row in rows[1:])
        record.change(rows[0], notes="By itself")
        record.change_each((row, {"date": row.date + timedelta(days=1)}) for row in rows[:3])
    there_and_back(owner, before)


def test_rows_that_are_added_and_changed_and_removed_in_one_write(household: Household, owner: Membership) -> None:
    kept = transactions_of(household, 3)
    before = books()
    with write(household) as record:
        account = account_of(household)
        fresh: list[Any] = [
            Transaction(household=household, account=account, currency="EUR", date=kept[0].date, amount=number)
            for number in range(1, 4)
        ]
        record.add_many(fresh)
        record.add_many([Line(household=household, transaction=row, amount=row.amount) for row in fresh])
        record.change_many(Transaction.objects.all(), notes="Seen")
        record.remove_many(Line.objects.filter(transaction__in=[kept[0].pk, fresh[0].pk]))
        record.remove_many(Transaction.objects.filter(pk__in=[kept[0].pk, fresh[0].pk]))
    there_and_back(owner, before)


def test_a_tree_goes_from_its_branches_and_comes_back_from_its_stem(household: Household, owner: Membership) -> None:
    before = books()
    with write(household) as record:
        stem = Category(household=household, name="Garden", kind="expense")
        record.add(stem)
        record.add_many([Category(household=household, name=name, parent=stem, kind="expense") for name in "ABC"])
    there_and_back(owner, before)


def test_a_table_with_its_own_way_to_be_saved(household: Household, owner: Membership) -> None:
    payees = [payee_of(household, name) for name in ("Baker", "Butcher", "Brewer")]
    before = books()
    with write(household) as record:
        record.change_each((payee, {"name": f"{payee.name} & sons"}) for payee in payees)
    there_and_back(owner, before)
    for payee in Payee.objects.all():
        assert payee.key == name_key(payee.name)


def test_a_row_that_was_changed_since_names_the_change_and_nothing_is_done(
    household: Household, owner: Membership
) -> None:
    rows = transactions_of(household, 5)
    with write(household) as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    first = last()
    with write(household, "Changed one") as record:
        record.change(Transaction.objects.get(pk=rows[3].pk), notes="Other")
    blocker = last()
    with write(household, "Changed others") as record:
        record.change_many(Transaction.objects.all(), status="pending")
    before = books()
    with pytest.raises(UndoRefused, match="“Row 3” was changed since") as refusal:
        history.undo_change(first, by=owner)
    assert refusal.value.in_the_way == blocker
    assert (books(), last().summary) == (before, "Changed others")


def test_an_addition_that_something_hangs_on_names_what_was_hung(household: Household, owner: Membership) -> None:
    account, tag = account_of(household), Tag.objects.create(household=household, name="work", key="work")
    with write(household) as record:
        rows: list[Any] = [
            Transaction(household=household, account=account, currency="EUR", date="2026-01-01", amount=number)
            for number in range(3)
        ]
        record.add_many(rows)
    added = last()
    with write(household, "Tagged it") as record:
        record.add(TransactionTag(household=household, transaction=rows[1], tag=tag))
    tagged = last()
    with pytest.raises(UndoRefused, match="Undo that first: Tagged it") as refusal:
        history.undo_change(added, by=owner)
    assert refusal.value.in_the_way == tagged
    history.undo_change(tagged, by=owner)
    history.undo_change(added, by=owner)
    assert not Transaction.objects.exists()


def test_what_history_does_not_know_goes_along(household: Household, owner: Membership) -> None:
    account, tag = account_of(household), Tag.objects.create(household=household, name="work", key="work")
    with write(household) as record:
        row = Transaction(household=household, account=account, currency="EUR", date="2026-01-01", amount=1)
        record.add(row)
    TransactionTag.objects.create(household=household, transaction=row, tag=tag)
    history.undo_change(last(), by=owner)
    assert not TransactionTag.objects.exists()


def test_a_row_in_use_is_named(household: Household, owner: Membership) -> None:
    with write(household) as record:
        record.add_many([Payee(household=household, name=name) for name in ("Baker", "Butcher")])
    added = last()
    transactions_of(household, 1, payee=Payee.objects.get(name="Butcher"))
    with pytest.raises(UndoRefused, match="“Butcher” is in use"):
        history.undo_change(added, by=owner)


@pytest.mark.parametrize("kind", ["changed", "removed"])
def test_what_would_point_at_something_gone_says_so(household: Household, owner: Membership, kind: str) -> None:
    payee = payee_of(household, "Baker")
    transactions_of(household, 3, payee=payee)
    Line.objects.all().delete()
    with write(household) as record:
        if kind == "changed":
            record.change_many(Transaction.objects.all(), payee=None)
        else:
            record.remove_many(Transaction.objects.all())
    payee.delete()
    with pytest.raises(UndoRefused, match="belonged to is gone"):
        history.undo_change(last(), by=owner)


@pytest.mark.parametrize("kind", ["added", "removed"])
def test_a_person_who_is_gone_stands_in_no_ones_way(household: Household, owner: Membership, kind: str) -> None:
    person = join(household, "editor")
    rows = transactions_of(household, 3, entered_by=person)
    Line.objects.all().delete()
    with write(household) as record:
        record.remove_many(Transaction.objects.all())
    if kind == "added":
        history.undo_change(last(), by=owner)
    Membership.objects.filter(user=person).delete()
    User.objects.get(pk=person.pk).delete()
    history.undo_change(last(), by=owner)
    assert Transaction.objects.count() == (0 if kind == "added" else 3)
    assert not Transaction.objects.exclude(entered_by=None).exists()
    history.undo_change(last(), by=owner)
    assert Transaction.objects.count() == (len(rows) if kind == "added" else 0)


def test_a_rule_of_the_database_says_no_in_words(household: Household, owner: Membership) -> None:
    with write(household) as record:
        record.change_each((payee_of(household, name), {"name": f"Old {name}"}) for name in ("Baker", "Butcher"))
    renamed = last()
    payee_of(household, "Baker")
    with pytest.raises(UndoRefused):
        history.undo_change(renamed, by=owner)
    assert Payee.objects.filter(name="Old Baker").exists()


def test_a_keeper_that_says_no_is_heard(household: Household, owner: Membership, settings: Any) -> None:
    transactions_of(household, 3)
    with write(household) as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    settings.KEEPERS = [f"{__name__}.Closed"]
    with pytest.raises(UndoRefused, match="The year is closed"):
        history.undo_change(last(), by=owner)


class Closed:
    def __init__(self, **_: Any) -> None:
        pass

    def __enter__(self) -> None:
        raise Refused("The year is closed.")

    def __exit__(self, *_: Any) -> None:
        pass


def test_the_way_is_told(household: Household, owner: Membership) -> None:
    transactions_of(household, 5)
    with write(household) as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    told: list[tuple[int, int]] = []
    history.undo_change(last(), by=owner, step=lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)
    assert [done for done, _total in told] == sorted({done for done, _total in told})


def test_an_undo_reaches_what_has_become_private_since(household: Household, owner: Membership) -> None:
    editor = join(household, "editor")
    transactions_of(household, 3)
    with write(household) as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    Account.objects.update(private_to=editor)
    with household_scope(household.pk, viewer=owner.user_id):
        assert not Transaction.objects.exists()
        history.undo_change(last(), by=owner)
    assert set(Transaction.objects.values_list("notes", flat=True)) == {""}
