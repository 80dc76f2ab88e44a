"""Questions to the ledger. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models

from financeflow.households.models import Household
from financeflow.money.values import Money, sums_by_currency
from ledger.calc import ACCOUNT_GROUPS
from ledger.models import Account, Category


def accounts() -> models.QuerySet[Account]:
    """The household's accounts, closed ones too, in their order."""
    return Account.objects.filter(trashed_at=None)


def open_accounts() -> models.QuerySet[Account]:
    return accounts().filter(closed_on=None)


def categories() -> models.QuerySet[Category]:
    """The household's categories, archived ones too, in their order."""
    return Category.objects.filter(trashed_at=None).select_related("parent")


def groups() -> models.QuerySet[Category]:
    """The categories that may hold others."""
    return categories().filter(parent=None)


@dataclass(frozen=True)
class AccountGroup:
    """Accounts of like kind, with a sum for each currency."""

    name: Any
    accounts: list[Account]

    @property
    def sums(self) -> list[Money]:
        return sums_by_currency(account.money for account in self.accounts)


@dataclass(frozen=True)
class AccountSheet:
    """All accounts as a page shows them."""

    groups: list[AccountGroup]
    closed: list[Account]
    owned: list[Money]
    owed: list[Money]
    net: list[Money]

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.closed

    @property
    def count(self) -> int:
        return sum(len(group.accounts) for group in self.groups)


def account_sheet(household: Household) -> AccountSheet:
    """The accounts by kind, and what is owned and owed in each currency; currencies are never added up."""
    base = household.base_currency
    every = list(accounts())
    by_kind: dict[str, list[Account]] = defaultdict(list)
    for account in every:
        if not account.closed_on:
            by_kind[account.kind].append(account)
    groups = [
        AccountGroup(name, sorted((account for kind in kinds for account in by_kind[kind]), key=_place))
        for name, kinds in ACCOUNT_GROUPS
    ]
    counted = [account.money for account in every if not account.closed_on and account.in_net_worth]
    return AccountSheet(
        groups=[group for group in groups if group.accounts],
        closed=[account for account in every if account.closed_on],
        owned=sums_by_currency((money for money in counted if money.minor > 0), first=base),
        owed=sums_by_currency((money for money in counted if money.minor < 0), first=base),
        net=sums_by_currency(counted, first=base),
    )


def _place(row: Account | Category) -> tuple[int, int]:
    return row.position, row.pk


def accounts_beside(account: Account) -> list[Account]:
    """The open accounts of the same group, in order: those it moves among."""
    kinds = next(kinds for _, kinds in ACCOUNT_GROUPS if account.kind in kinds)
    return sorted(open_accounts().filter(kind__in=kinds).select_for_update(), key=_place)


def categories_beside(category: Category) -> list[Category]:
    """The categories of the same group, or the groups of the same kind, in order."""
    rows = Category.objects.filter(trashed_at=None, parent_id=category.parent_id).select_for_update()
    if category.parent_id is None:
        rows = rows.filter(kind=category.kind)
    return sorted(rows, key=_place)


@dataclass(frozen=True)
class CategoryGroup:
    """One group and the categories in it."""

    category: Category
    children: list[Category]


def category_groups() -> list[CategoryGroup]:
    """Groups with their categories, expenses first."""
    below: dict[int, list[Category]] = defaultdict(list)
    tops: list[Category] = []
    for category in categories():
        if category.parent_id is None:
            tops.append(category)
        else:
            below[category.parent_id].append(category)
    tops.sort(key=lambda top: (top.kind != Category.Kind.EXPENSE, *_place(top)))
    return [CategoryGroup(top, below[top.pk]) for top in tops]


def next_position(model: type[Account] | type[Category]) -> int:
    """One past the last of the household."""
    last = model.objects.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1
