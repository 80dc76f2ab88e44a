"""Any sequence of acts: of each name what was said last, and is still in force, is suggested first."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history.actions import restore_from_trash
from financeflow.history.models import ChangeSet
from financeflow.households.models import Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from insights.actions import learning
from insights.models import Lesson
from insights.tests.learning.books import Books, category, line_of
from ledger import actions
from ledger.actions.payee_merging import merge_payees
from ledger.models import Line, Payee, Transaction

pytestmark = pytest.mark.django_db

NAMES = ("Quornbatch", "Zebuwick", "Ploverton")
KEYS = ("groceries", "dining", "health")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["buy", "buy", "guess", "file", "file", "undo", "undo", "trash", "restore", "merge", "note"]),
        st.integers(0, 5),
        st.sampled_from(NAMES),
        st.sampled_from(KEYS),
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)


def commits(**said: Any) -> AbstractContextManager[Any]:
    return TestCase.captureOnCommitCallbacks(**said)


class Story:
    """The acts, and beside them the plain list of what was said: by line, in the order of the saying."""

    def __init__(self) -> None:
        self.books = Books(HouseholdFactory.create(), commits)
        self.said: dict[int, list[tuple[int, str]]] = {}
        self.clock = 0
        self.done: list[tuple[ChangeSet, dict[int, list[tuple[int, str]]]]] = []

    def play(self, act: str, number: int, name: str, key: str, is_income: bool) -> None:
        before = {line: list(said) for line, said in self.said.items()}
        last = ChangeSet.objects.latest("id")
        self.clock += 1
        getattr(self, f"_{act}")(number, name, key, is_income)
        made = ChangeSet.objects.latest("id")
        if made != last and act != "undo":
            self.done.append((made, before))

    def _buy(self, number: int, name: str, key: str, is_income: bool) -> None:
        bought = self.books.buy(name, key, amount=900 if is_income else -900)
        self._say(bought, key)

    def _guess(self, number: int, name: str, key: str, is_income: bool) -> None:
        self.books.buy(name, key, amount=900 if is_income else -900, learned=97)

    def _file(self, number: int, name: str, key: str, is_income: bool) -> None:
        if (bought := self._some(number)) is None:
            return
        line = line_of(bought)
        is_news = line.learned or line.category != category(key)
        self.books.file(bought, key)
        if is_news:
            self._say(bought, key)

    def _note(self, number: int, name: str, key: str, is_income: bool) -> None:
        if (bought := self._some(number)) is not None:
            self.books.change(bought, notes=f"note {self.clock}")

    def _trash(self, number: int, name: str, key: str, is_income: bool) -> None:
        if (bought := self._some(number)) is not None:
            self.books.act(actions.trash_transaction, transaction=bought)

    def _restore(self, number: int, name: str, key: str, is_income: bool) -> None:
        rows = list(Transaction.objects.exclude(trashed_at=None).order_by("pk"))
        if rows:
            with self.books.commits(execute=True):
                owner = Membership.objects.get(role="owner")
                restore_from_trash(rows[number % len(rows)], household=self.books.household, by=owner)

    def _merge(self, number: int, name: str, key: str, is_income: bool) -> None:
        there = list(Payee.objects.filter(trashed_at=None).order_by("pk"))
        if len(there) > 1:
            self.books.act(merge_payees, payees=[there[0]], into=there[1])

    def _undo(self, number: int, name: str, key: str, is_income: bool) -> None:
        if self.done:
            made, self.said = self.done.pop()
            self.books.undo(made)

    def _some(self, number: int) -> Transaction | None:
        rows = list(Transaction.objects.filter(trashed_at=None).order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def _say(self, bought: Transaction, key: str) -> None:
        self.said.setdefault(line_of(bought).pk, []).append((self.clock, key))

    def check(self) -> None:
        """For each name and way of money: what was said last of a line that is there."""
        latest: dict[tuple[str, bool], tuple[int, str]] = {}
        lines = Line.objects.filter(is_kept=True).select_related("transaction__payee")
        for line in lines:
            if said := self.said.get(line.pk):
                name = str(line.transaction.payee)
                latest[name, line.amount > 0] = max(latest.get((name, line.amount > 0), (0, "")), said[-1])
        for (name, is_income), (_at, key) in latest.items():
            assert self.books.first(name, 77 if is_income else -77) == key, (name, is_income)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(acts=ACTS)
def test_the_first_suggestion_is_what_was_said_last(acts: list[tuple[str, int, str, str, bool]]) -> None:
    with transaction.atomic():
        story = Story()
        with household_scope(story.books.household.pk):
            for act in acts:
                story.play(*act)
                story.check()
            was = _lessons()
            Lesson.objects.all().delete()
            learning.learn_history(household=story.books.household)
            assert _lessons() == was, "what is learned at once is what is learned from the books"
        transaction.set_rollback(True)


def _lessons() -> list[Any]:
    rows = Lesson.objects.exclude(category=None).order_by("line_id")
    return list(rows.values_list("line_id", "category_id", "key", "words", "taught_at", "amount", "day"))
