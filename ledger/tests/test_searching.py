"""The search language over real books: each operator finds exactly what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, made_once, owner_of
from financeflow.web.months import Month
from ledger import actions
from ledger.actions import Part
from ledger.calc.terms import read_search
from ledger.models import Category, PayeeAlias
from ledger.queries.listing import Listing, listing
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def books(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with made_once(django_db_blocker, _books) as household:
        yield household.pk


@pytest.fixture
def household(books: int) -> Household:
    return Household.objects.get(pk=books)


def _books() -> Household:
    household: Household = HouseholdFactory.create(base_currency="EUR", locale="en-GB")
    card = AccountFactory.create(household=household, name="Joint card")
    cash = AccountFactory.create(household=household, name="Wallet", currency="JPY")
    pets = CategoryFactory.create(household=household, name="Pets", kind="expense")
    with household_scope(household.pk):
        food, fun = Category.objects.get(key="groceries"), Category.objects.get(key="dining")
        owner = owner_of(household)

        def add(name: str, amount: int, day: date, **said: object) -> None:
            said.setdefault("account", card)
            values = {"description": name, **said.pop("values", {})}  # type: ignore[dict-item]
            actions.add_transaction(household=household, by=owner, date=day, amount=amount, values=values, **said)

        add("lunch", -1250, date(2026, 11, 20), payee="Pret", parts=[Part(-1250, fun)], tags=["work"])
        add("shop", -8000, date(2026, 11, 3), payee="Lidl", parts=[Part(-5000, food), Part(-3000, pets)])
        add("old", -6000, date(2026, 2, 3), payee="LIDL Süd", parts=[Part(-6000, food)], values={"status": "pending"})
        add("unknown", -7000, date(2026, 2, 28), values={"notes": "Birthday present", "source": "imported"})
        add("wages", 240_000, date(2025, 12, 27), payee="Nordwind")
        add("sushi", -1250, date(2026, 10, 9), account=cash, payee="Sushi")
        actions.add_transfer(
            household=household, by=owner, source=card, target=cash, amount=900, received=140_000, on=date(2026, 5, 1)
        )
        PayeeAlias.objects.create(household=household, payee_id=_payee("Pret"), name="PRET A MANGER 0042")
    return household


def _payee(name: str) -> int:
    from ledger.models import Payee

    return Payee.objects.get(name=name).pk


def found(household: Household, text: str, *months: Month) -> Listing:
    search = read_search(text, today=TODAY, locale="en-GB")
    assert not search.problems, search.problems
    return listing(household, search, months=months)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lunch", ["lunch"]),
        ("lid", ["shop", "old"]),
        ("sud", ["old"]),
        ('"present birthday"', []),
        ('"birthday present"', ["unknown"]),
        ("12.50", ["lunch"]),
        ("1250", ["sushi"]),
        ("-lidl is:out", ["lunch", "sushi", "unknown"]),
        ("amount>50 is:out", ["shop", "sushi", "unknown", "old"]),
        ("amount:60..70", ["unknown", "old"]),
        ("amount<=12.50 is:out", ["lunch"]),
        ("is:in", ["wages"]),
        ("is:transfer", ["", ""]),
        ("is:split", ["shop"]),
        ("is:pending", ["old"]),
        ("is:uncategorised", ["sushi", "unknown", "wages"]),
        ("category:none", ["sushi", "unknown", "wages"]),
        ("category:groceries", ["shop", "old"]),
        ("-category:groceries is:out", ["lunch", "sushi", "unknown"]),
        ('category:"Food & Drinks"', ["lunch", "shop", "old"]),
        ("category:pets", ["shop"]),
        ("category:pets category:dining", ["lunch", "shop"]),
        ('account:"Joint card" is:out', ["lunch", "shop", "unknown", "old"]),
        ("-account:joint is:out", ["sushi"]),
        ("payee:lidl", ["shop"]),
        ("payee:sud", ["old"]),
        ('payee:"pret a manger 0042"', ["lunch"]),
        ("payee:none is:out", ["unknown"]),
        ("tag:work", ["lunch"]),
        ("-tag:work is:out", ["shop", "sushi", "unknown", "old"]),
        ("tag:none is:in", ["wages"]),
        ("note:birth", ["unknown"]),
        ("has:note", ["unknown"]),
        ("has:tag", ["lunch"]),
        ("before:2026-03 is:out", ["unknown", "old"]),
        ("after:2026-11-03", ["lunch"]),
        ("on:yesterday", ["lunch"]),
        ("year:2025", ["wages"]),
        ("-year:2026", ["wages"]),
        ("currency:jpy is:out", ["sushi"]),
        ("source:imported", ["unknown"]),
        ('amount>50 -tag:work category:none account:"Joint card" before:2026-03', ["unknown", "wages"]),
        ("after:2026-06 before:2026-01", []),
    ],
)
def test_a_search_finds_what_it_says(household: Household, text: str, expected: list[str]) -> None:
    with household_scope(household.pk):
        asked = found(household, text)
        page = asked.page()
        assert [row.description for row in page.rows] == expected
        assert asked.problems == ()
        assert asked.tally().count == len(expected)
        assert asked.rows().count() == len(expected)


def test_a_month_and_a_search_hold_both(household: Household) -> None:
    with household_scope(household.pk):
        page = found(household, "lidl", Month(2026, 2)).page()
        assert [row.description for row in page.rows] == ["old"]


def test_what_nobody_is_called_is_told_and_finds_nothing(household: Household) -> None:
    with household_scope(household.pk):
        for text in ("category:zebra", "account:zebra", "payee:zebra", "tag:zebra", "by:zebra"):
            asked = found(household, text)
            assert asked.page().rows == [], text
            assert "zebra" in asked.problems[0]


def test_who_entered_it_is_found_by_name(household: Household) -> None:
    other = join(household, "editor", name="Anna Blum")
    with household_scope(household.pk):
        assert found(household, "by:anna").page().rows == []
        row = found(household, "lunch").page().rows[0]
        actions.duplicate_transaction(transaction=row, by=other, on=TODAY)
        assert [row.entered_by_id for row in found(household, "by:anna").page().rows] == [other.pk]


def test_what_somebody_keeps_private_is_in_no_list(household: Household) -> None:
    anna = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Secret", private_to=anna, by=anna)
    with household_scope(household.pk):
        actions.add_transaction(household=household, by=anna, account=secret, date=TODAY, amount=-500, payee="Hidden")
        everything = found(household, "").tally().count
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert found(household, "hidden").page().rows == []
        assert found(household, "").tally().count == everything - 1
        assert found(household, "").page().rows[0].description == "lunch"
    with household_scope(household.pk, viewer=anna.pk):
        assert len(found(household, "hidden").page().rows) == 1
        assert found(household, "").tally().count == everything
