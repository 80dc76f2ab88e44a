"""What was owned and owed over time, each day at that day's rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from ledger.calc.conversion import convert
from ledger.models import Account
from ledger.queries.accounts import accounts
from ledger.queries.balances import Point, balances_by_day, balances_by_month, balances_on, begins_on
from ledger.queries.rates import RateTable, rate_table


@dataclass(frozen=True)
class WorthPoint:
    """What all accounts together came to when a day was over, in the base currency, and the same by kind of account.

    `estimated` accounts are in it at an earlier day's rate; the currencies in `missing` are not in it.
    """

    day: date
    owned: int = 0
    owed: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    estimated: int = 0
    missing: frozenset[str] = frozenset()

    @property
    def net(self) -> int:
        return self.owned + self.owed


@dataclass(frozen=True)
class AccountWorth:
    """What was in one account when a day was over, and what that was worth in the base currency, if that is known."""

    account: Account
    balance: int
    worth: int | None
    is_estimated: bool = False


def counted_accounts() -> list[Account]:
    """The accounts that net worth is made of, in their order; closed ones too, for they were open once."""
    return list(accounts().filter(in_net_worth=True).order_by("position", "pk"))


def worth_by_month(household: Household, accounts: Sequence[Account], first: date, last: date) -> list[WorthPoint]:
    """A point at the end of each month and one at the last day."""
    return _points(household, accounts, balances_by_month(accounts, first, last))


def worth_by_day(household: Household, accounts: Sequence[Account], first: date, last: date) -> list[WorthPoint]:
    """A point at the end of each day."""
    return _points(household, accounts, balances_by_day(accounts, first, last))


def worth_on(household: Household, accounts: Sequence[Account], day: date) -> list[AccountWorth]:
    """Each account that was open when the day was over."""
    begins = begins_on(accounts)
    there = [account for account in accounts if begins[account.pk] <= day and not _was_closed(account, day)]
    balances = balances_on(there, day)
    rates = _rates(household, there, day, day)
    return [_worth(account, balances[account.pk], day, rates) for account in there]


def point_of(day: date, worths: Iterable[AccountWorth]) -> WorthPoint:
    """All of them together; where there is nothing in an account, its rate does not matter."""
    owned = owed = estimated = 0
    by_kind: dict[str, int] = defaultdict(int)
    missing = set()
    for each in worths:
        if each.worth is None:
            missing.add(each.account.currency)
            continue
        owned, owed = owned + max(each.worth, 0), owed + min(each.worth, 0)
        by_kind[each.account.kind] += each.worth
        estimated += each.is_estimated
    return WorthPoint(day, owned, owed, dict(by_kind), estimated, frozenset(missing))


def change_of(before: Sequence[AccountWorth], after: Sequence[AccountWorth]) -> int:
    """By how much all became worth more; but for what has no rate on one of the two days, for that was no change."""
    earlier, later = ({each.account.pk: each.worth for each in some} for some in (before, after))
    pairs = [(earlier.get(key, 0), later.get(key, 0)) for key in earlier.keys() | later.keys()]
    return sum(now - then for then, now in pairs if now is not None and then is not None)


def _points(household: Household, accounts: Sequence[Account], balances: dict[int, list[Point]]) -> list[WorthPoint]:
    by_day: dict[date, list[tuple[Account, int]]] = defaultdict(list)
    for account in accounts:
        for point in balances[account.pk]:
            if not _was_closed(account, point.day):
                by_day[point.day].append((account, point.balance))
    if not by_day:
        return []
    rates = _rates(household, accounts, min(by_day), max(by_day))
    return [point_of(day, (_worth(*each, day, rates) for each in by_day[day])) for day in sorted(by_day)]


def _was_closed(account: Account, day: date) -> bool:
    return account.closed_on is not None and account.closed_on <= day


def _rates(household: Household, accounts: Iterable[Account], first: date, last: date) -> RateTable:
    currencies = {account.currency for account in accounts}
    return rate_table(base=household.base_currency, currencies=currencies, first=first, last=last)


def _worth(account: Account, balance: int, day: date, rates: RateTable) -> AccountWorth:
    if not balance:
        return AccountWorth(account, 0, 0)
    rate = rates.rate(account.currency, day)
    if rate.state == "missing":
        return AccountWorth(account, balance, None)
    digits = {"from_digits": minor_digits(account.currency), "to_digits": minor_digits(rates.base)}
    worth = convert(balance, rate=rate.value, **digits)
    return AccountWorth(account, balance, worth, rate.state == "estimated")
