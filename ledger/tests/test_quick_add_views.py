"""Quick add as people use it: a line read while it is typed, its parts changed, saved; with scripts and without."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.web.dates import day_text
from ledger.actions.rates import add_rate
from ledger.models import Account, Category, Payee, Tag
from ledger.tests.factories import AccountFactory
from ledger.tests.quick_doors import HTMX, QUICK, READ, chips, kept, save, spend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(household: Household) -> list[Account]:
    cache.clear()
    named = (("Checking", "checking"), ("Savings", "savings"), ("Amex Gold", "credit_card"))
    return [AccountFactory.create(household=household, name=name, kind=kind) for name, kind in named]


@pytest.fixture
def today(household: Household) -> date:
    return today_in(household.time_zone)


def test_a_line_is_read_while_it_is_typed_and_nothing_is_written(
    owner: Client, household: Household, today: date
) -> None:
    spend(household, "Pret", "dining")
    answer = owner.get(QUICK, {"line": "12.50 lunch pret #work yesterday @amex"}, headers=READ)
    said = chips(answer.text)
    day = day_text(today - timedelta(days=1), "weekday_short", language="en", locale=household.locale)
    for words in ("Amount − € 12.50", "Payee Pret", "Guess Dining", f"Day {day}", "From Amex Gold", "Tag work"):
        assert words in said
    assert "Note lunch" in said
    assert len(kept(household)) == 1


def test_the_lines_everybody_writes_are_saved_as_they_say(owner: Client, household: Household, today: date) -> None:
    spend(household, "Pret", "dining")
    for line in (
        "12.50 lunch pret #work yesterday @amex",
        "+2400 salary",
        "45.20/2 dinner",
        "200 checking > savings",
        "€18 taxi 3 nov",
    ):
        answer = save(owner, line)
        assert answer.status_code == 200, answer.text
        assert "live:ledger.changed" in answer["HX-Trigger"]
    _old, lunch, salary, dinner, out, into, taxi = kept(household)
    assert (lunch.amount, lunch.payee and lunch.payee.name, lunch.account.name) == (-1250, "Pret", "Amex Gold")
    assert (lunch.date, lunch.notes) == (today - timedelta(days=1), "lunch")
    assert [tagging.tag.name for tagging in lunch.taggings.all()] == ["work"]
    assert [line.category and line.category.key for line in lunch.lines.all()] == ["dining"]
    assert (salary.amount, salary.payee, salary.date) == (240000, None, today)
    assert [line.category and line.category.key for line in salary.lines.all()] == ["salary"]
    assert (dinner.amount, dinner.payee and dinner.payee.name) == (-2260, "dinner")
    assert (out.amount, out.account.name, into.amount, into.account.name) == (-20000, "Checking", 20000, "Savings")
    assert out.transfer_id == into.transfer_id is not None
    assert (taxi.amount, taxi.date.month, taxi.date.day) == (-1800, 11, 3)


def test_after_saving_the_field_is_ready_for_the_next_line(owner: Client) -> None:
    first = owner.get(QUICK, headers=HTMX).text
    answer = save(owner, "12.50 lunch").text
    numbers = [re.search(r'name="form_number" value="([^"]+)"', text) for text in (first, answer)]
    assert all(numbers)
    assert numbers[0]
    assert numbers[1]
    assert numbers[0][1] != numbers[1][1]
    assert 'hx-swap-oob="true"' in answer
    assert "chip" not in answer


def test_without_javascript_the_page_shows_the_reading_and_saves(owner: Client, household: Household) -> None:
    page = owner.get(QUICK, {"line": "12.50 lunch"}).text
    assert 'value="12.50 lunch"' in page
    assert "lunch" in chips(page)
    answer = save(owner, "12.50 lunch", headers={})
    assert answer.status_code == 302
    assert len(kept(household)) == 1


def test_signs_of_all_kinds_are_kept_and_what_steers_the_text_is_not(owner: Client, household: Household) -> None:
    assert save(owner, "12 Café 🥐 \u202eKarin\u202c").status_code == 200
    [row] = kept(household)
    assert row.payee
    assert row.payee.name == "Café 🥐 Karin"


def test_what_may_have_been_meant_is_a_click_away(owner: Client, household: Household) -> None:
    AccountFactory.create(household=household, name="Joint card")
    AccountFactory.create(household=household, name="Joint savings")
    answer = owner.get(QUICK, {"line": "12 lunch @joint"}, headers=READ)
    assert "could be more than one account" in answer.text
    assert "line=12+lunch+%40%22Joint+card%22" in answer.text
    meant = owner.get(QUICK, {"line": '12 lunch @"Joint card"', "chosen": "1"}, headers=HTMX).text
    assert "From Joint card" in chips(meant)
    assert "data-return" in meant


@pytest.mark.parametrize(
    ("part", "chosen", "line"),
    [
        ("amount", {"amount": "9*2"}, "18.00 lunch yesterday"),
        ("amount", {"amount": "+20"}, "+20.00 lunch yesterday"),
        ("payee", {"named": "Café Morgenrot"}, '12.50 "Café Morgenrot" yesterday'),
        ("payee", {"clear": "1"}, "12.50 yesterday"),
        ("day", {"day": "2026-11-03"}, "12.50 lunch 2026-11-03"),
        ("tags", {"named": "work, trip"}, "12.50 lunch yesterday #work #trip"),
        ("note", {"note": "with Anna"}, '12.50 lunch yesterday note:"with Anna"'),
    ],
)
def test_a_part_that_is_changed_is_written_into_the_line(
    owner: Client, part: str, chosen: dict[str, str], line: str
) -> None:
    asked = {"line": "12.50 lunch yesterday", "set": "1", **chosen}
    answer = owner.get(f"{QUICK}{part}/", asked, headers={**HTMX, "HX-Target": "panel"})
    assert answer.status_code == 200
    assert f'value="{line}"'.replace('"', "&quot;") in answer.text.replace('"', "&quot;")
    without_script = owner.get(f"{QUICK}{part}/", asked)
    assert line in without_script.text.replace("&quot;", '"')


def test_account_and_category_are_changed_by_their_ids(
    owner: Client, household: Household, accounts: list[Account]
) -> None:
    with household_scope(household.pk):
        groceries = Category.objects.get(key="groceries")
    for part, row, words in (
        ("account", accounts[2], "From Amex Gold"),
        ("category", groceries, "Category Groceries"),
        ("to_account", accounts[1], ""),
    ):
        field = "account" if part == "to_account" else part
        asked = {"line": "12.50 lunch", "set": "1", field: str(row.uid)}
        answer = owner.get(f"{QUICK}{part}/", asked, headers={**HTMX, "HX-Target": "panel"})
        assert answer.status_code == 200
        assert words in chips(answer.text)


def test_a_guess_is_taken_unless_it_is_refused(owner: Client, household: Household) -> None:
    for _ in range(3):
        spend(household, "Pret", "dining")
    spend(household, "Pret", "groceries")
    read = owner.get(QUICK, {"line": "9 pret"}, headers=READ).text
    assert "Guess Dining" in chips(read)
    assert 'title="3 of 4 times"' in read
    asked = {"line": "9 pret", "set": "1", "clear": "1"}
    refused = owner.get(f"{QUICK}category/", asked, headers={**HTMX, "HX-Target": "panel"}).text
    assert "Guess" not in chips(refused)
    assert 'name="unguessed"' in refused
    save(owner, "9 pret")
    save(owner, "9 pret", unguessed="1")
    found = [line.category and line.category.key for row in kept(household)[-2:] for line in row.lines.all()]
    assert found == ["dining", None]


def test_the_account_used_last_is_the_one_taken_next(owner: Client, household: Household) -> None:
    save(owner, "12 lunch")
    save(owner, "12 lunch @amex")
    save(owner, "12 lunch")
    assert [row.account.name for row in kept(household)] == ["Checking", "Amex Gold", "Amex Gold"]


def test_a_currency_leads_to_an_account_that_is_kept_in_it(owner: Client, household: Household) -> None:
    AccountFactory.create(household=household, name="Dollars", currency="USD")
    save(owner, "$5 coffee")
    [row] = kept(household)
    assert (row.account.name, row.amount, row.currency, row.original_amount) == ("Dollars", -500, "USD", None)


def test_another_currency_than_the_account_s_is_converted_at_the_day_s_rate_and_kept(
    owner: Client, household: Household
) -> None:
    with household_scope(household.pk):
        said = {"currency": "USD", "against": "EUR", "on": date(2026, 11, 3), "worth": 900_000_000}
        add_rate(household=household, by=None, **said)
    line = "$5 coffee on:2026-11-03 @checking"
    assert "≈ − € 4.50" in chips(owner.get(QUICK, {"line": line}, headers=READ).text)
    assert save(owner, line).status_code == 200
    [row] = kept(household)
    assert (row.amount, row.currency, row.original_amount, row.original_currency) == (-450, "EUR", -500, "USD")


def test_payees_are_looked_for_while_one_types(owner: Client, household: Household) -> None:
    for name in ("Pret A Manger", "Café Prêt", "Biomarkt"):
        spend(household, name, None)
    found = owner.get(f"{QUICK}payee/", {"named": "pret"}, headers=HTMX).text
    assert chips(found).split() == ["Pret", "A", "Manger", "Café", "Prêt"]
    assert "Make" not in found


def test_reading_a_line_costs_the_same_with_few_names_and_with_many(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            spend(household, f"Payee {uuid.uuid4()}", "dining")
        owner.get(QUICK, headers=READ)
        with django_assert_num_queries(8):
            owner.get(QUICK, {"line": "12 lunch"}, headers=READ)


def test_new_payees_and_tags_are_made_once(owner: Client, household: Household) -> None:
    for _ in range(2):
        save(owner, "12 Bäckerei Lindner #brot")
    save(owner, "12 backerei lindner #Brot")
    with household_scope(household.pk):
        assert [payee.name for payee in Payee.objects.all()] == ["Bäckerei Lindner"]
        assert [tag.name for tag in Tag.objects.all()] == ["brot"]
