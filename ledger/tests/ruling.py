"""Rules and what they are tried on, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from financeflow.households.models import Household
from ledger import actions
from ledger.actions.rules import add_rule, apply_rules
from ledger.calc.rules import Condition, Deed
from ledger.models import Account, Category, MonthTotal, Rule, Transaction

DAY = date(2026, 3, 14)


def category(key: str) -> Category:
    return Category.objects.get(key=key)


def uid(key: str) -> str:
    return str(category(key).uid)


def spend(account: Account, amount: int = -4250, payee: str = "Lidl", **said: Any) -> Transaction:
    household = account.household
    return actions.add_transaction(
        household=household, by=None, account=account, date=DAY, amount=amount, payee=payee, **said
    )


def rule(household: Household, *deeds: Deed, when: tuple[Condition, ...] = (), **values: Any) -> Rule:
    asked = when or (Condition("payee", "contains", ("lidl",)),)
    said = {"name": "Shops", "match": "all", **values}
    return add_rule(household=household, by=None, conditions=asked, deeds=deeds, **said)


def filed(row: Transaction) -> list[tuple[str, int]]:
    return [(line.category.key if line.category else "", line.amount) for line in row.lines.order_by("position")]


def sums() -> dict[tuple[Any, ...], tuple[int, int]]:
    rows = MonthTotal.objects.exclude(count=0)
    return {(row.account_id, row.month, row.slot): (row.sum_in, row.sum_out) for row in rows}


def apply(household: Household, *chosen: Rule, **how: Any) -> int:
    return apply_rules(household=household, by=None, rules=chosen or None, **how).changed
