"""S10: what asking costs and what learning adds to a write, in a household with 2,000 payees and 20,000 lessons."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.dev")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from financeflow.households.actions import open_household
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import household_scope
from financeflow.web.memory import settle
from insights.actions import learning
from insights.calc.shared import shared_model
from insights.models import Lesson
from insights.queries.suggesting import suggest_categories
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Payee, Transaction
from ledger.queries.suggesting import Unfiled

PAYEES, EACH = 2000, 10
PIECES = ("ka", "lo", "mi", "re", "tan", "dor", "vel", "sun", "pro", "mar", "bel", "fin", "gus")
KINDS = ("Shop", "Markt", "Cafe", "Bar")
WRITES = 40
DIFFERENT = 20_000


def main() -> None:
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("bench@example.org", "not a secret")
    household = open_household(by=owner, base_currency="EUR", name="Bench")
    with household_scope(household.pk), patch("insights.actions.learning.hear", return_value=True):
        fill(household, owner)
    settle()
    found: dict[str, Any] = {"vendor": connection.vendor}
    with household_scope(household.pk):
        found["learn 20,000 lines, s"] = seconds(lambda: learning.learn_all(household=household))
        found["lessons"] = Lesson.objects.count()
    shared_model()
    with household_scope(household.pk, viewer=owner.pk):
        found |= asking(household)
        found |= writing(owner)
    print(json.dumps(found))


def names() -> Iterator[str]:
    for one, two, three, kind in product(PIECES, PIECES, PIECES, KINDS):
        yield f"{one}{two}{three} {kind}".title()


def fill(household: Household, owner: User) -> None:
    account = actions.add_account(
        household=household, by=owner, name="Bank", currency="EUR", opened_on=date(2016, 1, 1)
    )
    categories = list(Category.objects.filter(parent__isnull=False, kind="expense").order_by("pk"))
    for turn in range(EACH):
        rows = [row(account, place, turn, name, categories) for place, name in enumerate(islice(names(), PAYEES))]
        actions.add_transactions(household=household, by=owner, rows=rows)


def row(account: Account, place: int, turn: int, name: str, categories: list[Category]) -> NewTransaction:
    amount = -(100 + place + turn)
    day = date(2024, 1, 1) + timedelta(days=turn * 30 + place % 30)
    parts = [Part(amount, categories[place % len(categories)])]
    return NewTransaction(account=account, date=day, amount=amount, payee=name, parts=parts)


def asking(household: Household) -> dict[str, Any]:
    """Of what the household knows, and of what nobody there ever wrote."""
    payees = list(Payee.objects.all())
    known = [Unfiled(amount=-5 - place, currency="EUR", payee=payee) for place, payee in enumerate(payees)]
    words = list(islice(names(), PAYEES, PAYEES * 3))
    new = [Unfiled(amount=-5 - at, currency="EUR", words=f"{words[at % len(words)]} {at}x") for at in range(DIFFERENT)]
    found = {"cold, s": seconds(lambda: suggest_categories(household, known[:1]))}
    with CaptureQueriesContext(connection) as asked:
        suggest_categories(household, known[:1])
    return {
        **found,
        "warm, questions": len(asked),
        "warm, ms": round(median(each(household, known[:500])), 3),
        "never heard of, ms": round(median(each(household, new[:500])), 3),
        "known at once, a second": round(len(known) / seconds(lambda: suggest_categories(household, known))),
        "different at once, a second": round(DIFFERENT / seconds(lambda: suggest_categories(household, new))),
    }


def each(household: Household, asked: list[Unfiled]) -> list[float]:
    return [1000 * seconds(lambda one=one: suggest_categories(household, [one])) for one in asked]  # type: ignore[misc]


def writing(owner: User) -> dict[str, Any]:
    """One category corrected, with and without anybody who learns."""
    with patch("insights.actions.learning.hear", return_value=True):
        without = median(corrected(owner, 0))
    return {"write, ms": round(without, 2), "write and learn, ms": round(median(corrected(owner, 1)), 2)}


def corrected(owner: User, turn: int) -> list[float]:
    other = list(Category.objects.filter(key__in=("dining", "health")).order_by("pk"))[turn]
    rows = Transaction.objects.order_by("pk")[:WRITES]
    return [1000 * seconds(lambda bought=bought: correct(bought, owner, other)) for bought in rows]  # type: ignore[misc]


def correct(bought: Transaction, owner: User, category: Category) -> None:
    actions.change_transaction(transaction=bought, by=owner, edit_version=bought.edit_version, category=category)


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 6)


if __name__ == "__main__":
    main()
