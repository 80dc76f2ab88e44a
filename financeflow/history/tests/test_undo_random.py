"""Undo of whatever was written, in any order and size: backwards, and forwards again, to the last value."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history import actions as history
from financeflow.history.models import ChangeSet
from financeflow.history.recording import Recording
from financeflow.history.tests.books import account_of, books, last, payee_of, write
from financeflow.households.models import Household, Membership
from ledger.models import Line, Tag, Transaction, TransactionTag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_size")]

DEEDS = st.lists(
    st.tuples(st.sampled_from(["add", "many", "each", "remove", "payee", "tag"]), st.integers(0, 9)),
    min_size=1,
    max_size=6,
)


def do(household: Household, record: Recording, deed: str, pick: int) -> None:
    rows = list(Transaction.objects.order_by("pk"))
    some = rows[pick % 3 :: 2]
    if deed == "add" or not rows:
        account = account_of(household)
        fresh: list[Any] = [
            Transaction(household=household, account=account, currency="EUR", date="2026-01-01", amount=number)
            for number in range(pick + 1)
        ]
        record.add_many(fresh)
        record.add_many([Line(household=household, transaction=row, amount=row.amount) for row in fresh])
    elif deed == "many":
        record.change_many(Transaction.objects.filter(pk__in=[row.pk for row in some]), notes=str(pick), amount=pick)
    elif deed == "each":
        record.change_each((row, {"amount": row.amount + pick, "description": f"{row.pk}"}) for row in some)
    elif deed == "remove":
        pks = [row.pk for row in some]
        record.remove_many(TransactionTag.objects.filter(transaction__in=pks))
        record.remove_many(Line.objects.filter(transaction__in=pks))
        record.remove_many(Transaction.objects.filter(pk__in=pks))
    elif deed == "payee":
        record.change_many(Transaction.objects.all(), payee=payee_of(household, f"Payee {pick}"))
    else:
        tag = Tag.objects.get_or_create(household=household, name=f"t{pick}", defaults={"key": f"t{pick}"})[0]
        untagged: models.QuerySet[Any] = Transaction.objects.exclude(taggings__tag=tag)
        record.add_many([TransactionTag(household=household, transaction=row, tag=tag) for row in untagged])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, min_size=1, max_size=4))
def test_random_writes_are_undone_backwards_and_done_again(
    household: Household, owner: Membership, writes: list[list[tuple[str, int]]]
) -> None:
    first = last().pk
    states = [books()]
    for deeds in writes:
        known = ChangeSet.objects.count()
        with write(household) as record:
            for deed, pick in deeds:
                do(household, record, deed, pick)
        if ChangeSet.objects.count() > known:
            states.append(books())
    undone = []
    for change, state in zip(list(ChangeSet.objects.filter(pk__gt=first)), reversed(states[:-1]), strict=True):
        undone.append(history.undo_change(change, by=owner))
        assert rows_in(state) == rows_in(books())
    for redo, state in zip(reversed(undone), states[1:], strict=True):
        history.undo_change(redo, by=owner)
        assert rows_in(state) == rows_in(books())


def rows_in(state: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the payees and tags that the test itself made on the way."""
    return [row for row in state if "account_id" in row or "transaction_id" in row]
