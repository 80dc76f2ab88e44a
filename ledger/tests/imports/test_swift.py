"""Rows written past the models are the rows that the models would have written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from financeflow.history.models import Change, ChangeSet
from financeflow.history.states import state_of
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger.actions.imports.swift import Swift
from ledger.actions.lines import Part
from ledger.actions.payees import payees_named
from ledger.actions.transactions import NewTransaction, insert
from ledger.actions.writing import writing
from ledger.models import Line, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory
from ledger.tests.ruling import category

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["", "EC 4711", "Bäckerei „Süß“", "tab\\n", "x" * 500, "רכישה", "%s ' \" ;"])
ROWS = st.fixed_dictionaries(
    {
        "day": st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        "amount": st.integers(-(10**15), 10**15),
        "payee": st.sampled_from(["", "Lidl", "Café Krone", "AMZN MKTP"]),
        "description": WORDS,
        "notes": st.sampled_from(["", "two\nlines", "\\N"]),
        "status": st.sampled_from(["cleared", "pending"]),
        "external_id": st.sampled_from(["", "B-1"]),
        "posted_on": st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        "category": st.sampled_from(["", "groceries", "salary"]),
        "memo": st.sampled_from(["", "for two"]),
        "original": st.none() | st.integers(-1000, 1000),
    }
)
# What no two rows share.
OWN = {"id", "uid", "transaction_id", "created_at"}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(said=st.lists(ROWS, min_size=1, max_size=4))
def test_both_ways_leave_the_same_rows_and_the_same_history(said: list[dict[str, Any]]) -> None:
    slow, swift = _written(said, is_swift=False), _written(said, is_swift=True)
    assert swift == slow


def _written(said: list[dict[str, Any]], *, is_swift: bool) -> dict[str, Any]:
    household = HouseholdFactory.create(base_currency="EUR")
    with household_scope(household.pk):
        account = AccountFactory.create(household=household)
        rows = [_new(account, each) for each in said]
        by = owner_of(household)
        frame: dict[str, Any] = {"household": household, "by": by, "verb": "import.brought_in", "summary": "All"}
        with writing(**frame, accounts=[account]) as (record, books):
            if is_swift:
                payees = payees_named(record, household, [str(row.payee) for row in rows if row.payee])
                books.note_new(Swift(record, household, by, payees).insert(rows))
            else:
                books.note_new(each.pk for each in insert(record, household, by, rows))
        assert violations() == []
        return _left(household)


def _new(account: Any, said: dict[str, Any]) -> NewTransaction:
    filed = category(said["category"]) if said["category"] else None
    names = ("description", "notes", "status", "external_id", "posted_on")
    return NewTransaction(
        account=account,
        date=said["day"],
        amount=said["amount"],
        payee=said["payee"] or None,
        parts=[Part(said["amount"], filed, said["memo"])],
        values={
            **{name: said[name] for name in names},
            "source": "imported",
            "import_row_id": None,
            "original_amount": said["original"],
            "original_currency": "" if said["original"] is None else "GBP",
        },
    )


def _left(household: Household) -> dict[str, Any]:
    """All that stands in the tables, with names in place of keys that differ from household to household."""
    found = {model.__name__: [_row(row) for row in model.objects.order_by("pk")] for model in (Transaction, Line)}
    changes = Change.objects.filter(change_set=ChangeSet.objects.get(verb="import.brought_in"))
    told = [
        (change.model, change.label, change.before, _unlike(dict(change.after or {})))
        for change in changes.order_by("pk")
        if change.model in ("ledger.transaction", "ledger.line")
    ]
    states = [_unlike(state_of(row)) for model in (Transaction, Line) for row in model.objects.order_by("pk")]
    assert sorted(map(str, states)) == sorted(str(after) for _model, _label, _before, after in told)
    return {**found, "changes": sorted(map(str, told))}


def _row(row: Any) -> dict[str, Any]:
    return _unlike({field.attname: field.value_from_object(row) for field in row._meta.concrete_fields})


def _unlike(state: dict[str, Any]) -> dict[str, Any]:
    """Without what is a household's own: keys of rows tell nothing but whether there is one."""
    return {
        name: (value is not None) if name.endswith("_id") and name != "external_id" else value
        for name, value in sorted(state.items())
        if name not in OWN
    }
