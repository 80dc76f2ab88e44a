"""What the books ask: transfers, duplicates, money back, and what has no category."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.actions import Part
from ledger.actions.refunds import expect_refund
from ledger.actions.reshaping import split_transaction
from ledger.models import Account, Category, Line, NoPair, RefundLink, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.inbox.books import HTMX, INBOX, answer, asked, booked, dismiss, filed_under, undo_last, waiting

pytestmark = pytest.mark.django_db


def kept(household: Household, model: Any, **where: Any) -> int:
    with household_scope(household.pk):
        return int(model.objects.filter(**where).count())


def test_two_sides_of_a_transfer_are_linked(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    booked(everyday, -250_00)
    booked(savings, 250_00)
    [item] = asked(owner, "transfer")
    assert item["title"] == "Everyday to Rainy day"
    assert "same amount" in item["reason"]
    assert answer(owner, item, headers=HTMX).status_code == 204
    assert kept(household, Transaction, transfer__isnull=False) == 2
    assert waiting(owner) == {}
    undo_last(owner, household)
    assert waiting(owner) == {"transfer": 1, "uncategorised": 2}


def test_transfers_that_are_sure_are_linked_together(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    for number in range(3):
        booked(everyday, -250_00 - number, words="Transfer to Rainy day", back=number)
        booked(savings, 250_00 + number, words="Transfer from Everyday", back=number)
    items = asked(owner, "transfer")
    assert [each["choices"][-1]["label"] for each in items] == ["Link all 3 that are sure"] * 3
    answer(owner, items[0], "all", headers=HTMX)
    assert kept(household, Transaction, transfer__isnull=False) == 6


def test_what_is_no_transfer_is_said_so_everywhere(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    booked(everyday, -250_00)
    booked(savings, 250_00)
    dismiss(owner, asked(owner, "transfer")[0], headers=HTMX)
    assert kept(household, NoPair) == 1
    assert "transfer" not in waiting(owner)
    assert "No pair is waiting" in owner.get(reverse("transfer_suggestions")).text
    undo_last(owner, household)
    assert waiting(owner)["transfer"] == 1


def test_the_later_of_two_that_are_alike_is_thrown_away(
    owner: Client, household: Household, everyday: Account, groceries: Category
) -> None:
    first, later = (booked(everyday, -12_50, "Kiosk", under=groceries) for _ in range(2))
    [item] = asked(owner, "duplicate")
    assert "same account and amount, same day, same payee" in item["reason"]
    answer(owner, item, headers=HTMX)
    assert kept(household, Transaction, pk=first.pk, trashed_at=None) == 1
    assert kept(household, Transaction, pk=later.pk, trashed_at=None) == 0
    undo_last(owner, household)
    assert waiting(owner) == {"duplicate": 1}


def test_two_of_one_amount_are_no_duplicates_when_the_payee_or_the_day_is_another(
    owner: Client, everyday: Account, savings: Account, groceries: Category
) -> None:
    booked(everyday, -12_50, "Kiosk", under=groceries)
    booked(everyday, -12_50, "Garage", under=groceries)
    booked(everyday, -12_50, "Kiosk", under=groceries, back=1)
    booked(savings, -12_50, "Kiosk", under=groceries)
    assert asked(owner, "duplicate") == []


def test_both_are_right_is_remembered(owner: Client, everyday: Account, groceries: Category) -> None:
    for _ in range(2):
        booked(everyday, -12_50, "Kiosk", under=groceries)
    dismiss(owner, asked(owner, "duplicate")[0], headers=HTMX)
    assert waiting(owner) == {}
    booked(everyday, -12_50, "Kiosk", under=groceries)
    assert waiting(owner) == {"duplicate": 1}


def test_what_typed_and_what_the_bank_wrote_may_be_days_apart(
    owner: Client, everyday: Account, groceries: Category
) -> None:
    booked(everyday, -12_50, "Kiosk", under=groceries, back=2)
    synced = booked(everyday, -12_50, words="CARD 4471 KIOSK BERLIN", under=groceries)
    with household_scope(everyday.household_id):
        Transaction.objects.filter(pk=synced.pk).update(external_id="b-1")
    [item] = asked(owner, "duplicate")
    assert "2 days apart" in item["reason"]
    assert "not from one file" in item["reason"]


def test_money_back_is_linked_to_what_was_spent(
    owner: Client, household: Household, everyday: Account, groceries: Category
) -> None:
    booked(everyday, -40_00, "Shoe shop", under=groceries, back=9)
    back = booked(everyday, 40_00, "Shoe shop")
    [item] = asked(owner, "refund")
    assert "same payee" in item["reason"]
    answer(owner, item, headers=HTMX)
    assert filed_under(back) == ["Groceries"]
    assert kept(household, RefundLink, refund=back) == 1
    undo_last(owner, household)
    dismiss(owner, asked(owner, "refund")[0], headers=HTMX)
    assert "refund" not in waiting(owner)


def test_what_is_owed_and_came_back_is_linked(
    owner: Client, household: Household, everyday: Account, groceries: Category
) -> None:
    dinner = booked(everyday, -60_00, "Trattoria", under=groceries, back=9)
    with household_scope(household.pk):
        line = Line.objects.select_related("transaction__household", "transaction__account").get(transaction=dinner)
        expect_refund(line=line, expected=20_00, owed_by="Maya", by=None)
    booked(everyday, 20_00, "Maya")
    [item] = asked(owner, "refund")
    assert "exactly what is owed" in item["reason"]
    answer(owner, item, headers=HTMX)
    assert kept(household, RefundLink, refund__isnull=False, owed_by="Maya") == 1


def test_another_likely_category_can_be_chosen(owner: Client, everyday: Account, groceries: Category) -> None:
    with household_scope(everyday.household_id):
        other = Category.objects.get(key="dining")
    for back in range(20, 24):
        booked(everyday, -9_00 - back, "Kiosk", back=back, under=groceries)
    booked(everyday, -9_00, "Kiosk", back=30, under=other)
    row = booked(everyday, -10_00, "Kiosk")
    [item] = asked(owner, "uncategorised")
    assert [each["label"] for each in item["choices"]] == ["File under “Groceries”", other.name]
    answer(owner, item, item["choices"][1]["name"], headers=HTMX)
    assert filed_under(row) == [other.name]


def test_without_a_likely_category_one_is_chosen_in_the_dialog(owner: Client, everyday: Account) -> None:
    row = booked(everyday, -10_00, words="XYZ 81")
    [item] = asked(owner, "uncategorised")
    assert (item["choices"], item["confidence"]) == ([], None)
    assert answer(owner, item, headers=HTMX).status_code == 409
    page = owner.get(INBOX).text
    assert f'<input type="hidden" name="pick" value="{row.uid}">' in page
    dialog = owner.post(reverse("transaction_bulk", args=["file"]), {"pick": str(row.uid)}, headers=HTMX).text
    assert "Find a category" in dialog


def test_a_part_of_a_split_leads_to_the_split(owner: Client, everyday: Account, groceries: Category) -> None:
    row = booked(everyday, -10_00, "Kiosk")
    with household_scope(everyday.household_id):
        split_transaction(
            transaction=row, by=None, edit_version=row.edit_version, parts=[Part(-4_00, groceries), Part(-6_00)]
        )
    [item] = asked(owner, "uncategorised")
    assert item["reason"] == "a part of a split has no category"
    assert reverse("transaction_split", args=[row.uid]) in owner.get(INBOX).text
    dismiss(owner, item, headers=HTMX)
    assert waiting(owner) == {}


def test_an_amount_without_a_rate_leads_to_where_one_is_typed(
    owner: Client, household: Household, groceries: Category
) -> None:
    pesos = AccountFactory.create(household=household, currency="ARS")
    booked(pesos, -5000_00, "Kiosco", under=groceries)
    [item] = asked(owner, "rate")
    assert item["title"] == "No rate for ARS"
    assert f"{reverse('rate_add')}?currency=ARS&amp;on=" in owner.get(INBOX).text
    dismiss(owner, item, headers=HTMX)
    assert waiting(owner) == {}
