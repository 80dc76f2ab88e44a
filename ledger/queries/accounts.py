"""Questions about accounts."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from financeflow.money.values import Money, sums_by_currency
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc import ACCOUNT_GROUPS
from ledger.calc.conversion import convert
from ledger.models import Account, Transaction
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.ordering import place_of
from ledger.queries.rates import RateTable, rate_table


def accounts() -> models.QuerySet[Account]:
    """The household's accounts, closed ones too, in their order."""
    return Account.objects.filter(trashed_at=None)


def has_transactions(account: Account) -> bool:
    """Whether anything stands in the account, or in the trash waiting to come back into it."""
    rows = Transaction.objects.filter(account=account)
    return rows.filter(trashed_at=None).exists() or rows.filter(trashed_at__isnull=False).exists()


def account_at(uid: uuid.UUID) -> Account | None:
    """The account with its household, as its page asks for it."""
    return next(iter(AT.objects(uid=uid)), None)


def _at() -> models.QuerySet[Account]:
    return accounts().filter(uid=Slot("uid", models.UUIDField())).select_related("household")


AT = Prepared(_at, OUT_OF_SIGHT)


def open_accounts() -> models.QuerySet[Account]:
    return accounts().filter(closed_on=None)


@dataclass(frozen=True)
class AccountGroup:
    """Accounts of like kind, with a sum for each currency."""

    name: Any
    accounts: list[Account]

    @property
    def sums(self) -> list[Money]:
        return sums_by_currency(account.money for account in self.accounts)


@dataclass(frozen=True)
class Worth:
    """Owned, owed and left in one currency, each amount at today's rate.

    `estimated` amounts are in it at the rate of an earlier day; `missing` ones are not in it, for no rate is known.
    """

    currency: str
    owned: int = 0
    owed: int = 0
    estimated: int = 0
    missing: tuple[Money, ...] = ()

    @property
    def net(self) -> int:
        return self.owned + self.owed


@dataclass(frozen=True)
class AccountSheet:
    """All accounts as a page shows them."""

    groups: list[AccountGroup]
    closed: list[Account]
    owned: list[Money]
    owed: list[Money]
    net: list[Money]
    # In the base currency; nothing where all is in it anyway.
    worth: Worth | None = None

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.closed

    @property
    def count(self) -> int:
        return sum(len(group.accounts) for group in self.groups)


def account_sheet(household: Household, *, today: date) -> AccountSheet:
    """The accounts by kind, and what is owned and owed: in each currency by itself, and together at today's rates."""
    base = household.base_currency
    every = list(accounts())
    by_kind: dict[str, list[Account]] = defaultdict(list)
    for account in every:
        if not account.closed_on:
            by_kind[account.kind].append(account)
    groups = [
        AccountGroup(name, sorted((account for kind in kinds for account in by_kind[kind]), key=place_of))
        for name, kinds in ACCOUNT_GROUPS
    ]
    counted = [account.money for account in every if not account.closed_on and account.in_net_worth]
    return AccountSheet(
        groups=[group for group in groups if group.accounts],
        closed=[account for account in every if account.closed_on],
        owned=sums_by_currency((money for money in counted if money.minor > 0), first=base),
        owed=sums_by_currency((money for money in counted if money.minor < 0), first=base),
        net=sums_by_currency(counted, first=base),
        worth=worth_of(counted, base=base, on=today),
    )


def worth_of(amounts: Iterable[Money], *, base: str, on: date) -> Worth | None:
    """What amounts in several currencies are worth together on a day; nothing where they are in one."""
    every = [money for money in amounts if money]
    currencies = {money.currency for money in every}
    if currencies <= {base}:
        return None
    rates = rate_table(base=base, currencies=currencies, first=on, last=on)
    owned = owed = estimated = 0
    missing = []
    for money in every:
        worth, state = _in_base(money, rates, on)
        if state == "missing":
            missing.append(money)
        owned += max(worth, 0)
        owed += min(worth, 0)
        estimated += state == "estimated"
    return Worth(base, owned, owed, estimated, tuple(sums_by_currency(missing)))


def _in_base(money: Money, rates: RateTable, on: date) -> tuple[int, str]:
    rate = rates.rate(money.currency, on)
    digits = {"from_digits": minor_digits(money.currency), "to_digits": minor_digits(rates.base)}
    return (0 if rate.state == "missing" else convert(money.minor, rate=rate.value, **digits)), rate.state


def accounts_beside(account: Account) -> list[Account]:
    """The open accounts of the same group, in order: those it moves among."""
    kinds = next(kinds for _, kinds in ACCOUNT_GROUPS if account.kind in kinds)
    return sorted(open_accounts().filter(kind__in=kinds).select_for_update(), key=place_of)
