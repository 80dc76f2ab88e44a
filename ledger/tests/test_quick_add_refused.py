"""Lines of quick add that are not saved: what is wrong with them, and who may not."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.models import Account
from ledger.tests.factories import AccountFactory
from ledger.tests.quick_doors import HTMX, QUICK, READ, chips, kept, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(household: Household) -> list[Account]:
    cache.clear()
    named = (("Checking", "checking"), ("Savings", "savings"), ("Amex Gold", "credit_card"))
    return [AccountFactory.create(household=household, name=name, kind=kind) for name, kind in named]


@pytest.fixture
def today(household: Household) -> date:
    return today_in(household.time_zone)


def test_the_same_form_sent_twice_saves_once(owner: Client, household: Household) -> None:
    number = str(uuid.uuid4())
    for line in ("12.50 lunch", "12.50 lunch", "13 something else"):
        assert save(owner, line, form_number=number).status_code == 200
    moved = str(uuid.uuid4())
    for _ in range(2):
        save(owner, "200 checking > savings", form_number=moved)
    assert [row.amount for row in kept(household)] == [-1250, -20000, 20000]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Write an amount and who it went to."),
        ("   ", "Write an amount and who it went to."),
        ("abc", "Write an amount"),
        ("nan lunch", "Write an amount"),
        ("inf lunch", "Write an amount"),
        ("1e9 lunch", "“1e9” is not an amount."),
        ("--5 lunch", "“--5” is not an amount."),
        ("10000000000000000 lunch", "too large"),
        ("10^16 lunch", "“10^16” is not an amount."),
        ("0 lunch", "other than zero"),
        ("12 lunch 31 feb", "days."),
        ("12 lunch on:0000-01-01", "between 1900 and 2199"),
        ("12 @zanzibar", "No account is called “zanzibar”."),
        ("12 category:zanzibar", "No category is called “zanzibar”."),
        ("200 checking > checking", "two different accounts"),
        ("200 checking >", "Write which account the money went to."),
        (f"12 {'x' * 301}", "too long"),
        (f"12 #{'t' * 41}", "Keep a tag to 40 characters."),
        ("12 lunch\x00", "Null characters"),
        ("₺12 lunch", "No rate for TRY is known. Write the amount in EUR."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_written(
    owner: Client, household: Household, line: str, words: str
) -> None:
    for headers in ({}, READ):
        answer = save(owner, line, headers=headers)
        assert answer.status_code == 422
        assert words in chips(answer.text).replace("&quot;", '"')
    assert kept(household) == []


def test_reading_nonsense_never_breaks(owner: Client) -> None:
    for line in ("\x00", "\u202e12", "💸", "> >", '"', "12 " + "x" * 5000, "@@@ ###"):
        assert owner.get(QUICK, {"line": line}, headers=READ).status_code == 200
        for part in ("amount", "payee", "category", "day", "account", "to_account", "tags", "note"):
            assert owner.get(f"{QUICK}{part}/", {"line": line}, headers=HTMX).status_code == 200
    assert owner.get(f"{QUICK}zanzibar/", headers=HTMX).status_code == 404


@pytest.mark.parametrize(
    ("part", "chosen", "words"),
    [
        ("amount", {"amount": "abc"}, "not an amount"),
        ("amount", {"amount": ""}, "required"),
        ("day", {"day": "31 feb"}, "days."),
        ("account", {"account": str(uuid.uuid4())}, "not one of the available choices"),
        ("account", {"account": "x"}, "x"),
        ("category", {"category": str(uuid.uuid4())}, "not one of the available choices"),
        ("category", {}, "Choose one"),
        ("payee", {"named": "x" * 121}, "at most 120 characters"),
        ("tags", {"named": "x" * 41}, "at most 40 characters"),
        ("note", {"note": "a\u202eb"}, "cannot be seen"),
    ],
)
def test_a_part_that_cannot_be_is_said_at_its_field(
    owner: Client, part: str, chosen: dict[str, str], words: str
) -> None:
    for headers in ({}, HTMX):
        answer = owner.get(f"{QUICK}{part}/", {"line": "12.50 lunch", "set": "1", **chosen}, headers=headers)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_closed_account_is_not_offered(owner: Client, household: Household, accounts: list[Account]) -> None:
    with household_scope(household.pk):
        actions.close_account(account=accounts[2], by=None, on=date(2026, 1, 2))
    assert "No account is called “amex”." in chips(save(owner, "12 lunch @amex").text)


def test_a_household_without_accounts_is_told_to_add_one(household: Household, stranger: Client) -> None:
    answer = save(stranger, "12 lunch")
    assert answer.status_code == 422
    assert "Add an account first." in answer.text


def test_who_keeps_an_account_private_names_it_alone(household: Household, owner: Client) -> None:
    other = join(household, "editor")
    AccountFactory.create(household=household, name="Zanzibar fund", private_to=other, by=other)
    assert save(logged_in(other), "12 lunch @zanzibar").status_code == 200
    for line in ("12 lunch @zanzibar", "12 > zanzibar"):
        answer = save(owner, line)
        assert answer.status_code == 422
        assert "Zanzibar" not in answer.text
    assert "Zanzibar" not in owner.get(f"{QUICK}account/", {"line": "12 lunch"}, headers=HTMX).text


def test_a_payee_of_a_private_account_is_nobody_s_guess(household: Household, owner: Client) -> None:
    other = join(household, "editor")
    AccountFactory.create(household=household, name="Own", private_to=other, by=other)
    save(logged_in(other), "12 Zanzibar category:dining @own")
    answer = owner.get(QUICK, {"line": "9 zanzibar"}, headers=READ)
    assert "Guess" not in chips(answer.text)
    assert "Zanzibar" not in owner.get(f"{QUICK}payee/", {"line": "12"}, headers=HTMX).text


def test_a_viewer_may_not_and_a_stranger_s_names_mean_nothing(
    viewer: Client, stranger: Client, household: Household
) -> None:
    assert viewer.get(QUICK).status_code == 403
    assert save(viewer, "12 lunch").status_code == 403
    assert viewer.get(f"{QUICK}amount/").status_code == 403
    assert save(stranger, "12 lunch @amex").status_code == 422
    assert kept(household) == []
    assert Client().get(QUICK).status_code == 302
