"""Whose words are whose: households know nothing of each other, nor members of what others keep private."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from financeflow.households.actions import delete_account as delete_person
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join
from insights.models import Lesson, Outcome
from insights.queries.suggesting import suggest_categories
from insights.tests.learning.books import Books, Commits
from ledger import actions
from ledger.models import Account, Payee
from ledger.queries.suggesting import Suggestion, Unfiled
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
QUORN = "Quornbatch"


def asked(household: Household, viewer: User | None, name: str = QUORN) -> list[Suggestion]:
    with household_scope(household.pk, viewer=viewer.pk if viewer else None):
        [found] = suggest_categories(household, [Unfiled(amount=-777, currency="EUR", words=name)])
    return found


def alone(ask: Callable[[int], bool]) -> Callable[[int], bool]:
    """In a thread, which leaves no connection behind."""

    def asking(number: int) -> bool:
        try:
            return ask(number)
        finally:
            connection.close()

    return asking


def told(found: list[Suggestion]) -> str:
    return "\n".join(f"{each.category.name}: {each.reason} {each.confidence:.6f}" for each in found)


def untaught(name: str = QUORN) -> str:
    """What is said to a household that taught nothing."""
    return told(asked(HouseholdFactory.create(), None, name))


@pytest.fixture
def ed(books: Books) -> User:
    return join(books.household, "editor", name="Ed Editor")


@pytest.fixture
def secret(books: Books, ed: User) -> Account:
    return AccountFactory.create(household=books.household, name="Surprise", private_to=ed, by=ed)


def test_households_know_nothing_of_each_other(books: Books, django_capture_on_commit_callbacks: Commits) -> None:
    other = HouseholdFactory.create()
    books.buy(QUORN, "dining")
    with household_scope(other.pk):
        theirs = Books(other, django_capture_on_commit_callbacks)
        assert theirs.first(QUORN) == ""
        theirs.buy(QUORN, "health")
        assert theirs.first(QUORN) == "health"
        assert Lesson.objects.count() == 1
        assert all(each.category.household_id == other.pk for each in theirs.suggested(QUORN))
    assert books.first(QUORN) == "dining"


def test_what_one_keeps_private_is_suggested_to_that_one_alone(books: Books, ed: User, secret: Account) -> None:
    with books.commits(execute=True):
        actions.add_category(household=books.household, by=ed, name="Roulette", kind="expense")
    books.buy(QUORN, "Roulette", account=secret, by=ed)
    books.file(books.buy("Quornbatch Palace", account=secret, by=ed), "Roulette", by=ed)
    mine, theirs, nobody = (asked(books.household, who) for who in (ed, books.by, None))
    assert mine[0].category.name == "Roulette"
    assert told(theirs) == told(nobody) == untaught()
    assert told(asked(books.household, books.by, "Quornbatch Palace")) == untaught("Quornbatch Palace")


def test_accounts_become_private_and_shared_again(books: Books, ed: User, secret: Account) -> None:
    books.buy(QUORN, "health", account=secret, by=ed)
    books.buy("Zebuwick", "dining", account=secret, by=ed)
    books.act(actions.change_account, account=secret, edit_version=secret.edit_version, private_to=None, by=ed)
    assert asked(books.household, books.by)[0].category.key == "health"
    secret.refresh_from_db()
    books.act(actions.change_account, account=secret, edit_version=secret.edit_version, private_to=ed, by=ed)
    assert told(asked(books.household, books.by)) == untaught()
    assert asked(books.household, ed)[0].category.key == "health"


def test_a_private_habit_does_not_crowd_out_a_shared_one(books: Books, ed: User, secret: Account) -> None:
    books.buy(QUORN, "dining")
    for _time in range(25):
        books.buy(QUORN, "health", account=secret, by=ed)
    assert asked(books.household, books.by)[0].category.key == "dining"
    assert asked(books.household, ed)[0].category.key == "health"


def test_outcomes_tell_nothing_private(books: Books, ed: User, secret: Account) -> None:
    books.buy(QUORN, "health", account=secret, by=ed)
    books.file(books.buy(QUORN), "dining", by=ed)
    with household_scope(books.household.pk, viewer=books.by.pk):
        [seen] = Outcome.objects.all()
    assert seen.guess is None or seen.guess.key != "health"
    books.file(books.buy(QUORN, account=secret, by=ed), "health", by=ed)
    with household_scope(books.household.pk, viewer=books.by.pk):
        assert list(Outcome.objects.all()) == [seen]
        assert Lesson.objects.count() == 1
    with household_scope(books.household.pk, viewer=ed.pk):
        assert Outcome.objects.count() == 2


def test_what_a_member_kept_private_is_nobody_s_when_they_leave(books: Books, ed: User, secret: Account) -> None:
    books.buy(QUORN, "health", account=secret, by=ed)
    with books.commits(execute=True):
        delete_person(ed)
    assert Lesson.objects.count() == 1
    for who in (books.by, None):
        assert told(asked(books.household, who)) == untaught()


@pytest.fixture
def several(transactional_db: None, django_capture_on_commit_callbacks: Commits) -> list[tuple[Books, str]]:
    found = []
    for key in ("dining", "health", "groceries", "travel"):
        household = HouseholdFactory.create()
        with household_scope(household.pk):
            books = Books(household, django_capture_on_commit_callbacks)
            books.buy(QUORN, key)
            found.append((books, key))
    return found


def test_many_threads_ask_for_many_households(several: list[tuple[Books, str]]) -> None:
    def ask(number: int) -> bool:
        books, key = several[number % len(several)]
        with household_scope(books.household.pk):
            payee = Payee.objects.get(name=QUORN)
            [found] = suggest_categories(books.household, [Unfiled(amount=-777, currency="EUR", payee=payee)])
            return found[0].category.key == key and found[0].category.household_id == books.household.pk

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(alone(ask), range(80)))
