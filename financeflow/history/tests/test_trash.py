"""The trash: what went together comes back together, and what vanishes does so in few statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from financeflow.history import actions as history
from financeflow.history import queries
from financeflow.history.models import ChangeSet
from financeflow.history.recording import recording
from financeflow.history.tests.books import account_of, last, payee_of, transactions_of, write
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger.models import Account, Line, Transaction, Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _within(household: Household, settings: Any) -> Iterator[None]:
    settings.KEEPERS = []
    with household_scope(household.pk):
        yield


def thrown_away(household: Household, count: int, *, days: int = 0) -> list[Transaction]:
    rows = transactions_of(household, count)
    Transaction.objects.update(trashed_at=timezone.now() - timedelta(days=days))
    return rows


def a_month_ago() -> Any:
    return timezone.now() - timedelta(days=30)


def test_the_two_sides_of_a_transfer_come_back_together(household: Household, owner: Membership) -> None:
    transfer = Transfer.objects.create(household=household)
    one, other = transactions_of(household, 2, transfer=transfer)
    alone = transactions_of(household, 1)[0]
    Transaction.objects.update(trashed_at=timezone.now())
    history.restore_from_trash(Transaction.objects.get(pk=one.pk), household=household, by=owner)
    assert set(Transaction.objects.filter(trashed_at=None)) == {one, other}
    assert last().touched == 2
    history.undo_change(last(), by=owner)
    assert Transaction.objects.exclude(trashed_at=None).count() == 3
    Transaction.objects.filter(pk=other.pk).update(trashed_at=None)
    for row in (one, alone):
        history.restore_from_trash(Transaction.objects.get(pk=row.pk), household=household, by=owner)
        assert last().touched == 1


def test_the_other_side_comes_back_though_it_is_private(household: Household, owner: Membership) -> None:
    transfer = Transfer.objects.create(household=household)
    one, other = transactions_of(household, 2, transfer=transfer)
    hidden = Account.objects.create(
        household=household,
        name="Hidden",
        currency="EUR",
        opened_on="2026-01-01",
        private_to=join(household, "editor"),
    )
    Transaction.objects.filter(pk=other.pk).update(account=hidden)
    Transaction.objects.update(trashed_at=timezone.now())
    with household_scope(household.pk, viewer=owner.user_id):
        history.restore_from_trash(Transaction.objects.get(pk=one.pk), household=household, by=owner)
    assert Transaction.objects.filter(trashed_at=None).count() == 2


def test_what_was_thrown_away_in_private_comes_back_in_private(household: Household, owner: Membership) -> None:
    row = transactions_of(household, 1)[0]
    with recording(household=household, by=owner.user, verb="t", summary="T", private_to=owner.user) as record:
        record.change(row, trashed_at=timezone.now())
    history.restore_from_trash(Transaction.objects.get(pk=row.pk), household=household, by=owner)
    assert last().private_to == owner.user


def test_a_thing_in_the_trash_is_told_from_its_namesakes(
    household: Household, owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown_away(household, 1)
    monkeypatch.setattr(Transaction, "trash_note", lambda self, locale: f"<{self.amount} {locale}>")
    page = logged_in(owner.user).get("/trash/").text
    assert f"&lt;-100 {household.locale}&gt;" in page


def test_the_trash_costs_the_same_with_one_thing_and_with_three(
    household: Household, owner: Membership, django_assert_num_queries: Any
) -> None:
    client = logged_in(owner.user)
    for count in (1, 2):
        for number in range(count):
            payee = payee_of(household, f"Payee {count} {number}")
            transactions_of(household, 1, payee=payee, trashed_at=timezone.now())
        with household_scope(household.pk), django_assert_num_queries(len(queries.trashable_models())):
            assert queries.trashed_things(locale="en")
        assert client.get(reverse("trash_list")).status_code == 200


def test_hundreds_vanish_in_few_statements(household: Household, django_assert_max_num_queries: Any) -> None:
    thrown_away(household, 60, days=31)
    kept = transactions_of(household, 1)[0]
    with django_assert_max_num_queries(30):
        assert history.empty_trash(before=a_month_ago()) == 120
    assert list(Transaction.objects.all()) == [kept]
    assert Line.objects.count() == 1


def test_what_is_in_use_keeps_nothing_else_from_vanishing(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "VANISH_AT_ONCE", 2)
    account = account_of(household)
    transactions_of(household, 1)
    for number in range(4):
        Account.objects.create(household=household, name=str(number), currency="EUR", opened_on="2026-01-01")
    Account.objects.update(trashed_at=timezone.now() - timedelta(days=31))
    assert history.empty_trash(before=a_month_ago()) == 4
    assert list(Account.objects.all()) == [account]


def test_a_table_hears_of_what_is_about_to_vanish(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = thrown_away(household, 3, days=31)
    heard: list[int] = []

    def hear(cls: type[Transaction], vanishing: QuerySet[Transaction]) -> None:
        heard.extend(vanishing.order_by("pk").values_list("pk", flat=True))

    monkeypatch.setattr(Transaction, "about_to_vanish", classmethod(hear))
    history.empty_trash(before=a_month_ago())
    assert heard == [row.pk for row in rows]
    assert not ChangeSet.objects.filter(verb__startswith="trash").exists()


def test_nothing_that_is_not_in_the_trash_is_written(household: Household, owner: Membership) -> None:
    row = transactions_of(household, 1)[0]
    with write(household) as record:
        record.change(row, notes="Seen")
    before = last()
    history.restore_from_trash(row, household=household, by=owner)
    assert last() == before
