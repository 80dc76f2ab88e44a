"""The payee and the category that a row of a file shall have, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger.actions.imports.judging import judge
from ledger.actions.lines import Part
from ledger.actions.payees import add_payee
from ledger.calc.payee_names import readable_name, tidy_name
from ledger.calc.rules import Condition, Deed
from ledger.importing.found import FoundPart
from ledger.models import Account, Import, ImportRow, PayeeAlias
from ledger.queries.imports.bills import BillMatch, Paid
from ledger.queries.suggesting import Suggestion, Unfiled
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import found_row, put_on_desk, rows_of, statement
from ledger.tests.ruling import category, rule, spend, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk, viewer=owner_of(household).pk):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def desk(account: Account, *rows: Any, **said: Any) -> Import:
    return put_on_desk(account.household, statement(*rows), target=account, **said)


def filed(upload: Import) -> list[tuple[str, str, str, int]]:
    return [
        (row.payee_name, row.category.key if row.category else "", row.category_reason, row.confidence)
        for row in rows_of(upload)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VISA 4711 BLUE BOTTLE//BERLIN", "Blue Bottle"),
        ("POS PURCHASE 0423 TESCO STORES 3211 LONDON", "Tesco Stores London"),
        ("CARD PURCHASE 12/03 STARBUCKS STORE #1234", "Starbucks Store"),
        ("PAYPAL *SPOTIFY 402935", "Spotify"),
        ("Kartenzahlung Edeka Markt 12.03.2026 14:33", "Edeka Markt"),
        ("SEPA-LASTSCHRIFT Stadtwerke Neuheim EREF 99881", "Stadtwerke Neuheim"),
        ("STARBUCKS STORE 12345     SEATTLE      WA", "Starbucks Store"),
        ("Credit Union Mutual", "Credit Union Mutual"),
        ("Bar Roma 24/7", "Bar Roma 24/7"),
        ("DE12500105170648489890", ""),
        ("セブンイレブン", "セブンイレブン"),
        ("", ""),
    ],
)
def test_the_name_in_what_a_bank_wrote(text: str, name: str) -> None:
    assert readable_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Blue Bottle", "Blue Bottle"),
        ("  REWE  Markt ", "REWE Markt"),
        ("STARBUCKS #1234", "STARBUCKS"),
        ("1&1 Telecom", "1&1 Telecom"),
        ("12345", "12345"),
    ],
)
def test_a_payee_of_the_file_stays_but_for_noise(text: str, name: str) -> None:
    assert tidy_name(text) == name


def test_known_payees_are_found_by_their_other_spellings(household: Household, account: Account) -> None:
    payee = add_payee(household=household, by=None, name="Blue Bottle")
    PayeeAlias.objects.create(household=household, payee=payee, name="BLUE BOTTLE CAFE 0815 BERLIN")
    upload = desk(
        account,
        found_row(-400, "blue  bottle"),
        found_row(-400, "BLUE BOTTLE CAFE 0815 BERLIN"),
        found_row(-400, "", description="BLUE BOTTLE CAFE 0815 BERLIN"),
        found_row(-400, "", description="POS PURCHASE 1234 BLUE BOTTLE"),
    )
    assert {row.payee_name for row in rows_of(upload)} == {"Blue Bottle"}


def test_the_category_of_the_file_goes_before_rules_and_these_before_the_past(
    household: Household, account: Account
) -> None:
    spend(account, -999, "Lidl", parts=[Part(-999, category("housing"))])
    rule(household, Deed("category", (uid("groceries"),)))
    name = category("dining").name
    upload = desk(account, found_row(-100, category=name), found_row(-100), found_row(-100, category="Never heard of"))
    assert filed(upload) == [
        ("Lidl", "dining", "as in the file", 95),
        ("Lidl", "groceries", "by the rule “Shops”", 99),
        ("Lidl", "groceries", "by the rule “Shops”", 99),
    ]


def test_the_past_of_a_payee_tells_what_it_was_for(household: Household, account: Account) -> None:
    spend(account, -100, "Lidl", parts=[Part(-100, category("groceries"))])
    [row] = filed(desk(account, found_row(-777, "LIDL")))
    assert row[:2] == ("Lidl", "groceries")
    assert row[3] == 99


def test_a_rule_that_names_the_payee_is_followed(household: Household, account: Account) -> None:
    spend(account, -100, "Amazon", parts=[Part(-100, category("groceries"))])
    when = (Condition("description", "contains", ("amzn",)),)
    rule(household, Deed("payee", ("Amazon",)), when=when, name="Names")
    [row] = filed(desk(account, found_row(-777, "", description="AMZN MKTP DE*2K4LM9")))
    assert row[:2] == ("Amazon", "groceries")


def test_rules_look_at_amounts_and_days(household: Household, account: Account) -> None:
    when = (Condition("amount", "greater", ("100",)), Condition("day", "is", ("14",)))
    rule(household, Deed("category", (uid("groceries"),)), when=when)
    upload = desk(account, found_row(-10100), found_row(-9900), found_row(-10100, day=15))
    assert [each[1] for each in filed(upload)] == ["groceries", "", ""]


def test_a_split_of_the_file_is_left_as_it_is(household: Household, account: Account) -> None:
    rule(household, Deed("category", (uid("groceries"),)))
    parts = (FoundPart(-40, "Food"), FoundPart(-60, "Fun"))
    assert filed(desk(account, found_row(-100, parts=parts))) == [("Lidl", "", "", 0)]


def test_what_a_person_said_stays(household: Household, account: Account) -> None:
    upload = desk(account, found_row(-100), found_row(-100), found_row(-100))
    one, two, three = rows_of(upload)
    ImportRow.objects.filter(pk=one.pk).update(payee_name="Corner shop")
    ImportRow.objects.filter(pk=two.pk).update(category=category("dining"), confidence=100)
    ImportRow.objects.filter(pk=three.pk).update(category=None, confidence=100)
    rule(household, Deed("category", (uid("groceries"),)))
    judge(upload)
    assert [row[:2] for row in filed(upload)] == [("Corner shop", ""), ("Lidl", "dining"), ("Lidl", "")]


def guesses(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    return [[Suggestion(category("groceries"), each.words, 0.8 if each.amount < 0 else 0.3)] for each in asked]


def test_whoever_suggests_is_asked_once_for_each_name_and_way(settings: Any, account: Account) -> None:
    settings.CATEGORY_SUGGESTER = f"{__name__}.guesses"
    upload = desk(account, found_row(-100), found_row(-200), found_row(300))
    assert filed(upload) == [("Lidl", "groceries", "Lidl", 80), ("Lidl", "groceries", "Lidl", 80), ("Lidl", "", "", 0)]


def electricity(household: Household, asked: Sequence[Paid], /) -> list[BillMatch | None]:
    found = BillMatch("Pays the bill “Electricity” of 12 March.", category("groceries"))
    return [found if each.payee == "Stadtwerke" else None for each in asked]


def test_a_row_that_pays_a_bill_says_which(settings: Any, account: Account) -> None:
    settings.BILL_MATCHER = f"{__name__}.electricity"
    upload = desk(account, found_row(-100, "Stadtwerke"), found_row(100, "Stadtwerke"), found_row(-100))
    rows = rows_of(upload)
    assert [(row.verdict, row.deed) for row in rows] == [("bill", "add"), ("new", "add"), ("new", "add")]
    assert rows[0].reason == "Pays the bill “Electricity” of 12 March."
    assert filed(upload)[0][:2] == ("Stadtwerke", "groceries")
