"""The tax report: what is marked, by tax year, each with its transactions; and the mark itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.households.restoring import restore_household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory
from ledger import actions
from ledger.actions import Part
from ledger.actions.tags import add_tag, change_tag
from ledger.models import Account, Category, Tag
from ledger.queries.reports import tax as queries
from ledger.reporting import tax
from ledger.reporting.tax.years import start_options, tax_year, year_options
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.rated import published, send
from ledger.tests.reported import ask, figure, live, net_behind, rows_of, walk
from ledger.tests.taxed import MARCH, attach, mark, pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    household.locale = "de-DE"
    household.save()
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, name="Giro")


def test_what_is_marked_is_listed_with_its_sum(account: Account) -> None:
    mark("health")
    row = pay(account, -12_50)
    pay(account, -7_50, on=date(2026, 5, 2), payee="Doctor")
    pay(account, 5_00, on=date(2026, 5, 3), payee="Insurer")
    pay(account, -99_00, "dining")
    pay(account, -99_00, on=date(2025, 12, 31))
    attach(row)
    document = tax.build(ask(account.household))
    category = Category.objects.get(key="health")
    assert rows_of(document, "marked") == [["Health", 15_00, None, 3, 1]]
    assert rows_of(document, f"category-{category.uid}") == [
        ["Pharmacy", 12_50, MARCH, "1 receipt"],
        ["Doctor", 7_50, date(2026, 5, 2), "none"],
        ["Insurer", -5_00, date(2026, 5, 3), "none"],
        ["Together", 15_00, None, None],
    ]
    assert (figure(document, "spending").minor, figure(document, "proven").value) == (15_00, 1)
    assert walk(account.household, document) == 3


def test_a_marked_group_lists_all_that_stands_in_it(account: Account) -> None:
    group = Category.objects.get(key="health").parent
    assert group
    actions.change_category(category=group, by=None, edit_version=group.edit_version, tax_relevant=True)
    pay(account, -10_00)
    pay(account, -3_00, parts=[Part(-3_00, group)])
    document = tax.build(ask(account.household))
    found = {row[0]: row[1] for row in rows_of(document, "marked")}
    assert found[group.name] == 3_00
    assert found["Health"] == 10_00
    assert figure(document, "spending").minor == 13_00
    assert net_behind(account.household, figure(document, "spending").url) == -13_00
    assert walk(account.household, document) > 0


def test_of_a_split_only_the_part_that_matters(account: Account) -> None:
    mark("health")
    dining = Category.objects.get(key="dining")
    pay(account, -30_00, parts=[Part(-20_00, dining), Part(-10_00, mark("health"))])
    document = tax.build(ask(account.household))
    assert rows_of(document, "marked") == [["Health", 10_00, None, 1, 0]]
    assert walk(account.household, document) > 0


def test_a_tag_counts_what_came_in_and_what_was_spent(account: Account) -> None:
    tag = add_tag(household=account.household, by=None, name="freelance", tax_relevant=True)
    pay(account, 900_00, "salary", payee="Client", tags=("freelance",))
    pay(account, -100_00, "dining", tags=("freelance",))
    document = tax.build(ask(account.household))
    assert rows_of(document, "marked") == [["freelance", 100_00, 900_00, 2, 0]]
    assert rows_of(document, f"tag-{tag.uid}")[-1][:2] == ["Together", 800_00]
    assert [one.key for one in document.figures] == ["proven"]
    assert walk(account.household, document) > 0


def test_every_door_comes_to_its_figure(scoped: Household) -> None:
    live(scoped)
    for key in ("groceries", "health", "salary", "dining"):
        mark(key)
    for line in ("", 'account:"Credit card"', "category:groceries", "-tag:none"):
        document = tax.build(ask(scoped, line=line))
        assert walk(scoped, document) > 0


def test_the_tax_year_begins_where_the_country_says(household: Household) -> None:
    for locale, first in {"en-GB": date(2026, 4, 6), "de-DE": date(2026, 1, 1), "en-AU": date(2026, 7, 1)}.items():
        household.locale = locale
        with household_scope(household.pk):
            assert tax_year(ask(household), 2026).first == first
            assert start_options(ask(household))[0].value == f"{first:%m-%d}"
    household.locale = "en-GB"
    with household_scope(household.pk):
        assert tax_year(ask(household), 2026).last == date(2027, 4, 5)
        assert tax.build(ask(household)).subtitle == "2026/27"
        assert tax.build(ask(household, of="2025", starts="07-01")).told.startswith(
            "The tax year from 1 Jul 2025 to 30 Jun 2026."
        )


def test_years_are_offered_as_far_as_the_books_go(account: Account) -> None:
    pay(account, -1_00, on=date(2024, 2, 1))
    assert [option.value for option in year_options(ask(account.household))] == ["", "2025", "2024", "2023"]


def test_nothing_marked_says_what_to_do(owner: Client) -> None:
    page = owner.get(reverse("report_show", args=["tax"])).content.decode()
    assert "Matters for taxes" in page
    assert reverse("category_list") in page


def test_a_filter_that_leaves_nothing_marked(account: Account, owner: Client) -> None:
    mark("health")
    document = tax.build(ask(account.household, line="category:dining"))
    assert rows_of(document, "marked") == []
    page = owner.get(reverse("report_show", args=["tax"]), {"q": "category:dining"}).content.decode()
    assert "Nothing that is marked is among what you ask for." in page


def test_many_lines_are_listed_up_to_a_number_and_summed_whole(account: Account, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries, "MOST_LINES", 3)
    category = mark("health")
    for cents in range(1, 6):
        pay(account, -cents)
    rows = rows_of(tax.build(ask(account.household)), f"category-{category.uid}")
    assert len(rows) == 5
    assert rows[-2][:2] == ["and 2 more", 9]
    assert rows[-1][1] == 15


def test_a_note_says_the_memo_and_the_amount_abroad(scoped: Household) -> None:
    category = mark("health")
    abroad = AccountFactory.create(household=scoped, currency="USD")
    published("USD", "1.25", MARCH)
    pay(abroad, -12_50, parts=[Part(-12_50, category, "dentist")])
    [line, _sum] = rows_of(tax.build(ask(scoped)), f"category-{category.uid}")
    assert (line[1], line[4]) == (10_00, "dentist, −12,50\xa0$")


def test_what_has_no_rate_is_listed_but_in_no_sum(scoped: Household) -> None:
    category = mark("health")
    abroad = AccountFactory.create(household=scoped, currency="KWD")
    pay(abroad, -4000)
    document = tax.build(ask(scoped))
    assert document.honest == "1 amount in KWD not included"
    [line, whole] = rows_of(document, f"category-{category.uid}")
    assert (line[1], whole[1]) == (4000, 0)


def test_the_mark_is_set_in_forms_shown_and_undone(owner: Client, scoped: Household, undo: Undo) -> None:
    category = Category.objects.get(key="health")
    said: dict[str, Any] = {
        "name": category.name,
        "parent": category.parent and category.parent.uid,
        "kind": category.kind,
    }
    said |= {"hue": category.hue, "icon": category.icon, "edit_version": category.edit_version, "tax_relevant": "on"}
    assert owner.post(reverse("category_edit", args=[category.uid]), said).status_code == 302
    assert Category.objects.get(pk=category.pk).tax_relevant
    assert "for taxes" in owner.get(reverse("category_list")).content.decode()
    assert "matters for taxes" in owner.get(reverse("activity_list")).content.decode().lower()
    undo()
    assert not Category.objects.get(pk=category.pk).tax_relevant
    owner.post(reverse("tag_add"), {"name": "gift", "hue": 3, "tax_relevant": "on"})
    assert Tag.objects.get(name="gift").tax_relevant
    assert "for taxes" in owner.get(reverse("tag_list")).content.decode()


def test_programs_set_and_read_the_mark(owner: Client, viewer: Client, scoped: Household) -> None:
    added = send(owner, "POST", "/categories", {"name": "Work", "tax_relevant": True}).json()
    assert added["tax_relevant"] is True
    change = {"edit_version": added["edit_version"], "tax_relevant": False}
    assert send(owner, "PATCH", f"/categories/{added['uid']}", change).json()["tax_relevant"] is False
    assert send(viewer, "PATCH", f"/categories/{added['uid']}", change).status_code == 403
    tag = send(owner, "POST", "/tags", {"name": "work", "tax_relevant": True}).json()
    assert send(owner, "GET", f"/tags/{tag['uid']}").json()["tax_relevant"] is True
    row = Tag.objects.get(name="work")
    assert not change_tag(tag=row, by=None, edit_version=row.edit_version, tax_relevant=False).tax_relevant


def test_the_mark_goes_along_with_an_export_and_comes_back(scoped: Household, tmp_path: Path) -> None:
    mark("health")
    add_tag(household=scoped, by=None, name="freelance", tax_relevant=True)
    write_export(scoped, tmp_path / "out.zip")
    restored = restore_household(tmp_path / "out.zip", owner=UserFactory.create())
    with household_scope(restored.pk):
        assert [row.key for row in Category.objects.filter(tax_relevant=True)] == ["health"]
        assert Tag.objects.get(name="freelance").tax_relevant


@pytest.mark.parametrize("count", [3, 60])
def test_as_many_questions_for_many_rows(account: Account, django_assert_num_queries: Any, count: int) -> None:
    mark("health")
    add_tag(household=account.household, by=None, name="freelance", tax_relevant=True)
    for number in range(count):
        pay(account, -100 - number, tags=("freelance",))
    with django_assert_num_queries(16):
        tax.build(ask(account.household))
