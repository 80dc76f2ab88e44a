"""The page that splits a transaction: its buttons, what remains, and that only what adds up is saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Transaction
from ledger.tests.entries import DAY, HTMX, at, category, fresh, rows, spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", locale="en-GB")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def dinner(household: Household, account: Account) -> Transaction:
    parts = [Part(-6840, category(household, "dining"))]
    return spend(account, -6840, payee="Trattoria", parts=parts)


def typed(*amounts: str, **said: Any) -> dict[str, Any]:
    """A form with these amounts, unfiled."""
    count = len(amounts)
    return {"category": [""] * count, "amount": list(amounts), "memo": [""] * count, "edit_version": 1, **said}


def amounts_in(text: str) -> list[str]:
    return re.findall(r'name="amount" value="([^"]*)"', text)


def parts_of(household: Household, row: Transaction) -> list[int]:
    with household_scope(household.pk):
        return [line.amount for line in row.lines.all()]


def test_a_split_opens_with_the_rest_where_it_was_and_a_part_to_fill_in(owner: Client, dinner: Transaction) -> None:
    page = owner.get(at("transaction_split", dinner))
    assert amounts_in(page.text) == ["rest", ""]
    assert "Every cent is placed." in page.text
    assert "Split Trattoria" in page.text


def test_parts_are_saved_as_amounts_percent_sums_and_rest(
    owner: Client, household: Household, dinner: Transaction
) -> None:
    food, gifts = category(household, "dining"), category(household, "gifts-donations")
    said = typed("30%", "2*11", "rest", "-5")
    said |= {"category": [food.uid, gifts.uid, "", ""], "memo": ["for four", "", "", "a voucher"]}
    page = owner.post(at("transaction_split", dinner), said, follow=True)
    assert "Split −€68.40, Trattoria into 4 parts" in page.text
    assert parts_of(household, dinner) == [-2052, -2200, -3088, 500]
    with household_scope(household.pk):
        lines = list(dinner.lines.all())
        assert [line.category for line in lines] == [food, gifts, None, None]
        assert [line.memo for line in lines] == ["for four", "", "", "a voucher"]
        change = ChangeSet.objects.get(verb="transaction.split")
    owner.post(f"/changes/{change.uid}/undo/")
    rows(household)


@pytest.mark.parametrize(
    ("amounts", "told"),
    [(("38.40", "22"), "€8.00 still to place."), (("60", "10"), "€1.60 too much."), (("10%",), "€61.56 still")],
)
def test_what_does_not_add_up_is_not_saved_and_says_by_how_much(
    owner: Client, household: Household, dinner: Transaction, amounts: tuple[str, ...], told: str
) -> None:
    answer = owner.post(at("transaction_split", dinner), typed(*amounts))
    assert answer.status_code == 422
    assert told in answer.text
    assert parts_of(household, dinner) == [-6840]


@pytest.mark.parametrize(
    ("button", "amounts", "after"),
    [
        ("add", ("68.40",), ["68.40", ""]),
        ("even", ("1", "2", "3"), ["22.80", "22.80", "22.80"]),
        ("even", ("", "", "", "", "", "", ""), ["9.78", "9.77", "9.77", "9.77", "9.77", "9.77", "9.77"]),
        ("proportion", ("30", "15", ""), ["45.60", "22.80", "0.00"]),
        ("percent", ("38.40", "22.00", "8"), ["56.14%", "32.16%", "11.7%"]),
        ("percent", ("70", "-1.60"), ["70", "-1.60"]),
        ("last", ("38.40", "22.00", ""), ["38.40", "22.00", "8.00"]),
        ("last", ("60", "10"), ["60", "8.40"]),
        ("remove-1", ("1", "2", "3"), ["2", "3"]),
        ("remove-9", ("1", "2", "3"), ["1", "2", "3"]),
        ("up-3", ("1", "2", "3"), ["1", "3", "2"]),
        ("down-1", ("1", "2", "3"), ["2", "1", "3"]),
        ("up-1", ("1", "2"), ["1", "2"]),
        ("nonsense", ("1", "2"), ["1", "2"]),
    ],
)
def test_each_button_does_its_work_and_saves_nothing(
    owner: Client, household: Household, dinner: Transaction, button: str, amounts: tuple[str, ...], after: list[str]
) -> None:
    for headers in ({}, HTMX):
        page = owner.post(at("transaction_split", dinner), typed(*amounts, do=button), headers=headers)
        assert page.status_code == 200
        assert amounts_in(page.text) == after
    assert parts_of(household, dinner) == [-6840]


def test_what_remains_is_worked_out_by_the_server_while_one_types(owner: Client, dinner: Transaction) -> None:
    part = owner.post(at("transaction_split", dinner), typed("38.40", "30%", do="look"), headers=HTMX).text
    assert "Still to place." in part
    assert 'value="9.48"' in part
    assert '<span id="split-share-2" hx-swap-oob="true"' in part
    assert 'value="20.52"' in part
    assert re.search(r'id="split-save"[^>]* disabled', part)
    placed = owner.post(at("transaction_split", dinner), typed("38.40", "rest", do="look"), headers=HTMX).text
    assert "Every cent is placed." in placed
    assert " disabled" not in placed


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": ["abc", "68.40"]}, "is not an amount"),
        ({"amount": ["nan", "rest"]}, "is not an amount"),
        ({"amount": ["1e9", "rest"]}, "is not an amount"),
        ({"amount": ["10000000000000000", "rest"]}, "too large"),
        ({"amount": ["120%", "rest"]}, "from 0 to 100"),
        ({"amount": ["-5%", "rest"]}, "from 0 to 100"),
        ({"amount": ["%", "rest"]}, "from 0 to 100"),
        ({"amount": ["", "68.40"], "memo": ["a part", ""]}, "Write an amount, a percentage or “rest”."),
        ({"category": ["x", ""]}, "Choose one from the list."),
        ({"category": ["00000000-0000-0000-0000-000000000000", ""]}, "Choose one from the list."),
        ({"memo": ["x" * 201, ""]}, "Write up to 200 characters."),
        ({"memo": ["a\u202eb", ""]}, "cannot be seen"),
        ({"memo": ["a\x00b", ""]}, "cannot be seen"),
        ({"whole": "abc"}, "is not an amount"),
        ({"whole": "-68.40"}, "without a minus"),
        ({"whole": "70"}, "€1.60 still to place."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    owner: Client, household: Household, dinner: Transaction, said: dict[str, Any], words: str
) -> None:
    answer = owner.post(at("transaction_split", dinner), typed("60", "8.40") | said)
    assert answer.status_code == 422
    assert words in answer.text
    assert parts_of(household, dinner) == [-6840]


def test_up_to_a_hundred_parts_and_no_more(owner: Client, household: Household, dinner: Transaction) -> None:
    assert owner.post(at("transaction_split", dinner), typed(*["0.01"] * 100, "rest")).status_code == 422
    assert owner.post(at("transaction_split", dinner), typed(*["0.01"] * 99, "rest")).status_code == 302
    assert len(parts_of(household, dinner)) == 100
    assert len(amounts_in(owner.get(at("transaction_split", dinner)).text)) == 100


def test_the_whole_may_change_with_its_parts(owner: Client, household: Household, dinner: Transaction) -> None:
    assert owner.post(at("transaction_split", dinner), typed("40", "35", whole="75")).status_code == 302
    assert (fresh(dinner).amount, parts_of(household, dinner)) == (-7500, [-4000, -3500])
    rows(household)


def test_of_what_is_reconciled_the_whole_stays(owner: Client, household: Household, dinner: Transaction) -> None:
    with household_scope(household.pk):
        Transaction.objects.filter(pk=dinner.pk).update(status="reconciled")
    assert owner.post(at("transaction_split", dinner), typed("40", "35", whole="75")).status_code == 422
    assert owner.post(at("transaction_split", dinner), typed("40", "rest", whole="75")).status_code == 302
    assert parts_of(household, dinner) == [-4000, -2840]


def test_the_parts_are_joined_again(owner: Client, household: Household, account: Account) -> None:
    food = category(household)
    row = spend(account, -1000, parts=[Part(-300), Part(-700, food)])
    assert "Join the parts" in owner.get(at("transaction_split", row)).text
    owner.post(at("transaction_split", row), typed("3", "7", do="join"))
    with household_scope(household.pk):
        [line] = row.lines.all()
        assert (line.amount, line.category) == (-1000, food)


def test_the_later_of_two_who_split_is_told(owner: Client, household: Household, dinner: Transaction) -> None:
    owner.post(at("transaction_split", dinner), typed("60", "8.40"))
    late = owner.post(at("transaction_split", dinner), typed("50", "18.40"))
    assert late.status_code == 422
    assert "was changed while you had it open" in late.text
    assert 'name="edit_version" value="2"' in late.text
    assert amounts_in(late.text) == ["50", "18.40"]
    assert parts_of(household, dinner) == [-6000, -840]


def test_a_transfer_is_not_split(owner: Client, household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household)
    with household_scope(household.pk):
        out, _into = actions.add_transfer(
            household=household, by=None, source=account, target=other, amount=500, on=DAY
        )
    page = owner.get(at("transaction_split", out), follow=True)
    assert "A transfer has no parts." in page.text


def test_an_amount_is_split_in_the_digits_of_its_currency(owner: Client, household: Household) -> None:
    yen = AccountFactory.create(household=household, currency="JPY")
    row = spend(yen, -1000)
    page = owner.post(at("transaction_split", row), typed("", "", "", do="even"))
    assert amounts_in(page.text) == ["334", "333", "333"]
    told = owner.post(at("transaction_split", row), typed("333.5", "rest"))
    assert "JPY has no decimals." in told.text


def test_a_household_that_writes_commas_splits_with_commas(owner: Client, household: Household) -> None:
    Household.objects.filter(pk=household.pk).update(locale="de-DE")
    row = spend(AccountFactory.create(household=household), -10000)
    page = owner.post(at("transaction_split", row), typed("33,3%", "rest", do="proportion"))
    assert amounts_in(page.text) == ["33,30", "66,70"]


def test_the_page_costs_the_same_with_one_part_and_with_three(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    food = category(household)
    one = spend(account, -1000, parts=[Part(-1000, food)])
    three = spend(account, -1000, parts=[Part(-500, food), Part(-300, food), Part(-200, category(household, "dining"))])
    for row in (one, three):
        with django_assert_num_queries(8):
            owner.get(at("transaction_split", row), headers=HTMX)
