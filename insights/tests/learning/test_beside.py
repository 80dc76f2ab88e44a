"""Two workers at once, and a person who files meanwhile: each lesson is there once, and as it was said last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from insights import tasks
from insights.actions import learning
from insights.models import Lesson, Outcome, School
from insights.tests.learning.books import Books, category
from ledger.actions.bulk import file_transactions
from ledger.models import Transaction

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NAMES = ("Quornbatch", "Zebuwick", "Ploverton")


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


def together(*deeds: Callable[[], Any]) -> None:
    """Each in a thread with a connection of its own."""
    failed: list[BaseException] = []

    def run(deed: Callable[[], Any]) -> None:
        try:
            deed()
        except BaseException as error:  # told to the test, whatever it is
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


def filled(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large acts that wait, in books whose history nobody has learned."""
    monkeypatch.setattr(learning, "AT_ONCE", 0)
    monkeypatch.setattr(learning, "CHUNK", 2)
    monkeypatch.setattr(tasks.learn, "delay_on_commit", lambda household: None)
    for _time in range(4):
        for name in NAMES:
            books.buy(name)
    for key in ("dining", "health"):
        rows = Transaction.objects.all()
        books.act(file_transactions, household=books.household, rows=rows, category=category(key))


def test_two_workers_learn_the_same_at_once(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(books, monkeypatch)
    together(*[lambda: tasks.learn(books.household.pk)] * 3)
    school = School.objects.get()
    assert (school.is_new, school.waiting) == (False, [])
    assert Lesson.objects.count() == Lesson.objects.values("line").distinct().count() == 12
    assert [books.first(name) for name in NAMES] == ["health"] * 3


def test_a_large_act_is_judged_once_by_two_workers(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        books.buy(name)
    tasks.learn(books.household.pk)
    monkeypatch.setattr(learning, "AT_ONCE", 0)
    monkeypatch.setattr(tasks.learn, "delay_on_commit", lambda household: None)
    rows = Transaction.objects.all()
    books.act(file_transactions, household=books.household, rows=rows, category=category("dining"))
    assert len(School.objects.get().waiting) == 1
    together(*[lambda: tasks.learn(books.household.pk)] * 3)
    assert (Outcome.objects.count(), School.objects.get().waiting) == (3, [])


def test_what_a_person_says_meanwhile_is_what_was_said_last(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(books, monkeypatch)
    monkeypatch.setattr(learning, "AT_ONCE", 200)
    bought = Transaction.objects.filter(payee__name=NAMES[0]).latest("date")

    def corrects() -> None:
        with household_scope(books.household.pk):
            books.file(Transaction.objects.get(pk=bought.pk), "groceries")

    together(lambda: tasks.learn(books.household.pk), corrects, lambda: tasks.learn(books.household.pk))
    tasks.learn(books.household.pk)
    assert [books.first(name) for name in NAMES] == ["groceries", "health", "health"]


def test_a_school_is_opened_once(books: Books) -> None:
    def opens() -> None:
        with household_scope(books.household.pk):
            learning.put_off(household=books.household, change_set=1)

    together(*[opens] * 4)
    assert School.objects.count() == 1
