"""Rates of the sample data: where nothing is published of the last days, the family has written them down itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from financeflow.households.models import User
from ledger.actions.rates import add_rates
from ledger.calc.conversion import BILLION
from ledger.models import Account
from ledger.queries.rates import rate_table

# One within each week, so that the nearest earlier one is never too old.
STEP = timedelta(days=5)
USUAL = Fraction(108, 100)


def write_down_rates(account: Account, *, by: User | None, today: date, chance: random.Random) -> None:
    """A rate into the base currency for each stretch of the account's days, up to today, for which none is known."""
    household, currency = account.household, account.currency
    rows = [
        {"currency": currency, "against": household.base_currency, "on": day, "worth": worth}
        for day, worth in _unknown(currency, household.base_currency, account.opened_on, today, chance)
    ]
    if rows:
        add_rates(household=household, by=by, rows=rows)


def _unknown(currency: str, base: str, first: date, today: date, chance: random.Random) -> Iterator[tuple[date, int]]:
    table = rate_table(base=base, currencies={currency}, first=first, last=today)
    worth = USUAL if currency == "EUR" else 1 / USUAL
    day = first
    while day <= today:
        rate = table.rate(currency, day)
        if rate.state != "missing":
            worth = rate.value
        else:
            worth *= Fraction(chance.randint(995, 1005), 1000)
            yield day, round(worth * BILLION)
        day = today if day < today < day + STEP else day + STEP
