"""What was in accounts on a day: from the kept balances and totals, however many rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Min, QuerySet, Sum

from ledger.models import Account, DayTotal, MonthTotal

ONE_DAY = timedelta(days=1)
MOVED = Sum(F("sum_in") + F("sum_out"), default=0)


@dataclass(frozen=True)
class Point:
    """What was in an account when a day was over."""

    day: date
    balance: int


def balance_on(account: Account, day: date) -> int:
    """What is in the account when the day is over: its opening balance and all that is dated up to then."""
    return balances_on([account], day)[account.pk]


def balances_on(accounts: Sequence[Account], day: date) -> dict[int, int]:
    """The same for several accounts at once, in two queries: what is in them now less all that came later."""
    later = _by_account(_months(accounts).filter(month__gt=day))
    same_month = _days(accounts).filter(day__gt=day, day__lte=month_end(day))
    rest = _by_account(same_month)
    return {account.pk: account.balance - later[account.pk] - rest[account.pk] for account in accounts}


def balances_by_day(accounts: Sequence[Account], first: date, last: date) -> dict[int, list[Point]]:
    """For each account a point a day, both ends included; from the day on which there was something in it."""
    moved: dict[tuple[int, date], int] = defaultdict(int)
    rows = _days(accounts).filter(day__gt=first, day__lte=last).values_list("account", "day").annotate(moved=MOVED)
    for account, day, amount in rows:
        moved[account, day] += int(amount)
    days = [first + ONE_DAY * step for step in range((last - first).days + 1)]
    return _walked_back(accounts, days, last, moved)


def balances_by_month(accounts: Sequence[Account], first: date, last: date) -> dict[int, list[Point]]:
    """For each account a point a month, at the ends of months and at the last day."""
    days = [*month_ends(first, last), last]
    moved: dict[tuple[int, date], int] = defaultdict(int)
    whole = _months(accounts).filter(month__gt=first, month__lt=last.replace(day=1))
    for account, month, amount in whole.values_list("account", "month").annotate(moved=MOVED):
        moved[account, month_end(month)] += int(amount)
    ragged = _days(accounts).filter(day__gte=last.replace(day=1), day__lte=last)
    for account, amount in ragged.values_list("account").annotate(moved=MOVED):
        moved[account, last] += int(amount)
    return _walked_back(accounts, days, last, moved)


def begins_on(accounts: Sequence[Account]) -> dict[int, date]:
    """When there was something in each account for the first time: as it was opened, or earlier."""
    firsts = dict(_days(accounts).values_list("account").annotate(first=Min("day")))
    return {account.pk: min(account.opened_on, firsts.get(account.pk, account.opened_on)) for account in accounts}


def _walked_back(
    accounts: Sequence[Account], days: Sequence[date], last: date, moved: dict[tuple[int, date], int]
) -> dict[int, list[Point]]:
    """From what was there at the end, less what was moved, one point after the other."""
    ends, begins = balances_on(accounts, last), begins_on(accounts)
    found: dict[int, list[Point]] = {}
    for account in accounts:
        balance, points = ends[account.pk], []
        for day in reversed(days):
            if day < begins[account.pk]:
                break
            points.append(Point(day, balance))
            balance -= moved[account.pk, day]
        found[account.pk] = points[::-1]
    return found


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY


def month_ends(first: date, last: date) -> Iterable[date]:
    """The ends of the months from the one of the first day up to the last day, but not that itself."""
    end = month_end(first)
    while end < last:
        yield end
        end = month_end(end + ONE_DAY)


def _months(accounts: Sequence[Account]) -> QuerySet[MonthTotal]:
    return MonthTotal.objects.filter(account__in=accounts).order_by()


def _days(accounts: Sequence[Account]) -> QuerySet[DayTotal]:
    return DayTotal.objects.filter(account__in=accounts).order_by()


def _by_account(totals: QuerySet[MonthTotal] | QuerySet[DayTotal]) -> dict[int, int]:
    found = totals.values_list("account").annotate(moved=MOVED)
    return defaultdict(int, {account: int(amount) for account, amount in found})
