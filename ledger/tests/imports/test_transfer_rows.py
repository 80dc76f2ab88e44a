"""Rows that are sides of transfers: with another account, with another statement of the file, with what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions.imports.judging import judge
from ledger.actions.imports.reading import stage_and_judge
from ledger.importing.found import Found
from ledger.models import Account, Import, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import DAY, brought_in, found_row, put_on_desk, rows_of, statement

pytestmark = pytest.mark.django_db
OUT: dict[str, Any] = {"payee": "", "description": "Umbuchung Rainy Day Savings"}
INTO: dict[str, Any] = {"payee": "", "description": "Umbuchung von Everyday"}


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
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Rainy Day Savings")


def desk(account: Account, *rows: Any) -> Import:
    return put_on_desk(account.household, statement(*rows), target=account)


def both(household: Household, account: Account, savings: Account, one: Any, two: Any) -> Import:
    upload = put_on_desk(household, statement(one), statement(two))
    for sheet, target in zip(upload.sheets.order_by("position"), (account, savings), strict=True):
        sheet.account = target
        sheet.save()
    judge(upload)
    return upload


def test_the_other_side_came_with_the_file_of_the_other_account(account: Account, savings: Account) -> None:
    brought_in(desk(account, found_row(-25001, **OUT)))
    upload = desk(savings, found_row(25001, day=15, **INTO))
    [row] = rows_of(upload)
    assert (row.verdict, row.deed, row.other) == ("transfer", "add", Transaction.objects.get())
    assert row.reason.startswith("Its other side is in “Everyday” on 14 Mar 2026: same amount, 1 day apart")
    brought_in(upload)
    assert Transaction.objects.exclude(transfer=None).count() == 2
    again = [
        *rows_of(desk(account, found_row(-25001, **OUT))),
        *rows_of(desk(savings, found_row(25001, day=15, **INTO))),
    ]
    assert [each.verdict for each in again] == ["here", "here"]


def test_the_same_amount_alone_makes_no_transfer(account: Account, savings: Account) -> None:
    brought_in(desk(account, found_row(-5000, "Cinema")))
    assert [row.verdict for row in rows_of(desk(savings, found_row(5000, "Aunt Ida")))] == ["new"]


def test_a_rival_makes_it_a_matter_of_luck(account: Account, savings: Account) -> None:
    brought_in(desk(account, found_row(-25001, **OUT), found_row(-25001, day=13, **OUT)))
    assert [row.verdict for row in rows_of(desk(savings, found_row(25001, **INTO)))] == ["new"]


def test_two_rows_of_one_file_point_at_each_other(household: Household, account: Account, savings: Account) -> None:
    upload = both(household, account, savings, found_row(-25001, **OUT), found_row(25001, **INTO))
    one, two = rows_of(upload)
    assert (one.verdict, two.verdict) == ("transfer", "transfer")
    assert (one.other_row, two.other_row) == (two, one)
    brought_in(upload)
    assert Transaction.objects.exclude(transfer=None).count() == 2


def test_the_file_itself_says_what_is_a_transfer(household: Household, account: Account, savings: Account) -> None:
    one, two = found_row(-70, "A", transfer_key="t1"), found_row(70, "B", day=28, transfer_key="t1")
    upload = both(household, account, savings, one, two)
    assert [row.verdict for row in rows_of(upload)] == ["transfer", "transfer"]
    assert rows_of(upload)[0].reason == "The file says so: its other side is in “Rainy Day Savings” on 28 Mar 2026."
    brought_in(upload)
    again = both(household, account, savings, found_row(-70, "A", transfer_key="t1"), found_row(70, "B", day=28))
    assert [row.verdict for row in rows_of(again)] == ["here", "here"]


def test_a_book_without_accounts_yet_has_its_transfers(household: Household) -> None:
    one = statement(found_row(-70, "A", transfer_key="t1"), name="Giro")
    two = statement(found_row(70, "B", transfer_key="t1"), name="Box")
    upload = put_on_desk(household, one, two, is_a_book=True)
    assert [row.verdict for row in rows_of(upload)] == ["transfer", "transfer"]


def test_the_account_that_the_file_names_is_the_other_one(account: Account, savings: Account) -> None:
    brought_in(desk(savings, found_row(5000, "Aunt Ida")))
    named = rows_of(desk(account, found_row(-5000, "Savings plan", transfer="rainy day savings")))
    assert [row.verdict for row in named] == ["transfer"]
    elsewhere = rows_of(desk(account, found_row(-5000, "Savings plan", transfer="Somewhere else")))
    assert [row.verdict for row in elsewhere] == ["new"]


def test_a_side_that_was_typed_is_completed_and_never_doubled(account: Account, savings: Account) -> None:
    household = account.household
    actions.add_transfer(household=household, by=None, source=account, target=savings, amount=30000, on=DAY)
    for here, amount, words in ((account, -30000, OUT), (savings, 30000, INTO)):
        upload = desk(here, found_row(amount, day=16, **words))
        assert [(row.verdict, row.deed) for row in rows_of(upload)] == [("typed", "merge")]
        brought_in(upload)
    assert Transaction.objects.count() == 2


def test_nobody_learns_of_a_transfer_with_an_account_kept_private(household: Household, account: Account) -> None:
    owner, mate = owner_of(household), join(household, "editor")
    private = AccountFactory.create(household=household, name="Gift fund", private_to=owner, by=owner)
    brought_in(desk(private, found_row(-25001, "", description="Umbuchung Everyday ABC12345")))
    with household_scope(household.pk, viewer=mate.pk):
        said = {"household": household, "by": mate, "name": "x.csv", "size": 1, "digest": "0"}
        upload = Import.objects.create(target=account, **said)
        rows = statement(found_row(25001, "", description="Umbuchung Gift fund ABC12345"))
        stage_and_judge(upload, Found(format="csv", statements=[rows]), lambda done, total: None)
        [row] = rows_of(upload)
        assert (row.verdict, row.other_id, row.reason) == ("new", None, "")
