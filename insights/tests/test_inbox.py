"""What insights asks in the inbox: what was filed by itself, and amounts that are far from what is usual."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from insights.calc.unusual import Unusual, unusual
from ledger.actions.lines import file_lines
from ledger.actions.writing import writing
from ledger.models import Account, Line, Transaction
from ledger.tests.entries import category
from ledger.tests.factories import AccountFactory
from ledger.tests.inbox.books import HTMX, INBOX, answer, asked, booked, dismiss, filed_under, undo_last, waiting


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def owner(household: Household) -> Client:
    return logged_in(owner_of(household))


@pytest.fixture
def everyday(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def learned(row: Transaction, percent: int, key: str = "groceries") -> Transaction:
    """Filed as the app files by itself."""
    household = row.household
    with (
        household_scope(household.pk),
        writing(household=household, by=None, verb="transaction.filed", summary="Filed") as (record, books),
    ):
        books.open([row.pk])
        file_lines(record, Line.objects.filter(transaction=row), category(household, key), learned=percent)
    return row


def sureness(row: Transaction) -> int:
    with household_scope(row.household_id):
        return Line.objects.get(transaction=row).learned


@pytest.mark.django_db
def test_what_was_filed_by_itself_is_asked_for_until_somebody_says_it_is_right(
    owner: Client, household: Household, everyday: Account
) -> None:
    rows = [learned(booked(everyday, -10_00 - back, "Kiosk", back=back), 97) for back in range(3)]
    doubtful = learned(booked(everyday, -30_00, "Garage"), 81, "fuel")
    assert waiting(owner) == {"filed": 4}
    first, second = asked(owner, "filed")
    assert (first["title"], first["confidence"], first["like"]) == ("Garage", 81, 1)
    assert (second["title"], second["confidence"], second["like"]) == ("Kiosk", 97, 3)
    assert second["choices"][0]["label"] == "All 3 are right"
    assert answer(owner, second, headers=HTMX).status_code == 204
    assert [sureness(row) for row in (*rows, doubtful)] == [0, 0, 0, 81]
    assert filed_under(rows[0]) == ["Groceries"]
    undo_last(owner, household)
    assert [sureness(row) for row in rows] == [97] * 3
    dismiss(owner, asked(owner, "filed")[0], headers=HTMX)
    assert waiting(owner) == {"filed": 3}
    assert sureness(doubtful) == 81


@pytest.mark.django_db
def test_what_was_filed_by_itself_can_be_filed_elsewhere(
    owner: Client, household: Household, everyday: Account
) -> None:
    row = learned(booked(everyday, -30_00, "Garage"), 81)
    page = owner.get(INBOX).text
    assert "81 %, very likely" in page
    assert f'name="pick" value="{row.uid}"' in page
    other = category(household, "fuel")
    owner.post(reverse("transaction_bulk", args=["file"]), {"pick": row.uid, "said": "1", "category": other.uid})
    assert (filed_under(row), sureness(row)) == ([other.name], 0)
    assert waiting(owner) == {}


@pytest.mark.django_db
def test_an_amount_far_from_the_usual_is_told_with_what_is_usual(
    owner: Client, household: Household, everyday: Account
) -> None:
    groceries = category(household)
    for back in range(6):
        booked(everyday, -80_00 - back, "Stadtwerke Nord", back=40 + 30 * back, under=groceries)
    booked(everyday, -240_00, "Stadtwerke Nord", under=groceries)
    [item] = asked(owner, "unusual")
    assert item["reason"] == "2.9 times what “Stadtwerke Nord” usually costs, which is €80.02"
    answer(owner, item, headers=HTMX)
    assert waiting(owner) == {}
    undo_last(owner, household)
    assert waiting(owner) == {"unusual": 1}


@pytest.mark.django_db
def test_who_only_looks_confirms_nothing_and_what_is_private_is_not_told(
    owner: Client, household: Household, everyday: Account
) -> None:
    learned(booked(everyday, -30_00, "Garage"), 81)
    viewer, other = logged_in(join(household, "viewer")), join(household, "editor")
    secret = AccountFactory.create(household=household, name="Surprise", by=other, private_to=other)
    learned(booked(secret, -10_00, "Jeweller"), 90)
    [item] = asked(viewer, "filed")
    assert answer(viewer, item).status_code == 403
    assert [each["title"] for each in asked(owner)] == ["Garage"]
    assert [each["title"] for each in asked(logged_in(other), "filed")] == ["Garage", "Jeweller"]
    assert asked(logged_in(owner_of(HouseholdFactory.create()))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_three_are_found_with_as_many_questions_as_one(
    owner: Client, everyday: Account, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        learned(booked(everyday, -10_00 - number, f"Kiosk {'abc'[number]}"), 97)
    owner.get(INBOX)
    with django_assert_num_queries(28):
        owner.get(INBOX)


@pytest.mark.parametrize(
    ("amount", "past", "found"),
    [
        (300, [100, 100, 100, 100, 100], Unusual(100, 30)),
        (300, [100, 100, 100, 100], None),
        (150, [100, 100, 100, 100, 100], None),
        (300, [100, 100, 100, 100, 310], None),
        (290, [20, 60, 100, 140, 180], None),
        (900, [20, 60, 100, 140, 180], Unusual(100, 90)),
        (300, [0, 0, 0, 0, 0], None),
    ],
)
def test_unusual_is_far_from_the_middle_and_above_all_before(
    amount: int, past: list[int], found: Unusual | None
) -> None:
    assert unusual(amount, past) == found
