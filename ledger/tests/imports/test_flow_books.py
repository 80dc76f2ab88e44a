"""What happens in the books between the preview and the bringing in: nothing is swallowed, and the books add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from financeflow.history.actions import empty_trash, undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import UndoRefused
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger import actions
from ledger.actions.imports import bring_in, take_back, take_back_anyway
from ledger.actions.imports.deciding import choose_account
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.tests.imports.uploads import brought_in, decide, found_row, put_on_desk, rows_of, statement

pytestmark = pytest.mark.django_db
MOST = 10**15


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", name="Home")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk, viewer=owner_of(household).pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def boss() -> Membership:
    return Membership.objects.get(role="owner")


@pytest.mark.parametrize("is_emptied", [False, True])
def test_a_row_that_was_to_complete_what_is_gone_is_not_swallowed(
    household: Household, account: Account, is_emptied: bool
) -> None:
    by = owner_of(household)
    typed = actions.add_transaction(
        household=household, by=by, account=account, date=date(2026, 3, 14), amount=-12_00, payee="Teahouse"
    )
    upload = put_on_desk(household, statement(found_row(-12_00, "Teahouse")), target=account)
    [row] = rows_of(upload)
    assert (row.verdict, row.match_id) == ("typed", typed.pk)
    decide(row, "merge")
    actions.trash_transaction(transaction=typed, by=by)
    if is_emptied:
        empty_trash(before=timezone.now() + timedelta(days=1))
    brought = bring_in(upload=upload, by=by)
    assert (brought.added, brought.completed) == (1, 0)
    assert Transaction.objects.get(trashed_at=None).amount == -12_00


def test_an_account_that_was_closed_or_thrown_away_meanwhile_gets_nothing(
    household: Household, account: Account
) -> None:
    by = owner_of(household)
    upload = put_on_desk(household, statement(found_row(-12_00)), target=account)
    for state, words in (({"closed_on": date(2026, 3, 1)}, "closed"), ({"trashed_at": timezone.now()}, "trash")):
        Account.objects.filter(pk=account.pk).update(**state)
        with pytest.raises(ValidationError, match=words):
            bring_in(upload=upload, by=by)
        Account.objects.filter(pk=account.pk).update(closed_on=None, trashed_at=None)
    assert Transaction.objects.count() == 0
    assert Import.objects.get().state == "ready"


def test_a_category_thrown_away_meanwhile_leaves_the_row_without_one(household: Household, account: Account) -> None:
    category = CategoryFactory.create(household=household, name="Treats")
    upload = put_on_desk(household, statement(found_row(-12_00)), target=account)
    ImportRow.objects.update(category=category, confidence=100)
    type(category).objects.filter(pk=category.pk).update(trashed_at=timezone.now())
    bring_in(upload=upload, by=owner_of(household))
    assert Transaction.objects.get().lines.get().category is None


def test_the_largest_amounts_and_none_at_all_come_in_and_go_again(household: Household, account: Account) -> None:
    found = [found_row(amount, f"Shop {place}") for place, amount in enumerate((MOST, -MOST, 0, 1))]
    upload = put_on_desk(household, statement(*found), target=account)
    brought_in(upload)
    account.refresh_from_db()
    assert (Transaction.objects.count(), account.balance) == (4, 100_01)
    for _times in range(3):
        undo_change(ChangeSet.objects.latest("id"), by=boss())
        assert violations() == []
    assert Transaction.objects.count() == 0


def test_what_was_changed_since_is_named_and_taken_back_anyway(household: Household, account: Account) -> None:
    by = owner_of(household)
    upload = put_on_desk(household, statement(found_row(-12_00), found_row(-3_00, "Kiosk")), target=account)
    brought_in(upload)
    one = Transaction.objects.get(amount=-12_00)
    actions.change_transaction(transaction=one, by=by, edit_version=one.edit_version, notes="for Ida")
    with pytest.raises(UndoRefused):
        take_back(upload=upload, by=boss())
    assert take_back_anyway(upload=upload, by=boss()) == 2
    account.refresh_from_db()
    assert (Transaction.objects.filter(trashed_at=None).count(), account.balance) == (0, 100_00)
    upload.refresh_from_db()
    brought_in(upload)
    assert sorted(Transaction.objects.filter(trashed_at=None).values_list("amount", flat=True)) == [-12_00, -3_00]


def test_statements_of_one_account_that_overlap_bring_each_row_once(household: Household, account: Account) -> None:
    one = statement(found_row(-12_00, bank_id="n1"), found_row(-3_00, "Kiosk", day=15, bank_id="n2"), account="A")
    two = statement(found_row(-3_00, "Kiosk", day=15, bank_id="n2"), found_row(-4_00, "Inn", day=16), account="A")
    upload = put_on_desk(household, one, two)
    choose_account(sheet=upload.sheets.all()[0], by=owner_of(household), account=account)
    assert [row.deed for row in rows_of(upload)].count("add") == 3
    brought_in(upload)
    assert sorted(Transaction.objects.values_list("amount", flat=True)) == [-12_00, -4_00, -3_00]
