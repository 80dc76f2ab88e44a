"""Payees for tests: transactions that name them, and what became of all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.calc.terms import read_search
from ledger.models import Account, Payee, PayeeAlias, Transaction
from ledger.queries.checking import violations
from ledger.queries.listing import listing


def spend(account: Account, payee: str, amount: int = -1250, day: date = date(2026, 3, 14)) -> Transaction:
    with household_scope(account.household_id):
        frame: dict[str, Any] = {"household": account.household, "by": None, "account": account}
        return actions.add_transaction(**frame, date=day, amount=amount, payee=payee)


def payee(household: Household, name: str) -> Payee:
    with household_scope(household.pk):
        return Payee.objects.get(name=name, trashed_at=None)


def spellings(household: Household) -> dict[str, str]:
    with household_scope(household.pk):
        return dict(PayeeAlias.objects.values_list("name", "payee__name"))


def words(household: Household) -> list[tuple[str | None, str]]:
    """Whose each transaction is, and the words it is found by."""
    with household_scope(household.pk):
        assert violations() == []
        return list(Transaction.objects.order_by("pk").values_list("payee__name", "payee_words"))


def found(household: Household, asked: str) -> int:
    with household_scope(household.pk):
        search = read_search(asked, today=date(2026, 11, 21), locale="en-GB")
        return listing(household, search).rows().count()


def undo(household: Household, verb: str) -> None:
    with household_scope(household.pk):
        owner = Membership.objects.select_related("user", "household").get(household=household, role="owner")
        undo_change(ChangeSet.objects.get(verb=verb), by=owner)


def edited(row: Payee, **change: Any) -> dict[str, Any]:
    return {"name": row.name, "default_category": "", "edit_version": row.edit_version, **change}
