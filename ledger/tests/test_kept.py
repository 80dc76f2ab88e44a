"""What is worked out can be worked out anew: after a restore, and where check_books finds a fault."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.households.restoring import restore_household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, UserFactory, join, made_once, owner_of
from ledger import actions
from ledger.models import Account, DayTotal, Line, MonthTotal, Transaction
from ledger.queries.checking import violations
from ledger.story import tell
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def life(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with made_once(django_db_blocker, _life) as household:
        yield household.pk


def _life() -> Household:
    household: Household = HouseholdFactory.create(base_currency="EUR")
    with household_scope(household.pk):
        tell(household=household, by=owner_of(household), today=date(2026, 11, 21), seed=1, months=4)
    return household


@pytest.fixture
def household(life: int) -> Household:
    return Household.objects.get(pk=life)


def facts() -> dict[str, object]:
    return {
        "balances": list(Account.objects.order_by("position").values_list("name", "balance")),
        "rows": Transaction.objects.count(),
        "months": MonthTotal.objects.count(),
        "words": sorted(Transaction.objects.values_list("payee_words", "words", "base_amount", "rate_state")),
        "transfers": Transaction.objects.exclude(transfer=None).count(),
    }


def test_an_export_that_is_restored_has_the_same_books(household: Household, tmp_path: Path) -> None:
    with household_scope(household.pk):
        before = facts()
        write_export(household, tmp_path / "all.zip")
    restored = restore_household(tmp_path / "all.zip", owner=UserFactory.create())
    with household_scope(restored.pk):
        assert violations() == []
        assert facts() == before


def test_what_others_keep_private_is_not_in_ones_export(household: Household, tmp_path: Path) -> None:
    anna = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Secret", private_to=anna, by=anna)
    with household_scope(household.pk):
        shared = Account.objects.order_by("position")[0]
        actions.add_transfer(
            household=household, by=anna, source=shared, target=secret, amount=5000, on=date(2026, 11, 2)
        )
        balance = Account.objects.get(pk=shared.pk).balance
    with household_scope(household.pk, viewer=owner_of(household).pk):
        write_export(household, tmp_path / "mine.zip")
    restored = restore_household(tmp_path / "mine.zip", owner=UserFactory.create())
    with household_scope(restored.pk):
        assert violations() == []
        assert not Account.objects.filter(name="Secret").exists()
        assert Account.objects.get(name=shared.name).balance == balance


def checked(**options: object) -> str:
    said = io.StringIO()
    call_command("check_books", stdout=said, **options)
    return said.getvalue()


def test_books_in_order_are_said_to_be(household: Household) -> None:
    assert "in order" in checked()


@pytest.mark.parametrize("damage", ["balance", "month", "day", "copies", "base"])
def test_each_fault_is_named_and_mended(household: Household, damage: str) -> None:
    with household_scope(household.pk):
        before = facts()
        {
            "balance": lambda: Account.objects.filter(position=0).update(balance=F("balance") + 1),
            "month": lambda: MonthTotal.objects.filter(pk=MonthTotal.objects.first().pk).update(sum_out=-1),  # type: ignore[union-attr]
            "day": lambda: DayTotal.objects.filter(pk=DayTotal.objects.first().pk).delete(),  # type: ignore[union-attr]
            "copies": lambda: Line.objects.filter(pk=Line.objects.first().pk).update(date=date(2020, 1, 1)),  # type: ignore[union-attr]
            "base": lambda: Transaction.objects.filter(currency="EUR").update(base_amount=7),
        }[damage]()
    with pytest.raises(CommandError, match="fault"):
        checked()
    assert "0 left" in checked(fix=True)
    with household_scope(household.pk):
        assert facts() == before


def test_what_cannot_be_worked_out_is_named_and_left(household: Household) -> None:
    with household_scope(household.pk):
        row = Transaction.objects.order_by("pk")[0]
        Line.objects.filter(transaction=row, position=0).update(amount=F("amount") + 1)
    with pytest.raises(CommandError, match="fault"):
        checked(fix=True)


def test_rows_of_two_households_that_meet_are_named(household: Household) -> None:
    other = AccountFactory.create(household=HouseholdFactory.create(base_currency="EUR"), currency="EUR")
    with household_scope(household.pk):
        Transaction.objects.filter(pk=Transaction.objects.order_by("pk")[0].pk).update(account_id=other.pk)
        assert any("another household" in sentence for sentence in violations())
