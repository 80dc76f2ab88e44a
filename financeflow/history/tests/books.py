"""Rows for the tests of history, made without history, and all of them as they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from financeflow.history.models import ChangeSet
from financeflow.history.recording import recording
from financeflow.history.states import state_of
from financeflow.households.models import Household
from ledger.models import Account, Category, Line, Payee, Tag, Transaction, TransactionTag

DAY = date(2026, 1, 1)
TABLES = [Account, Category, Payee, Tag, Transaction, Line, TransactionTag]


def account_of(household: Household) -> Account:
    found = Account.objects.first()
    return found or Account.objects.create(household=household, name="Current", currency="EUR", opened_on=DAY)


def payee_of(household: Household, name: str) -> Payee:
    return Payee.objects.get_or_create(household=household, name=name, defaults={"key": name.lower()})[0]


def categories() -> list[Category]:
    return list(Category.objects.filter(parent__isnull=False).order_by("pk")[:5])


def transactions_of(household: Household, count: int, **values: Any) -> list[Transaction]:
    """So many transactions with a line each, a day apart and no two amounts alike."""
    account = account_of(household)
    rows = [
        Transaction(
            **{
                "household": household,
                "account": account,
                "currency": account.currency,
                "date": DAY + timedelta(days=number),
                "amount": -100 - number,
                "description": f"Row {number}",
                **values,
            }
        )
        for number in range(count)
    ]
    Transaction.objects.bulk_create(rows)
    category = categories()[0]
    Line.objects.bulk_create(
        Line(household=household, transaction=row, category=category, amount=row.amount, account=account, date=row.date)
        for row in rows
    )
    return rows


def write(household: Household, what: str = "Test") -> Any:
    return recording(household=household, by=None, verb="test.changed", summary=what)


def last() -> ChangeSet:
    return ChangeSet.objects.latest("pk")


def books() -> list[dict[str, Any]]:
    tables: list[Any] = TABLES
    return [state_of(row) for table in tables for row in table.objects.order_by("pk")]
