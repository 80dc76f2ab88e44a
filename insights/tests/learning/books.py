"""Books in few words for tests of learning: what is done is done by the ledger's actions, and committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership, User
from financeflow.testing import owner_of
from insights.queries.suggesting import suggest_categories
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Line, Payee, Transaction
from ledger.queries.suggesting import Suggestion, Unfiled
from ledger.tests.factories import AccountFactory

Commits = Callable[..., AbstractContextManager[Any]]
FIRST = date(2026, 3, 1)


class Books:
    """One household's; every act ends with what happens once it is committed."""

    def __init__(self, household: Household, commits: Commits) -> None:
        self.household, self.commits = household, commits
        self.by: User = owner_of(household)
        self.account: Account = AccountFactory.create(household=household, by=self.by)
        self.count = 0

    def act(self, deed: Callable[..., Any], **said: Any) -> Any:
        with self.commits(execute=True):
            return deed(by=said.pop("by", self.by), **said)

    def buy(self, payee: str = "Lidl", key: str = "", amount: int = -1000, **said: Any) -> Transaction:
        """Later and for another amount each time."""
        self.count += 1
        amount += self.count if amount > 0 else -self.count
        parts = said.pop("parts", None) or [Part(amount, category(key), learned=said.pop("learned", None))]
        values = {"description": said.pop("description", "")}
        said = {"account": self.account, "date": FIRST + timedelta(days=self.count), "payee": payee or None, **said}
        added: Transaction = self.act(
            actions.add_transaction, household=self.household, amount=amount, parts=parts, values=values, **said
        )
        return added

    def file(self, bought: Transaction, key: str, **said: Any) -> None:
        """As the form and the list do."""
        self.change(bought, category=category(key), **said)

    def change(self, bought: Transaction, **said: Any) -> None:
        bought.refresh_from_db()
        self.act(actions.change_transaction, transaction=bought, edit_version=bought.edit_version, **said)

    def undo(self, change_set: ChangeSet | None = None) -> ChangeSet:
        undone = change_set or ChangeSet.objects.latest("id")
        with self.commits(execute=True):
            return undo_change(undone, by=Membership.objects.get(role="owner"))

    def suggested(self, payee: str = "Lidl", amount: int = -555) -> list[Suggestion]:
        known = Payee.objects.filter(name=payee, trashed_at=None).first()
        [found] = suggest_categories(
            self.household,
            [Unfiled(amount=amount, currency="EUR", payee=known, words=payee, account=self.account.pk)],
        )
        return found

    def first(self, payee: str = "Lidl", amount: int = -555) -> str:
        """The key or else the name of what is suggested first, where the household's own filing says so."""
        for each in self.suggested(payee, amount)[:1]:
            if each.reason.startswith(("like the last", "like ", "the usual")):
                return each.category.key or each.category.name
        return ""


def category(key: str) -> Category | None:
    """By its key, or by its name."""
    if not key:
        return None
    return Category.objects.filter(key=key).first() or Category.objects.get(name=key)


def line_of(bought: Transaction) -> Line:
    return Line.objects.get(transaction=bought)
