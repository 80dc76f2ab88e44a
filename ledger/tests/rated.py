"""Households with rates: what was published, what they typed, what they spent abroad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import published_rates
from ledger.actions.rates import add_rate
from ledger.calc.conversion import BILLION, PublishedRate
from ledger.models import Account, Transaction, TypedRate
from ledger.rate_sources import packaged

TODAY = today_in("UTC")
NEW = {"currency": "USD", "worth": "0.9", "against": "EUR", "on": TODAY.isoformat()}


def published(currency: str, worth: str, on: date = TODAY) -> None:
    rate = PublishedRate(currency, on, int(Fraction(worth) * BILLION))
    published_rates.keep_rates([rate], "frankfurter")


def typed(household: Household, currency: str = "USD", on: date = TODAY, worth: int = BILLION // 2) -> TypedRate:
    with household_scope(household.pk):
        return add_rate(household=household, by=None, currency=currency, against="EUR", on=on, worth=worth)


def rates_of(household: Household) -> list[tuple[str, str, int]]:
    with household_scope(household.pk):
        return list(TypedRate.objects.values_list("currency", "against", "worth"))


def spend(account: Account, amount: int = -1000, on: date = TODAY, **said: Any) -> Transaction:
    said = {"account": account, "amount": amount, "date": on, "payee": "Blue Bottle", **said}
    with household_scope(account.household_id):
        return actions.add_transaction(household=account.household, by=None, **said)


def worked_out(transaction: Transaction) -> tuple[int | None, str]:
    """What a transaction is in the base currency, and how well that is known."""
    with household_scope(transaction.household_id):
        transaction.refresh_from_db()
    return transaction.base_amount, transaction.rate_state


@contextmanager
def history(text: str) -> Iterator[None]:
    """A packaged history of a few lines, instead of one of thirty years."""
    with patch.object(packaged, "_text", lambda: text):
        packaged.last_days.cache_clear()
        try:
            yield
        finally:
            packaged.last_days.cache_clear()


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", text, content_type="application/json")
