"""One transaction in a household, and its values changed through the door of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Account, Category, Transaction

HTMX = {"HX-Request": "true", "HX-Target": "panel"}
CELLS = ("category", "payee", "date", "amount", "tags", "notes")


def spend(household: Household, account: Account, amount: int = -1250, **said: Any) -> Transaction:
    with household_scope(household.pk):
        said = {"payee": "Pret", "date": date(2026, 3, 14), **said}
        return actions.add_transaction(household=household, by=None, account=account, amount=amount, **said)


def fresh(row: Transaction) -> Transaction:
    with household_scope(row.household_id):
        rows = Transaction.objects.select_related("payee", "account")
        return rows.prefetch_related("lines__category", "taggings__tag").get(pk=row.pk)


def key_of(row: Transaction) -> str | None:
    [line] = fresh(row).lines.all()
    return line.category.key or line.category.name if line.category else None


def uid_of(household: Household, key: str) -> str:
    with household_scope(household.pk):
        return str(Category.objects.get(key=key).uid)


def cell(row: Transaction, name: str) -> str:
    return reverse("transaction_cell", args=[row.uid, name])


def change(client: Client, row: Transaction, name: str, **said: Any) -> Any:
    headers = said.pop("headers", HTMX)
    said.setdefault("edit_version", fresh(row).edit_version)
    return client.post(cell(row, name), said, headers=headers)
