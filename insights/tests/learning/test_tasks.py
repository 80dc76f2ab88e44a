"""Learning in the background: nothing is lost when it dies, nothing counts twice when it runs twice."""

from __future__ import annotations

from typing import Any

import pytest

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from insights import tasks
from insights.actions import learning
from insights.models import Lesson, Outcome, School
from insights.queries.telling import told_by
from insights.tests.learning.books import Books, category
from ledger.actions.bulk import file_transactions
from ledger.models import Transaction

pytestmark = pytest.mark.django_db
QUORN = "Quornbatch"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Tasks that were sent, and that nobody runs."""
    found: list[int] = []
    monkeypatch.setattr(tasks.learn, "delay_on_commit", found.append)
    return found


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is much for one moment, or one transaction, is little here."""
    monkeypatch.setattr(learning, "AT_ONCE", 3)
    monkeypatch.setattr(learning, "CHUNK", 2)


def file_all(books: Books, key: str) -> ChangeSet:
    rows = Transaction.objects.all()
    books.act(file_transactions, household=books.household, rows=rows, category=category(key))
    return ChangeSet.objects.latest("id")


def waiting() -> list[int]:
    return list(School.objects.get().waiting)


def bought(books: Books, *names: str) -> None:
    """In books whose history is learned."""
    tasks.learn(books.household.pk)
    for name in names:
        books.buy(name)


def test_a_large_change_waits_for_its_task(books: Books, few: None, sent: list[int]) -> None:
    bought(books, QUORN, QUORN, QUORN, "Zebuwick", "Ploverton")
    filed = file_all(books, "dining")
    assert (sent, waiting(), books.first(QUORN)) == ([books.household.pk], [filed.pk], "")
    tasks.learn(books.household.pk)
    assert (waiting(), books.first(QUORN), Lesson.objects.count()) == ([], "dining", 5)
    assert sorted(Outcome.objects.values_list("key", flat=True)) == ["ploverton", "zebuwick"]


def test_a_task_that_dies_is_done_again_and_nothing_counts_twice(
    books: Books, few: None, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    bought(books, QUORN, QUORN, QUORN, QUORN, QUORN)
    filed = file_all(books, "dining")
    with monkeypatch.context() as dying:
        real = learning._learn_lines
        calls: list[Any] = []

        def dies(*args: Any) -> int:
            calls.append(args)
            return 1 // 0 if len(calls) == 2 else real(*args)

        dying.setattr(learning, "_learn_lines", dies)
        tasks.learn(books.household.pk)
    assert (waiting(), Lesson.objects.count(), Outcome.objects.count()) == ([filed.pk], 4, 1)
    monkeypatch.setattr(tasks.learn, "delay", tasks.learn)
    tasks.catch_up()
    assert (waiting(), Lesson.objects.count(), Outcome.objects.count()) == ([], 5, 1)
    version = School.objects.get().version
    assert learning.learn_change(household=books.household, change_set=filed.pk) == 0
    assert (School.objects.get().version, Outcome.objects.count()) == (version, 1)


def test_what_cannot_be_learned_holds_up_nothing_else(
    books: Books, few: None, sent: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bought(books, QUORN, QUORN, QUORN, QUORN)
    first, second = file_all(books, "dining"), file_all(books, "health")
    monkeypatch.setattr(learning, "told_by", lambda act: told_by(act) if act.pk != first.pk else 1 // 0)
    tasks.learn(books.household.pk)
    assert (waiting(), books.first(QUORN)) == ([first.pk], "health")
    assert "cannot be learned" in caplog.text
    assert second.pk not in waiting()


def test_what_is_no_longer_in_history_waits_no_more(books: Books) -> None:
    bought(books)
    learning.put_off(household=books.household, change_set=987_654)
    tasks.learn(books.household.pk)
    assert waiting() == []


def test_of_a_name_only_the_latest_are_kept(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_OF_A_NAME", 3)
    monkeypatch.setattr(learning, "AT_ONCE", 3)
    bought(books, *[QUORN] * 5)
    days = list(Transaction.objects.order_by("-date").values_list("date", flat=True))
    file_all(books, "dining")
    tasks.learn(books.household.pk)
    assert sorted(Lesson.objects.values_list("day", flat=True), reverse=True) == days[:3]


def test_books_that_were_there_before_are_learned_by_the_task(
    books: Books, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "CHUNK", 2)
    with monkeypatch.context() as deaf:
        deaf.setattr(learning, "hear", lambda **said: True)
        for _time in range(3):
            books.buy(QUORN, "dining")
        books.buy(QUORN, "health")
    assert (Lesson.objects.count(), School.objects.exists()) == (0, False)
    monkeypatch.setattr(learning, "AT_ONCE", 2)
    books.buy("Zebuwick", "groceries")
    books.buy("Zebuwick", "groceries")
    assert sent == [books.household.pk]  # one is enough, however much comes meanwhile
    assert (len(waiting()), Lesson.objects.count()) == (2, 0)
    assert tasks.learn(books.household.pk) == 6
    school = School.objects.get()
    assert (school.is_new, school.waiting) == (False, [])
    assert (books.first(QUORN), books.first("Zebuwick")) == ("health", "groceries")
    assert tasks.learn(books.household.pk) == 0


def test_a_young_household_learns_at_once(books: Books, sent: list[int]) -> None:
    books.buy(QUORN, "dining")
    assert (sent, books.first(QUORN), School.objects.get().is_new) == ([], "dining", False)


def test_catching_up_finds_who_is_behind(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    other: Household = HouseholdFactory.create()
    found: list[int] = []
    monkeypatch.setattr(tasks.learn, "delay", found.append)
    assert tasks.catch_up() == len(found)
    assert {books.household.pk, other.pk} <= set(found)
    for each in (books.household, other):
        with household_scope(each.pk):
            tasks.learn(each.pk)
    found.clear()
    learning.put_off(household=books.household, change_set=1)
    tasks.catch_up()
    assert books.household.pk in found
    assert other.pk not in found


def test_old_lessons_go_from_every_household(books: Books) -> None:
    bought(books)
    for _time in range(22):
        books.buy(QUORN, "dining")
    assert tasks.forget_old_lessons() == 2


def test_a_household_that_is_gone_is_nobody_s_work() -> None:
    assert tasks.learn(987_654) == 0
