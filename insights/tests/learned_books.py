"""Households that teach: rows are added and filed as people do it, and what is suggested then is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import owner_of
from insights.models import Lesson
from insights.queries.forgetting import lessons_in_force
from ledger import actions
from ledger.actions.bulk import file_transactions
from ledger.actions.lines import Part
from ledger.models import Account, Category, Payee, Transaction
from ledger.queries.suggesting import Unfiled, suggest_categories

# Names that the model which ships has never heard of.
QUORN, ZEBU = "Quornbatch", "Zebuwick"


def category(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def spent(account: Account, payee: str, key: str = "", *, amount: int = -1250, day: date = date(2026, 3, 14)) -> Any:
    """A transaction; filed when it is added, where a category is named."""
    with household_scope(account.household_id):
        said: dict[str, Any] = {"account": account, "date": day, "amount": amount, "payee": payee}
        if key:
            said["parts"] = [Part(amount=amount, category=Category.objects.get(key=key))]
        return actions.add_transaction(household=account.household, by=owner_of(account.household), **said)


def file(household: Household, row: Transaction, key: str, by: User | None = None) -> None:
    """A person files it, or files it anew."""
    with household_scope(household.pk):
        rows: QuerySet[Transaction] = Transaction.objects.filter(pk=row.pk)
        found = Category.objects.get(key=key)
        file_transactions(household=household, by=by or owner_of(household), rows=rows, category=found)


def suggested(household: Household, payee: str, viewer: User | None = None) -> str | None:
    """The key of what is suggested first by what was learned of the very name."""
    with household_scope(household.pk, viewer=viewer.pk if viewer else None):
        found = Payee.objects.filter(name=payee).first()
        asked = Unfiled(payee=found, words=payee, amount=-500, currency="EUR")
        first = suggest_categories(household, [asked])[0][:1]
        return next((each.category.key for each in first if "earlier" in each.reason or "last" in each.reason), None)


def undo(household: Household, made: ChangeSet | None = None) -> ChangeSet:
    """Takes back what was done last, or this."""
    with household_scope(household.pk):
        owner = Membership.objects.select_related("user", "household").get(household=household, role="owner")
        return undo_change(made or ChangeSet.objects.latest("id"), by=owner)


def in_force(household: Household) -> int:
    with household_scope(household.pk):
        return lessons_in_force().count()


def lessons(household: Household) -> int:
    with household_scope(household.pk):
        return Lesson.objects.count()
