"""Households come back from an export, end, and begin as a demo: what was learned comes and goes with them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from financeflow.history.actions import empty_trash
from financeflow.households.actions.deletion import purge_household
from financeflow.households.actions.sandbox import open_sandbox
from financeflow.households.exporting import write_export
from financeflow.households.models import Household, Membership
from financeflow.households.restoring import restore_household
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import UserFactory
from insights.actions.forgetting import forget_name
from insights.models import Forgotten, Lesson, Outcome, School
from insights.tests.learning.books import Books, Commits
from ledger import actions
from ledger.models import Line, Payee
from ledger.queries.suggesting import Unfiled, suggest_categories

pytestmark = pytest.mark.django_db
QUORN, ZEBU = "Quornbatch", "Zebuwick"
TABLES = (Forgotten, Lesson, Outcome, School)


def first(household: Household, name: str) -> tuple[str, str]:
    with household_scope(household.pk):
        payee = Payee.objects.get(name=name)
        [found] = suggest_categories(household, [Unfiled(amount=-777, currency="EUR", payee=payee)])
        return found[0].category.key, found[0].reason


def rows_of(path: Path, table: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(f"{table}.jsonl").splitlines()]


def test_a_restored_household_knows_what_its_books_say(books: Books, tmp_path: Path) -> None:
    books.buy(QUORN, "health")
    books.buy(QUORN, "dining")
    books.buy(ZEBU, "groceries")
    books.buy("Ploverton", "groceries", learned=97)
    with books.commits(execute=True):
        forget_name(household=books.household, by=books.by, key="zebuwick", name=ZEBU)
    School.objects.update(filed_from=91, suggested_from=40, files_by_itself=False)
    path = tmp_path / "all.zip"
    write_export(books.household, path)
    assert [row["filed_from"] for row in rows_of(path, "learning")] == [91]
    with books.commits(execute=True):
        restored = restore_household(path, owner=UserFactory.create())
    with household_scope(restored.pk):
        school = School.objects.get()
        assert (school.filed_from, school.suggested_from, school.files_by_itself) == (91, 40, False)
        assert (school.is_new, Lesson.objects.count()) == (False, 3)
        assert Line.objects.filter(learned=97).count() == 1
    assert first(restored, QUORN) == ("dining", "like 1 of 2 earlier “quornbatch”")
    for name in (ZEBU, "Ploverton"):
        assert "like" not in first(restored, name)[1]


def test_nothing_stays_of_a_household_that_ends(books: Books) -> None:
    books.file(books.buy(QUORN), "dining")
    with books.commits(execute=True):
        forget_name(household=books.household, by=books.by, key="quornbatch", name=QUORN)
    purge_household(books.household)
    with every_household("a test looks"):
        assert [model.objects.filter(household=books.household.pk).count() for model in TABLES] == [0, 0, 0, 0]


def test_a_demo_is_learned_in_the_background_and_goes_without_a_trace(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        guest = open_sandbox(base_currency="EUR")
    with every_household("a test looks"):
        household = Membership.objects.select_related("household").get(user=guest).household
        school = School.objects.get(household=household)
        assert (school.is_new, school.waiting) == (False, [])
        assert Lesson.objects.filter(household=household).count() > 20
    purge_household(household)
    with every_household("a test looks"):
        assert [model.objects.filter(household=household.pk).count() for model in TABLES] == [0, 0, 0, 0]


def test_what_the_trash_lets_go_of_is_gone(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    late = books.buy(QUORN, "dining")
    assert books.first(QUORN) == "dining"
    books.file(books.buy(ZEBU), "health")
    books.act(actions.trash_transaction, transaction=late)
    with books.commits(execute=True):
        empty_trash(before=timezone.now())
    assert not Line.objects.filter(transaction=late).exists()
    assert list(Lesson.objects.values_list("key", flat=True)) == ["zebuwick"]
    monkeypatch.setattr("insights.queries.knowledge.LASTS", -1)  # who heard nothing of it for a day
    assert (books.first(QUORN), books.first(ZEBU)) == ("", "health")
