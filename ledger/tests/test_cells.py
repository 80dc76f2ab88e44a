"""Values of a row changed where they stand: each by itself, with JavaScript and without."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Payee, Tag, Transaction
from ledger.queries.checking import violations
from ledger.tests.cell_doors import CELLS, HTMX, cell, change, fresh, key_of, spend, uid_of
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Checking")


@pytest.fixture
def row(household: Household, account: Account) -> Transaction:
    return spend(household, account)


def test_each_value_is_changed_and_the_row_comes_back_alone(
    owner: Client, household: Household, row: Transaction
) -> None:
    for name, said, words in (
        ("category", {"category": uid_of(household, "dining")}, "Dining"),
        ("payee", {"named": "Café Morgenrot"}, "Café Morgenrot"),
        ("date", {"date": "2026-03-20"}, ""),
        ("amount", {"amount": "16.99*2"}, "33.98"),
        ("tags", {"named": "work"}, "work"),
        ("notes", {"notes": "with Anna"}, "with Anna"),
    ):
        answer = change(owner, row, name, **said)
        assert answer.status_code == 200, answer.text
        assert answer.text.lstrip().startswith(f'<tr id="t-{row.uid}"')
        assert words in answer.text
        for event in ("live:ledger.changed", "toasts"):
            assert event in answer["HX-Trigger"]
    now = fresh(row)
    assert (now.amount, now.date, now.notes, now.payee and now.payee.name) == (
        -3398,
        date(2026, 3, 20),
        "with Anna",
        "Café Morgenrot",
    )
    assert key_of(row) == "dining"
    assert [tagging.tag.name for tagging in now.taggings.all()] == ["work"]
    with household_scope(household.pk):
        assert ChangeSet.objects.filter(verb="transaction.changed").count() == 6


def test_without_javascript_a_cell_has_a_page_of_its_own(owner: Client, household: Household, row: Transaction) -> None:
    for name in CELLS:
        page = owner.get(cell(row, name))
        assert page.status_code == 200
        assert "<html" in page.text
        assert "hx-post" not in page.text.split('<main class="content')[1].split("</main>")[0]
    answer = change(owner, row, "notes", notes="by hand", headers={})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("transaction_list")
    assert fresh(row).notes == "by hand"


@pytest.mark.parametrize(
    ("amount", "typed", "kept"),
    [
        (-1250, "15", -1500),
        (-1250, "-15", -1500),
        (-1250, "+15", 1500),
        (-1250, "(15)", -1500),
        (-1250, "10-25", -1500),
        (240000, "15", 1500),
        (240000, "-15", -1500),
        (240000, "+15", 1500),
    ],
)
def test_a_plain_number_stays_on_its_side_and_a_sign_turns_it(
    owner: Client, household: Household, account: Account, amount: int, typed: str, kept: int
) -> None:
    row = spend(household, account, amount)
    assert change(owner, row, "amount", amount=typed).status_code == 200
    assert fresh(row).amount == kept


def test_a_day_takes_words(owner: Client, household: Household, row: Transaction) -> None:
    assert change(owner, row, "date", date="yesterday").status_code == 200
    assert fresh(row).date == today_in(household.time_zone) - timedelta(days=1)
    change(owner, row, "date", date="3 nov 2025")
    assert fresh(row).date == date(2025, 11, 3)


def test_a_category_is_made_by_its_name_among_those_of_its_kind(
    owner: Client, household: Household, account: Account
) -> None:
    spent, earned = spend(household, account), spend(household, account, 5000)
    change(owner, spent, "category", named="Ceramics")
    change(owner, earned, "category", named="Prizes")
    change(owner, earned, "category", named="prizes")
    assert (key_of(spent), key_of(earned)) == ("Ceramics", "Prizes")
    with household_scope(household.pk):
        made = Category.objects.filter(key="").select_related("parent").order_by("pk")
        assert [(each.name, each.kind, each.parent and each.parent.key) for each in made] == [
            ("Ceramics", "expense", "everything-else"),
            ("Prizes", "income", "income"),
        ]
        assert ChangeSet.objects.latest("id").summary.startswith("Changed")
    change(owner, spent, "category", named="  DINING ")
    assert key_of(spent) == "dining"


def test_a_category_made_so_goes_again_with_the_undo_and_comes_back_with_the_redo(
    owner: Client, household: Household, row: Transaction, undo: Undo
) -> None:
    change(owner, row, "category", named="Ceramics")
    with household_scope(household.pk):
        for made, filed in ((False, None), (True, "Ceramics"), (False, None)):
            undo()
            assert Category.objects.filter(name="Ceramics").exists() is made
            assert key_of(row) == filed
            assert violations() == []


def test_category_and_payee_can_be_taken_away(owner: Client, household: Household, row: Transaction) -> None:
    change(owner, row, "category", category=uid_of(household, "dining"))
    for name in ("category", "payee"):
        assert change(owner, row, name, clear="1").status_code == 200
    assert key_of(row) is None
    assert fresh(row).payee is None


def test_tags_are_ticked_and_unticked(owner: Client, household: Household, row: Transaction) -> None:
    change(owner, row, "tags", named=["work", "#trip, friends"])
    with household_scope(household.pk):
        tags = {tag.name: str(tag.uid) for tag in Tag.objects.all()}
    assert set(tags) == {"work", "trip", "friends"}
    shown = owner.get(cell(row, "tags"), headers=HTMX).text
    assert shown.count(" checked") == 3
    change(owner, row, "tags", tags=[tags["trip"]])
    assert [tagging.tag.name for tagging in fresh(row).taggings.all()] == ["trip"]
    change(owner, row, "tags")
    assert list(fresh(row).taggings.all()) == []


def test_emoji_and_long_names_are_kept(owner: Client, row: Transaction) -> None:
    name = "Kleine Nachtmusik Kinderbuchhandlung & Spielwaren, Pankow 🎻 eG"
    assert change(owner, row, "payee", named=name).status_code == 200
    now = fresh(row)
    assert now.payee
    assert now.payee.name == name


def test_a_transfer_has_no_category_and_no_payee(owner: Client, household: Household, account: Account) -> None:
    savings = AccountFactory.create(household=household)
    with household_scope(household.pk):
        out, into = actions.add_transfer(
            household=household, by=None, source=account, target=savings, amount=5000, on=date(2026, 3, 14)
        )
    for name, words in (("category", "no category"), ("payee", "no payee")):
        assert words in owner.get(cell(out, name), headers=HTMX).text
        assert change(owner, out, name, named="x").status_code == 422
    assert change(owner, out, "amount", amount="60").status_code == 200
    assert (fresh(out).amount, fresh(into).amount) == (-6000, 6000)
    assert change(owner, out, "amount", amount="+60").status_code == 200
    assert (fresh(out).amount, fresh(into).amount) == (6000, -6000)


def test_likely_categories_come_first_with_their_reasons(
    owner: Client, household: Household, account: Account, row: Transaction
) -> None:
    with household_scope(household.pk):
        dining, groceries = Category.objects.get(key="dining"), Category.objects.get(key="groceries")
    for filed in (dining, dining, groceries):
        spend(household, account, parts=[Part(-1250, filed)])
    spend(household, account, 300, parts=[Part(300, groceries)])
    shown = owner.get(cell(row, "category"), headers=HTMX).text
    assert shown.index("2 of 3 times") < shown.index("1 of 3 times") < shown.index("Food &amp; Drinks")
    with household_scope(household.pk):
        Payee.objects.update(default_category=groceries)
    shown = owner.get(cell(row, "category"), headers=HTMX).text
    assert shown.index("the usual category") < shown.index("2 of 3 times")


def test_archived_categories_are_not_offered(owner: Client, household: Household, row: Transaction) -> None:
    with household_scope(household.pk):
        dining = Category.objects.get(key="dining")
        Category.objects.filter(pk=dining.pk).update(archived_at="2026-01-01T00:00:00Z")
    assert str(dining.uid) not in owner.get(cell(row, "category"), headers=HTMX).text


def test_payees_come_by_how_often_of_late_and_by_name_while_one_types(
    owner: Client, household: Household, account: Account, row: Transaction
) -> None:
    for name in ("Zoo", "Zoo", "Biomarkt"):
        spend(household, account, payee=name)
    shown = owner.get(cell(row, "payee"), headers=HTMX).text
    assert shown.index("Zoo") < shown.index("Biomarkt")
    found = owner.get(cell(row, "payee"), {"named": "bioMÄRKT"}, headers=HTMX).text
    assert "Biomarkt" in found
    assert "Zoo" not in found
    assert "<form" not in found


@pytest.mark.parametrize(("name", "queries"), [("category", 8), ("payee", 9), ("tags", 10), ("notes", 6)])
def test_a_cell_costs_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, account: Account, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            row = spend(household, account, payee=f"Payee {uuid.uuid4()}", tags=[str(uuid.uuid4())])
        owner.get(cell(row, name), headers=HTMX)
        with django_assert_num_queries(queries):
            owner.get(cell(row, name), headers=HTMX)


def test_a_rule_is_offered_once_a_category_is_news_for_its_payee(
    owner: Client, household: Household, account: Account, row: Transaction
) -> None:
    first = change(owner, row, "category", category=uid_of(household, "dining")).text
    assert "Always file Pret under Dining?" in first
    assert f'href="/rules/add/?from={row.uid}"' in first
    second = spend(household, account)
    assert "Always file" not in change(owner, second, "category", category=uid_of(household, "dining")).text
    assert "Always file" in change(owner, second, "category", category=uid_of(household, "groceries")).text
    assert "Always file" not in change(owner, second, "category", clear="1").text
    nobody = spend(household, account, payee=None)
    assert "Always file" not in change(owner, nobody, "category", category=uid_of(household, "dining")).text
