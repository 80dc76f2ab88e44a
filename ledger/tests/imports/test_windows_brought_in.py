"""Any sequence of overlapping files, with rows thrown away, edited and merged in between, through all the tables."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger import actions
from ledger.importing.found import FoundRow
from ledger.models import Account, ImportRow, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import brought_in, found_row, put_on_desk, rows_of, statement

pytestmark = pytest.mark.django_db
AMOUNTS = (-250, -250, -1999, 100_00)
WORDS = ("Blue Bottle", "Blue Bottle 0042", "Lidl Ulm", "")


def movements(chance: Random, numbers: str) -> list[dict[str, Any]]:
    """The one true list of what happened, many of it alike."""
    days = sorted(chance.randint(1, 28) for _each in range(chance.randint(3, 18)))
    return [
        {
            "amount": chance.choice(AMOUNTS),
            "payee": chance.choice(WORDS),
            "day": day,
            "bank_id": f"LAST-{at:07}" if numbers == "lasting" else "",
        }
        for at, day in enumerate(days)
    ]


def file_of(chance: Random, some: list[dict[str, Any]], numbers: str) -> list[FoundRow]:
    rows = [found_row(each["amount"], **{key: each[key] for key in ("payee", "day", "bank_id")}) for each in some]
    if numbers == "fresh":
        for row in rows:
            row.bank_id = f"NEW-{chance.randrange(10**9):09}"
    return rows


def meddle(chance: Random, transaction: Transaction) -> None:
    """What people do to what came in."""
    what = chance.choice(["trash", "purge", "payee", "day", "amount", "nothing"])
    if what in ("trash", "purge"):
        actions.trash_transaction(transaction=transaction, by=None)
        if what == "purge":
            transaction.delete()
        return
    said: dict[str, dict[str, Any]] = {
        "payee": {"payee": "Somebody else"},
        "day": {"date": transaction.date - timedelta(days=60)},
        "amount": {"amount": transaction.amount * 2},
        "nothing": {},
    }
    actions.change_transaction(transaction=transaction, by=None, edit_version=transaction.edit_version, **said[what])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("numbers", ["none", "lasting", "fresh"])
def test_files_bring_exactly_what_happened(seed: int, numbers: str) -> None:
    chance = Random(f"{seed}{numbers}")
    household: Household = HouseholdFactory.create(base_currency="EUR")
    with household_scope(household.pk, viewer=owner_of(household).pk):
        account: Account = AccountFactory.create(household=household, opening_balance=0)
        true = movements(chance, numbers)
        covered: set[int] = set()
        for _file in range(4):
            first, last = sorted((chance.randint(1, 28), chance.randint(1, 28)))
            some = [at for at, each in enumerate(true) if first <= each["day"] <= last]
            covered |= set(some)
            rows = file_of(chance, [true[at] for at in some], numbers)
            upload = put_on_desk(household, statement(*rows), target=account)
            assert {row.verdict for row in rows_of(upload)} <= {"new", "here", "thrown"}
            brought_in(upload)
            kept = list(Transaction.objects.filter(trashed_at=None).order_by("pk"))
            if kept:
                meddle(chance, chance.choice(kept))
        expected = Counter((true[at]["amount"], true[at]["payee"], true[at]["day"]) for at in covered)
        came = ImportRow.objects.filter(verdict="new", deed="add")
        assert Counter((row.amount, row.payee, row.date.day) for row in came if row.date) == expected
        assert violations() == []
