"""The payee and the category that a row of a file shall have, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from insights.models import School
from ledger.actions.imports.deciding import accept_suggestions
from ledger.actions.imports.judging import judge
from ledger.actions.lines import Part
from ledger.actions.payees import add_payee
from ledger.calc.bands import Band
from ledger.calc.payee_names import readable_name, tidy_name
from ledger.calc.rules import Condition, Deed
from ledger.importing.found import FoundPart
from ledger.models import Account, Import, ImportRow, Line, PayeeAlias
from ledger.queries.imports.bills import BillMatch, Paid
from ledger.queries.imports.done import count_filed
from ledger.queries.imports.filing import about, asked_columns
from ledger.queries.suggesting import Suggestion, Unfiled
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import brought_in, found_row, put_on_desk, rows_of, statement
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
        ("Lidl", "dining", "as in the file", 200),
        ("Lidl", "groceries", "by the rule “Shops”", 200),
        ("Lidl", "groceries", "by the rule “Shops”", 200),
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
    """Money out is suggested, of much of it one is sure, and of money in nobody knows."""
    return [[Suggestion(category("groceries"), each.words, *_sure(each.amount))] for each in asked]


def _sure(amount: int) -> tuple[float, Band]:
    if amount > 0:
        return 0.3, Band.OPEN
    return (0.8, Band.SUGGESTED) if amount > -100_00 else (0.98, Band.FILED)


def test_whoever_suggests_is_asked_once_for_each_name_and_way_and_size(settings: Any, account: Account) -> None:
    settings.CATEGORY_SUGGESTER = f"{__name__}.guesses"
    upload = desk(account, found_row(-100), found_row(-200), found_row(300), found_row(-600_00))
    assert filed(upload) == [
        ("Lidl", "groceries", "Lidl", 80),
        ("Lidl", "groceries", "Lidl", 80),
        ("Lidl", "", "", 0),
        ("Lidl", "groceries", "Lidl", 198),
    ]
    assert [(row.is_suggested, row.learned) for row in rows_of(upload)] == [
        (True, 0),
        (True, 0),
        (False, 0),
        (False, 98),
    ]


def test_what_is_sure_is_brought_in_as_learned_and_what_is_suggested_waits(settings: Any, account: Account) -> None:
    settings.CATEGORY_SUGGESTER = f"{__name__}.guesses"
    rule(account.household, Deed("category", (uid("dining"),)), when=(Condition("payee", "is", ("Bar",)),))
    upload = desk(account, found_row(-100), found_row(-200, "Rewe"), found_row(-600_00), found_row(-100, "Bar"))
    accept_suggestions(upload=upload, rows=ImportRow.objects.filter(payee_name="Rewe"))
    brought = brought_in(upload)
    assert brought.summary == (
        "Brought in 4 transactions from “march.csv”, 3 of them filed; 1 suggestion waits for you"
    )
    lines = Line.objects.order_by("transaction__import_row__position")
    found = [(line.category.key if line.category else "", line.learned) for line in lines.select_related("category")]
    assert found == [("", 0), ("groceries", 0), ("groceries", 98), ("dining", 0)]
    assert count_filed(upload) == {"came": 4, "filed": 3, "suggested": 1}


def test_the_usual_category_of_a_payee_was_said_by_somebody(household: Household, account: Account) -> None:
    add_payee(household=household, by=None, name="Lidl", default_category=category("groceries"))
    upload = desk(account, found_row(-100))
    assert filed(upload) == [("Lidl", "groceries", "the usual category", 200)]
    brought_in(upload)
    assert Line.objects.get().learned == 0


def test_a_split_of_the_file_with_a_guess_is_marked_where_the_file_says_nothing(
    settings: Any, account: Account
) -> None:
    settings.CATEGORY_SUGGESTER = f"{__name__}.guesses"
    parts = (FoundPart(-400_00, category("dining").name), FoundPart(-200_00, ""))
    upload = desk(account, found_row(-600_00, parts=parts))
    ImportRow.objects.update(category=category("groceries"), confidence=198)
    brought_in(upload)
    found = [(line.category.key, line.learned) for line in Line.objects.order_by("position") if line.category]
    assert found == [("dining", 0), ("groceries", 98)]


@pytest.mark.parametrize("ask", [True, False])
def test_words_of_a_transfer_get_no_category_and_unknown_names_get_guesses(
    settings: Any, account: Account, ask: bool
) -> None:
    """By whoever guesses for the whole house."""
    settings.CATEGORY_SUGGESTER = "insights.queries.suggesting.suggest_categories"
    School.objects.update_or_create(household=account.household, defaults={"files_by_itself": not ask})
    upload = desk(
        account,
        found_row(-500_00, "", description="TRANSFER TO OWN SAVINGS ACCOUNT"),
        found_row(-23_10, "", description="LIDL 4711 BERLIN"),
    )
    moved, bought = rows_of(upload)
    assert (moved.category, moved.confidence) == (None, 0)
    assert bought.category is not None
    assert bought.category.key == "groceries"
    assert bought.is_suggested == ask
    assert bool(bought.learned) != ask


def test_amounts_of_one_size_stand_for_each_other(account: Account) -> None:
    """The database says the same of them as we do."""
    amounts = [-1, 1, -499, 500, -19_99, 20_00, -99_99, 500_00, -5_000_00, 4_999_99, 10**9, -(10**9)]
    upload = desk(account, *(found_row(amount) for amount in amounts))
    told = ImportRow.objects.filter(sheet__upload=upload).order_by("position").values_list(*asked_columns(frozenset()))
    assert [int(row[4]) for row in told] == [about(amount) for amount in amounts]
    assert all(about(about(amount)) == about(amount) for amount in amounts)
    assert about(0) == 0


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
