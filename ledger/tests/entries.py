"""What tests type into the form of a transaction, and what they look at afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Account, Category, Transaction
from ledger.queries.checking import violations

HTMX = {"HX-Request": "true"}
DAY = date(2026, 3, 14)


def category(household: Household, key: str = "groceries") -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def new(where: Account, /, **said: Any) -> dict[str, Any]:
    return {"kind": "out", "amount": "12.50", "account": where.uid, "date": "14/03/2026", "status": "cleared", **said}


def spend(account: Account, amount: int = -1250, **said: Any) -> Transaction:
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household, by=None, account=account, date=DAY, amount=amount, **said
        )


def rows(household: Household) -> list[Transaction]:
    with household_scope(household.pk):
        assert violations() == []
        return list(Transaction.objects.filter(trashed_at=None).select_related("payee", "account").order_by("pk"))


def balance(account: Account) -> int:
    with household_scope(account.household_id):
        account.refresh_from_db()
    return account.balance


def fresh(row: Transaction) -> Transaction:
    with household_scope(row.household_id):
        return Transaction.objects.select_related("payee", "account").get(pk=row.pk)


def at(name: str, row: Transaction) -> str:
    return reverse(name, args=[row.uid])


def edited(row: Transaction, **said: Any) -> dict[str, Any]:
    return {
        "kind": "out" if row.amount <= 0 else "in",
        "amount": f"{abs(row.amount) / 100:.2f}",
        "account": row.account.uid,
        "payee": str(row.payee or ""),
        "date": f"{row.date:%d/%m/%Y}",
        "status": row.status,
        "edit_version": row.edit_version,
        **said,
    }
