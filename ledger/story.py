"""The ledger's part in the story of the sample data: a family's accounts, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from financeflow.households.models import Household, User
from financeflow.money.currencies import minor_digits
from ledger import actions
from ledger.models import Account


def tell(*, household: Household, by: User | None, today: date, seed: int, months: int) -> None:
    """Accounts of every kind, opened when the story begins."""
    chance = random.Random(f"{seed} accounts")
    home = household.base_currency
    abroad = "USD" if home != "USD" else "EUR"
    opened_on = _months_before(today, months)
    rows = [
        (_("Everyday"), Account.Kind.CHECKING, home, 2_400, 3_100),
        (_("Household"), Account.Kind.CHECKING, home, 900, 1_500),
        (_("Wallet"), Account.Kind.CASH, home, 60, 140),
        (_("Rainy day"), Account.Kind.SAVINGS, home, 11_000, 14_500),
        (_("Credit card"), Account.Kind.CREDIT_CARD, home, -980, -420),
        (_("Dollar account") if abroad == "USD" else _("Euro account"), Account.Kind.SAVINGS, abroad, 5_200, 7_400),
        (_("Index funds"), Account.Kind.INVESTMENT, home, 24_000, 31_000),
        (_("Car loan"), Account.Kind.LOAN, home, -9_800, -8_200),
    ]
    actions.add_accounts(
        household=household,
        by=by,
        rows=[
            _account(name, kind, currency, _amount(chance, currency, low, high), opened_on)
            for name, kind, currency, low, high in rows
        ],
    )


def _account(name: str, kind: str, currency: str, balance: int, opened_on: date) -> dict[str, Any]:
    return {"name": name, "kind": kind, "currency": currency, "opening_balance": balance, "opened_on": opened_on}


def _amount(chance: random.Random, currency: str, low: int, high: int) -> int:
    """Between the two, in whole coins; where a coin is worth little, people have more of them."""
    digits = minor_digits(currency)
    return chance.randint(low * 100, high * 100) * (10 ** (digits - 2) if digits >= 2 else 1)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
