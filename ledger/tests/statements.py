"""Statements for tests: rows that stand in an account, a statement begun, ticked and locked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ledger import actions
from ledger.actions import NewTransaction, reconciling
from ledger.actions.summing import Sums, gathered_sums
from ledger.models import Account, Line, Statement, Transaction

END = date(2026, 10, 31)


def spend(account: Account, *amounts: int, on: date = END, **values: Any) -> list[Transaction]:
    rows = [
        NewTransaction(account=account, date=on - timedelta(days=at), amount=amount, values=values)
        for at, amount in enumerate(amounts)
    ]
    return actions.add_transactions(household=account.household, by=None, rows=rows)


def begin(account: Account, balance: int, on: date = END) -> Statement:
    return reconciling.add_statement(account=account, by=None, on=on, balance=balance)


def tick(statement: Statement, *rows: Transaction) -> None:
    found = Transaction.objects.filter(pk__in=[row.pk for row in rows])
    reconciling.set_ticks(statement=statement, tick=found)


def locked(account: Account, *amounts: int, on: date = END) -> tuple[Statement, list[Transaction]]:
    rows = spend(account, *amounts, on=on)
    account.refresh_from_db()
    statement = begin(account, account.balance, on)
    tick(statement, *rows)
    return reconciling.lock_statement(statement=statement, by=None), rows


def facts() -> tuple[Sums, list[Any], list[Any]]:
    """All that must come back to the cent."""
    rows = Transaction.objects.order_by("pk").values_list("pk", "amount", "status", "statement", "trashed_at")
    accounts = Account.objects.order_by("pk").values_list("pk", "balance", "opening_balance")
    return gathered_sums(Line.objects.all()), list(rows), list(accounts)
