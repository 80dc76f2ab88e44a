"""Recording many rows at once: the same history as row by row, by few statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from financeflow.history import setwise
from financeflow.history.keys import rows_of
from financeflow.history.models import Change, ChangeSet
from financeflow.history.recording import Recording, recording
from financeflow.history.states import labels_of
from financeflow.history.tests.books import DAY, categories, payee_of, transactions_of
from financeflow.households.models import Household
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger.calc.words import name_key
from ledger.models import Account, Category, Line, Payee, RefundLink, Transaction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _within(household: Household) -> Any:
    with household_scope(household.pk):
        yield


def record(household: Household, **values: Any) -> Any:
    return recording(household=household, by=None, verb="test.changed", summary="Test", **values)


def noted() -> list[tuple[str, int, str, Any, Any]]:
    changes = Change.objects.filter(change_set=ChangeSet.objects.latest("pk")).order_by("pk")
    return list(changes.values_list("model", "row_id", "label", "before", "after"))


def test_the_same_value_for_many_rows_is_noted_for_those_it_changes(household: Household) -> None:
    rows = transactions_of(household, 3)
    Transaction.objects.filter(pk=rows[1].pk).update(notes="Seen")
    with record(household) as writing:
        assert writing.change_many(Transaction.objects.all(), notes="Seen") == 2
    assert noted() == [
        ("ledger.transaction", row.pk, row.description, {"notes": ""}, {"notes": "Seen"}) for row in (rows[0], rows[2])
    ]
    assert list(Transaction.objects.order_by("pk").values_list("notes", "edit_version")) == [
        ("Seen", 2),
        ("Seen", 1),
        ("Seen", 2),
    ]


def test_nothing_is_recorded_when_all_was_so_already(household: Household) -> None:
    transactions_of(household, 2, notes="Seen")
    before = ChangeSet.objects.count()
    with record(household) as writing:
        assert writing.change_many(Transaction.objects.all(), notes="Seen") == 0
        assert writing.change_each([]) == 0
        assert writing.remove_many(Transaction.objects.none()) == 0
    assert ChangeSet.objects.count() == before


def test_each_row_is_noted_with_what_changed_in_it_alone(household: Household) -> None:
    rows = transactions_of(household, 2, status="cleared")
    Transaction.objects.filter(pk=rows[0].pk).update(notes="Seen")
    with record(household) as writing:
        assert writing.change_many(Transaction.objects.all(), notes="Seen", status="pending") == 2
    assert {row_id: after for _model, row_id, _label, _before, after in noted()} == {
        rows[0].pk: {"status": "pending"},
        rows[1].pk: {"notes": "Seen", "status": "pending"},
    }


def test_an_amount_is_noted_with_its_currency(household: Household) -> None:
    rows = transactions_of(household, 2)
    with record(household) as writing:
        writing.change_many(Transaction.objects.filter(pk=rows[0].pk), amount=-5)
        writing.change_each([(rows[1], {"amount": -6})])
    assert [(before, after) for *_, before, after in noted()] == [
        ({"amount": -100, "currency": "EUR"}, {"amount": -5, "currency": "EUR"}),
        ({"amount": -101, "currency": "EUR"}, {"amount": -6, "currency": "EUR"}),
    ]


def test_many_rows_are_filed_under_a_row_or_its_key_or_nothing(household: Household) -> None:
    transactions_of(household, 2)
    old, new = categories()[:2]
    for value, key in (({"category": new}, new.pk), ({"category_id": old.pk}, old.pk), ({"category": None}, None)):
        with record(household) as writing:
            assert writing.change_many(Line.objects.all(), **value) == 2
        assert set(Line.objects.values_list("category", flat=True)) == {key}
        assert {after["category_id"] for *_, after in noted()} == {key}


@pytest.mark.parametrize("values", [{"status": "stolen"}, {"payee_id": 10**9}, {"date": None}, {"account": None}])
def test_a_value_that_a_field_does_not_take_changes_nothing(household: Household, values: dict[str, Any]) -> None:
    rows = transactions_of(household, 2)
    before = (list(Transaction.objects.values()), ChangeSet.objects.count())

    def many(writing: Recording) -> None:
        writing.change_many(Transaction.objects.all(), **values)

    def each(writing: Recording) -> None:
        writing.change_each([(rows[0], {"notes": "Seen"}), (rows[1], values)])

    for write in (many, each):
        with pytest.raises(ValidationError) as refusal, record(household) as writing:
            write(writing)
        assert set(refusal.value.message_dict) == {next(iter(values)).removesuffix("_id")}
    assert (list(Transaction.objects.values()), ChangeSet.objects.count()) == before


def test_another_households_rows_are_neither_changed_nor_pointed_at(household: Household) -> None:
    other = HouseholdFactory.create()
    with household_scope(other.pk):
        theirs = transactions_of(other, 1)
        category = categories()[0]
    mine = transactions_of(household, 1)
    with record(household) as writing:
        assert writing.change_many(Transaction.objects.all(), notes="Seen") == 1
        assert writing.change_many(Transaction.objects.filter(pk=theirs[0].pk), notes="Seen") == 0
    line = Line.objects.get(transaction=mine[0])
    with pytest.raises(ValidationError), record(household) as writing:
        writing.change_many(Line.objects.all(), category=category)
    with pytest.raises(ValidationError), record(household) as writing:
        writing.change_each([(line, {"category": category})])


def test_each_row_gets_values_of_its_own(household: Household) -> None:
    rows = transactions_of(household, 3)
    with record(household) as writing:
        shifted = ((row, {"date": row.date + timedelta(days=7), "notes": row.description}) for row in rows[:2])
        assert writing.change_each(shifted) == 2
        assert writing.change_each([(rows[2], {"date": rows[2].date})]) == 0
    assert list(Transaction.objects.order_by("pk").values_list("date", "notes", "edit_version")) == [
        (DAY + timedelta(days=7), "Row 0", 2),
        (DAY + timedelta(days=8), "Row 1", 2),
        (DAY + timedelta(days=2), "", 1),
    ]
    assert [row.edit_version for row in rows] == [2, 2, 1]
    assert [after["date"] for *_, after in noted()] == ["2026-01-08", "2026-01-09"]


def test_every_kind_of_value_is_written_row_by_row(household: Household) -> None:
    rows = transactions_of(household, 2)
    payees = [payee_of(household, name) for name in ("Baker", "Butcher")]
    with record(household) as writing:
        writing.change_each(
            (
                row,
                {
                    "payee": payee,
                    "posted_on": None if number else DAY,
                    "original_amount": 7 if number else None,
                    "original_currency": "USD" if number else "",
                    "created_at": row.created_at + timedelta(hours=number + 1),
                    "form_number": payee.uid,
                },
            )
            for number, (row, payee) in enumerate(zip(rows, payees, strict=True))
        )
    for row in rows:
        kept = Transaction.objects.get(pk=row.pk)
        for name in ("payee_id", "posted_on", "original_amount", "original_currency", "created_at", "form_number"):
            assert getattr(kept, name) == getattr(row, name)


def test_a_change_of_place_is_no_edit(household: Household) -> None:
    with record(household) as writing:
        assert writing.change_many(Category.objects.filter(parent=None), position=99) > 1
        writing.change_each((row, {"position": row.pk}) for row in Category.objects.all())
    assert set(Category.objects.values_list("edit_version", flat=True)) == {1}


def test_many_rows_are_removed_and_their_states_kept(household: Household) -> None:
    rows = transactions_of(household, 3)
    with record(household) as writing:
        assert writing.remove_many(Line.objects.all()) == 3
        assert writing.remove_many(Transaction.objects.exclude(pk=rows[0].pk)) == 2
    assert list(Transaction.objects.values_list("pk", flat=True)) == [rows[0].pk]
    model, row_id, label, before, after = noted()[-1]
    assert (model, row_id, label, after) == ("ledger.transaction", rows[2].pk, "Row 2", None)
    assert (before["amount"], before["date"], before["uid"]) == (-102, "2026-01-03", str(rows[2].uid))


def test_what_is_in_use_is_not_removed(household: Household) -> None:
    transactions_of(household, 1)
    with pytest.raises(models.ProtectedError), record(household) as writing:
        writing.remove_many(Account.objects.all())
    assert Account.objects.exists()


def test_any_selection_will_do(household: Household) -> None:
    transactions_of(household, 4)
    rows = Transaction.objects.order_by("-date")
    with record(household) as writing:
        assert writing.change_many(rows[:2], notes="Sliced") == 2
        assert writing.change_many(rows.filter(lines__amount__lt=-101).distinct(), status="pending") == 2
        assert writing.change_many(rows.filter(lines__category__in=categories()), source="api") == 4
        assert writing.remove_many(Line.objects.order_by("-amount")[:1]) == 1
    assert [row.notes for row in rows] == ["Sliced", "Sliced", "", ""]


def test_thousands_of_rows_cost_few_statements_and_keep_the_order(
    household: Household, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(setwise, "FEW", 3)
    rows = transactions_of(household, 60)
    with django_assert_max_num_queries(16), record(household) as writing:
        writing.change_many(Transaction.objects.all(), notes="It’s “seen”\t\\N\n½")
        writing.change_each((row, {"amount": row.amount * 2}) for row in rows)
    found = noted()
    assert [row_id for _model, row_id, *_ in found] == [row.pk for row in rows] * 2
    assert [after for *_, after in found[:60]] == [{"notes": "It’s “seen”\t\\N\n½"}] * 60
    assert [after["amount"] for *_, after in found[60:]] == [row.amount for row in rows]
    assert len(set(Change.objects.values_list("uid", flat=True))) == Change.objects.count()
    assert ChangeSet.objects.latest("pk").verb == "test.changed"


def test_a_table_with_its_own_way_to_be_saved_is_saved_that_way(household: Household) -> None:
    baker, butcher = (payee_of(household, name) for name in ("Baker", "Butcher"))
    with record(household) as writing:
        writing.add_many([Payee(household=household, name="Café Ö"), Payee(household=household, name="Deli")])
        assert writing.change_each([(baker, {"name": "Bäcker"}), (butcher, {"name": "Metzger"})]) == 2
        assert writing.change_many(Payee.objects.filter(name="Deli"), name="Feinkost") == 1
    for payee in Payee.objects.all():
        assert payee.key == name_key(payee.name)
    assert set(Payee.objects.values_list("name", "edit_version")) == {
        ("Café Ö", 1),
        ("Feinkost", 2),
        ("Bäcker", 2),
        ("Metzger", 2),
    }


def test_names_that_are_read_with_the_rows_are_what_the_rows_say(household: Household) -> None:
    baker = payee_of(household, "Baker")
    rows: list[Any] = [*transactions_of(household, 2, payee=baker), *transactions_of(household, 1, description="")]
    lines = list(Line.objects.order_by("pk"))
    Line.objects.filter(pk=lines[0].pk).update(memo="Bread")
    Line.objects.filter(pk=lines[1].pk).update(category=None)
    for table in (rows, list(Line.objects.all()), list(Category.objects.all()), list(RefundLink.objects.all())):
        fresh = [rows_of(type(row)).get(pk=row.pk) for row in table]
        assert labels_of(table) == [str(row) for row in fresh]


def test_every_name_that_is_read_with_the_rows_can_be_read() -> None:
    named = [model for model in HouseholdOwned.__subclasses__() if model.history_label]
    assert Transaction in named
    for model in named:
        rows_of(model).values_list(*model.history_label).first()
