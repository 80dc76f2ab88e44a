"""What was in accounts on a day: from the kept balances and totals, however many rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, Sum

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.models import Account, DayTotal, MonthTotal
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT

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
    keys, end = [account.pk for account in accounts], month_end(day)
    found = {account.pk: account.balance for account in accounts}
    for key, amount in (*LATER_MONTHS.rows(accounts=keys, day=day), *LATER_DAYS.rows(accounts=keys, day=day, end=end)):
        found[key] -= int(amount)
    return found


def balances_by_day(accounts: Sequence[Account], first: date, last: date) -> dict[int, list[Point]]:
    """For each account a point a day, both ends included; from the day on which there was something in it."""
    moved: dict[tuple[int, date], int] = defaultdict(int)
    keys = [account.pk for account in accounts]
    for account, day, amount in BY_DAY.rows(accounts=keys, first=first, last=last):
        moved[account, day] += int(amount)
    days = [first + ONE_DAY * step for step in range((last - first).days + 1)]
    return _walked_back(accounts, days, last, moved)


def balances_by_month(accounts: Sequence[Account], first: date, last: date) -> dict[int, list[Point]]:
    """For each account a point a month, at the ends of months and at the last day."""
    days = [*month_ends(first, last), last]
    moved: dict[tuple[int, date], int] = defaultdict(int)
    keys, start = [account.pk for account in accounts], last.replace(day=1)
    for account, month, amount in BY_MONTH.rows(accounts=keys, first=first, start=start):
        moved[account, month_end(month)] += int(amount)
    for account, amount in LATER_DAYS.rows(accounts=keys, day=start - ONE_DAY, end=last):
        moved[account, last] += int(amount)
    return _walked_back(accounts, days, last, moved)


def begins_on(accounts: Sequence[Account]) -> dict[int, date]:
    """When there was something in each account for the first time: as it was opened, or earlier."""
    firsts: dict[int, date | None] = dict(map(tuple, FIRST_DAYS.rows(accounts=[each.pk for each in accounts])))
    return {account.pk: min(account.opened_on, firsts.get(account.pk) or account.opened_on) for account in accounts}


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


def _months() -> QuerySet[MonthTotal]:
    return MonthTotal.objects.filter(OneOf("account_id", Keys("accounts"))).order_by()


def _days() -> QuerySet[DayTotal]:
    return DayTotal.objects.filter(OneOf("account_id", Keys("accounts"))).order_by()


def _later_months() -> QuerySet[MonthTotal, Any]:
    return _months().filter(month__gt=_slot("day")).values_list("account").annotate(moved=MOVED)


def _later_days() -> QuerySet[DayTotal, Any]:
    return _days().filter(day__gt=_slot("day"), day__lte=_slot("end")).values_list("account").annotate(moved=MOVED)


def _by_day() -> QuerySet[DayTotal, Any]:
    days = _days().filter(day__gt=_slot("first"), day__lte=_slot("last"))
    return days.values_list("account", "day").annotate(moved=MOVED)


def _by_month() -> QuerySet[MonthTotal, Any]:
    months = _months().filter(month__gt=_slot("first"), month__lt=_slot("start"))
    return months.values_list("account", "month").annotate(moved=MOVED)


def _first_days() -> QuerySet[Account, Any]:
    """By the index of days, which begins with the first: not by a look at all of them."""
    days = DayTotal.objects.filter(account=OuterRef("pk")).order_by("day").values("day")[:1]
    accounts = Account.objects.filter(OneOf("pk", Keys("accounts"))).order_by()
    return accounts.annotate(first=Subquery(days)).values_list("pk", "first")


def _slot(name: str) -> Slot:
    return Slot(name, DateField())


LATER_MONTHS, LATER_DAYS = Prepared(_later_months, OUT_OF_SIGHT), Prepared(_later_days, OUT_OF_SIGHT)
BY_MONTH, BY_DAY = Prepared(_by_month, OUT_OF_SIGHT), Prepared(_by_day, OUT_OF_SIGHT)
FIRST_DAYS = Prepared(_first_days, OUT_OF_SIGHT)
