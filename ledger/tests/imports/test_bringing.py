"""Bringing a file in: what is added and completed, in one change that is taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions.imports import bring_in, take_back, take_back_anyway
from ledger.importing.found import FoundCategory, FoundPart
from ledger.models import Account, Category, Import, ImportRow, Line, Payee, Transaction, TransactionTag
from ledger.queries.checking import violations
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import brought_in, decide, found_row, put_on_desk, rows_of, statement
from ledger.tests.ruling import category

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk, viewer=owner_of(household).pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=0)


def balance(account: Account) -> int:
    account.refresh_from_db()
    return account.balance


def test_all_that_a_row_says_is_kept(household: Household, account: Account) -> None:
    row = found_row(
        -1250,
        "Pret",
        description="CARD 4711 PRET",
        reference="E2E-7",
        bank_id="B1",
        posted_on=date(2026, 3, 16),
        notes="two lines\nof it",
        tags=("work", "a,b"),
        original_amount=-1100,
        original_currency="GBP",
    )
    brought = brought_in(put_on_desk(household, statement(row), target=account))
    [kept] = Transaction.objects.all()
    assert (brought.added, brought.completed) == (1, 0)
    assert (kept.date, kept.posted_on, kept.amount, kept.currency) == (
        date(2026, 3, 14),
        date(2026, 3, 16),
        -1250,
        "EUR",
    )
    assert (str(kept.payee), kept.description, kept.external_id) == ("Pret", "CARD 4711 PRET E2E-7", "B1")
    assert (kept.notes, kept.source, kept.status) == ("two lines\nof it", "imported", "cleared")
    assert (kept.original_amount, kept.original_currency) == (-1100, "GBP")
    assert sorted(TransactionTag.objects.values_list("tag__name", flat=True)) == ["a b", "work"]
    assert balance(account) == -1250


def test_what_is_left_out_or_undecided_stays_out_and_may_come_later(household: Household, account: Account) -> None:
    upload = put_on_desk(household, statement(found_row(-100), found_row(-200), found_row(-300)), target=account)
    first, second, _third = rows_of(upload)
    decide(first, "leave")
    decide(second, "ask")
    brought_in(upload)
    assert balance(account) == -300
    decide(first, "add")
    assert brought_in(upload).added == 1
    assert balance(account) == -400
    assert brought_in(upload).added == 0
    assert ChangeSet.objects.filter(verb="import.brought_in").count() == 2


def test_a_file_is_taken_back_whole_and_comes_again(household: Household, account: Account, undo: Undo) -> None:
    upload = put_on_desk(household, statement(found_row(-100), found_row(-200, "Rewe")), target=account)
    brought_in(upload)
    undo()
    upload.refresh_from_db()
    assert (upload.state, Transaction.objects.count(), Payee.objects.count(), balance(account)) == ("ready", 0, 0, 0)
    undo()
    upload.refresh_from_db()
    assert (upload.state, Transaction.objects.count(), balance(account)) == ("done", 2, -300)
    assert brought_in(upload).added == 0


def test_several_changes_of_one_file_are_taken_back_together(household: Household, account: Account) -> None:
    upload = put_on_desk(household, statement(found_row(-100), found_row(-200)), target=account)
    decide(rows_of(upload)[0], "leave")
    brought_in(upload)
    decide(rows_of(upload)[0], "add")
    brought_in(upload)
    take_back(upload=upload, by=Membership.objects.get(role="owner"))
    upload.refresh_from_db()
    assert (upload.state, Transaction.objects.count()) == ("ready", 0)


def test_what_was_changed_since_goes_to_the_trash_when_it_is_taken_back_anyway(
    household: Household, account: Account
) -> None:
    upload = put_on_desk(household, statement(found_row(-100), found_row(-200)), target=account)
    brought_in(upload)
    edited = Transaction.objects.get(amount=-100)
    actions.change_transaction(
        transaction=edited, by=None, edit_version=edited.edit_version, category=category("dining")
    )
    by = Membership.objects.get(role="owner")
    with pytest.raises(Refused):
        take_back(upload=upload, by=by)
    assert take_back_anyway(upload=upload, by=by) == 2
    upload.refresh_from_db()
    assert (upload.state, balance(account)) == ("ready", 0)
    assert Transaction.objects.filter(trashed_at=None).count() == 0
    assert brought_in(upload).added == 2


def test_a_typed_one_is_completed_and_keeps_what_the_person_wrote(household: Household, account: Account) -> None:
    said = {"account": account, "date": date(2026, 3, 13), "amount": -1250, "payee": "Lunch"}
    typed = actions.add_transaction(household=household, by=None, **said, values={"notes": "mine"})
    upload = put_on_desk(
        household, statement(found_row(-1250, "PRET A MANGER", description="CARD", bank_id="B9")), target=account
    )
    decide(rows_of(upload)[0], "merge", match=typed)
    assert brought_in(upload).completed == 1
    typed.refresh_from_db()
    assert (str(typed.payee), typed.notes, typed.date) == ("Lunch", "mine", date(2026, 3, 13))
    assert (typed.description, typed.external_id, typed.posted_on) == ("CARD", "B9", date(2026, 3, 14))
    assert balance(account) == -1250


def test_a_pending_one_becomes_what_was_booked(household: Household, account: Account, undo: Undo) -> None:
    parts = [actions.Part(-600, category("groceries")), actions.Part(-400)]
    said = {"account": account, "date": date(2026, 3, 13), "amount": -1000, "payee": "Fuel", "parts": parts}
    pending = actions.add_transaction(household=household, by=None, **said, values={"status": "pending"})
    upload = put_on_desk(household, statement(found_row(-1150, "Fuel")), target=account)
    decide(rows_of(upload)[0], "merge", match=pending)
    brought_in(upload)
    pending.refresh_from_db()
    assert (pending.amount, pending.status) == (-1150, "cleared")
    assert list(pending.lines.order_by("position").values_list("amount", flat=True)) == [-600, -550]
    undo()
    pending.refresh_from_db()
    assert (pending.amount, pending.status, balance(account)) == (-1000, "pending", -1000)


def test_two_rows_of_one_file_become_a_transfer(household: Household, account: Account, undo: Undo) -> None:
    savings = AccountFactory.create(household=household, name="Savings", opening_balance=0)
    upload = put_on_desk(
        household,
        statement(found_row(-5000, "To savings", transfer_key="t1"), name="Everyday"),
        statement(found_row(5000, "From everyday", transfer_key="t1"), name="Savings"),
        is_a_book=True,
    )
    assert brought_in(upload).added == 2
    out, into = Transaction.objects.order_by("amount")
    assert out.transfer_id == into.transfer_id is not None
    assert (balance(account), balance(savings)) == (-5000, 5000)
    undo()
    assert Transaction.objects.count() == 0


def test_the_books_of_another_app_bring_their_accounts_and_categories(household: Household, undo: Undo) -> None:
    split = found_row(
        -3000,
        "Market",
        parts=(FoundPart(-1000, "Living: Bread", "rolls"), FoundPart(-2000, "Living: Cheese", "")),
    )
    upload = put_on_desk(
        household,
        statement(split, found_row(90000, "Work", category="Wages"), name="Giro", kind="checking", opening_balance=700),
        is_a_book=True,
        categories=[FoundCategory("Living: Bread"), FoundCategory("Wages", is_income=True)],
    )
    before = Category.objects.count()
    brought_in(upload)
    giro = Account.objects.get(name="Giro")
    assert (giro.kind, giro.opening_balance, giro.balance) == ("checking", 700, 87700)
    lines = Line.objects.filter(transaction__amount=-3000).order_by("position")
    assert [(str(line.category), line.memo, line.amount) for line in lines] == [
        ("Bread", "rolls", -1000),
        ("Cheese", "", -2000),
    ]
    assert Category.objects.get(name="Wages").kind == "income"
    assert str(Category.objects.get(name="Bread").parent) == "Living"
    undo()
    upload.refresh_from_db()
    assert (Account.objects.count(), Category.objects.count(), upload.sheets.get().is_new) == (0, before, True)


def test_rows_without_an_account_are_not_brought_in(household: Household, account: Account) -> None:
    upload = put_on_desk(household, statement(found_row(-100)), statement(found_row(-200)))
    with pytest.raises(Refused, match="Choose the account"):
        bring_in(upload=upload, by=None)
    upload.sheets.filter(position=0).update(account=account)
    upload.sheets.filter(position=1).update(is_left_out=True)
    assert brought_in(upload).added == 1


def test_a_file_of_nothing_new_is_done_and_changes_nothing(household: Household, account: Account) -> None:
    said = [found_row(-100), found_row(-100), found_row(-200)]
    brought_in(put_on_desk(household, statement(*said), target=account))
    changes = ChangeSet.objects.count()
    again = put_on_desk(household, statement(*said), target=account, name="again.csv")
    assert [row.verdict for row in rows_of(again)] == ["here", "here", "here"]
    assert (brought_in(again).added, again.state) == (0, "done")
    assert (ChangeSet.objects.count(), balance(account)) == (changes, -400)


def test_what_came_meanwhile_is_seen_before_anything_is_brought_in(household: Household, account: Account) -> None:
    one, two = (put_on_desk(household, statement(found_row(-100)), target=account) for _ in range(2))
    brought_in(one)
    assert brought_in(two).added == 0
    assert balance(account) == -100


def test_imported_rows_are_found_by_search_and_in_history(household: Household, account: Account) -> None:
    upload = put_on_desk(household, statement(found_row(-100, "Bäckerei Krömer", description="EC 77")), target=account)
    brought_in(upload)
    [row] = Transaction.objects.all()
    assert row.words == "ec 77 a1"
    change = ChangeSet.objects.get(verb="import.brought_in").changes.get(model="ledger.transaction")
    assert (change.label, (change.after or {})["amount"], change.before) == ("Bäckerei Krömer", -100, None)


def test_only_what_one_may_see_is_on_the_desk(household: Household, account: Account) -> None:
    other = join(household, "editor")
    upload = put_on_desk(household, statement(found_row(-100)), target=account)
    mine = put_on_desk(household, statement(found_row(-100)))
    with household_scope(household.pk, viewer=other.pk):
        assert list(Import.objects.all()) == [upload]
        assert ImportRow.objects.filter(sheet__upload=mine).count() == 0
    account.private_to = upload.by
    account.save()
    with household_scope(household.pk, viewer=other.pk):
        assert not Import.objects.exists()
    with household_scope(household.pk, viewer=upload.by_id):
        assert Import.objects.count() == 2
