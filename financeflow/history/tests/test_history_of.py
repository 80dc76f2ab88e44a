"""The history of some rows, and the first changes of a large change-set: told the same however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from financeflow.history import activity, queries
from financeflow.history.models import Change, ChangeSet
from financeflow.history.tests.books import categories, transactions_of, write
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from ledger.models import Line, Transaction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _within(household: Household) -> Iterator[None]:
    with household_scope(household.pk):
        yield


def rows_of(transaction: Transaction) -> list[tuple[str, int]]:
    lines = [("ledger.Line", line.pk) for line in transaction.lines.all()]
    return [("ledger.transaction", transaction.pk), *lines]


def test_a_row_is_told_with_what_was_done_to_it_alone(household: Household, owner: Membership) -> None:
    first, second = transactions_of(household, 2)
    with write(household, "Noted both") as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
    with write(household, "Noted the second") as record:
        record.change(Transaction.objects.get(pk=second.pk), notes="Seen twice")
    with write(household, "Filed the first") as record:
        record.change_many(Line.objects.filter(transaction=first), category=categories()[1])
    found = queries.history_of(rows_of(first))
    assert [each.summary for each in found] == ["Filed the first", "Noted both"]
    deeds = activity.told(found, membership=owner)
    assert [[thing.label for thing in deed.things] for deed in deeds] == [["Groceries"], ["Row 0"]]
    assert [deed.more_things for deed in deeds] == [0, 0]
    assert [each.summary for each in queries.history_of(rows_of(second))] == ["Noted the second", "Noted both"]
    assert len(queries.history_of(rows_of(first) + rows_of(second))) == 3


def test_the_latest_are_told_first_and_only_so_many(household: Household) -> None:
    row = transactions_of(household, 1)[0]
    for number in range(4):
        with write(household, f"Change {number}") as record:
            record.change(row, notes=str(number))
    assert [each.summary for each in queries.history_of(rows_of(row), limit=2)] == ["Change 3", "Change 2"]
    assert queries.history_of([]) == []
    assert queries.history_of([("ledger.transaction", row.pk + 1)]) == []


def test_history_costs_the_same_with_one_change_and_with_three(
    household: Household, owner: Membership, django_assert_num_queries: Any
) -> None:
    row = transactions_of(household, 1)[0]
    for count in (1, 2):
        for number in range(count):
            with write(household) as record:
                record.change_many(Line.objects.all(), category=categories()[count + number])
        rows = rows_of(row)
        with django_assert_num_queries(3):
            assert activity.told(queries.history_of(rows), membership=owner)


def test_a_large_change_set_is_read_to_its_hundredth_change_and_no_further(
    household: Household, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(queries, "MOST_TOLD", 3)
    rows = transactions_of(household, 5)
    for number in range(2):
        with write(household, f"Large {number}") as record:
            record.change_many(Transaction.objects.all(), notes=str(number))
    with write(household, "Small") as record:
        record.change_many(Transaction.objects.filter(pk=rows[0].pk), notes="Small")
    with django_assert_num_queries(2):
        found = queries.with_changes(queries.change_sets()[:3])
    assert [(each.summary, each.touched, each.untold) for each in found] == [
        ("Small", 1, 0),
        ("Large 1", 5, 2),
        ("Large 0", 5, 2),
    ]
    assert [change.row_id for change in found[1].first_changes] == [row.pk for row in rows[:3]]


def test_a_change_set_knows_how_many_changes_it_has(household: Household) -> None:
    transactions_of(household, 3)
    with write(household) as record:
        record.change_many(Transaction.objects.all(), notes="Seen")
        record.write_down()
        record.remove_many(Line.objects.all())
    change_set = ChangeSet.objects.latest("pk")
    assert change_set.touched == Change.objects.filter(change_set=change_set).count() == 6
