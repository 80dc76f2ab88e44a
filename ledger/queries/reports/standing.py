"""Where one stands on the dashboard: net worth over time, accounts and how fresh they are.

All of it is asked for the version of the household as it was read: the parts of one dashboard hang on the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from financeflow.money.currencies import minor_digits
from financeflow.tenancy.prepared import Prepared
from ledger.calc.conversion import convert
from ledger.calc.periods import plus_months
from ledger.models import Account, DayTotal, Statement
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.ordering import place_of
from ledger.queries.rates import RateTable, rate_table
from ledger.queries.reports.asked import Question
from ledger.queries.reports.keeping import kept
from ledger.queries.reports.worth import WorthPoint, worth_by_month


def net_worth(question: Question, months: int | None) -> list[WorthPoint]:
    """What was owned and owed at the ends of so many months, and at the last day at hand; all there are where None."""
    version = question.household.version
    return kept(question, "dashboard_worth", lambda: _net_worth(question, months), version=version, months=months)


def _net_worth(question: Question, months: int | None) -> list[WorthPoint]:
    counted = [row for row in question.accounts.values() if row.in_net_worth and not row.trashed_at]
    if not counted:
        return []
    last = min(question.period.last, question.today)
    first = min(row.opened_on for row in counted) if months is None else plus_months(last.replace(day=1), 1 - months)
    return worth_by_month(question.household, counted, min(first, last), last)


def _last_days() -> QuerySet[Account, Any]:
    """By the index of days: not by a look at all of them."""
    latest = DayTotal.objects.filter(account=OuterRef("pk")).order_by("-day").values("day")[:1]
    return Account.objects.annotate(last=Subquery(latest)).order_by().values_list("pk", "last")


def _reconciled() -> QuerySet[Statement, Any]:
    locked = Statement.objects.filter(locked_at__isnull=False).order_by()
    return locked.values_list("account").annotate(on=Max("on"))


LAST_DAYS, RECONCILED = Prepared(_last_days, OUT_OF_SIGHT), Prepared(_reconciled, OUT_OF_SIGHT)


@dataclass(frozen=True)
class AccountShown:
    """An open account, what is in it at home where that is another currency, the day of its last entry, and up to
    when it was reconciled."""

    account: Account
    worth: int | None
    last: date | None
    reconciled: date | None


def accounts_shown(question: Question) -> list[AccountShown]:
    """The open accounts in their order."""
    version = question.household.version
    return kept(question, "dashboard_accounts", lambda: _accounts_shown(question), version=version)


def _accounts_shown(question: Question) -> list[AccountShown]:
    entries, reconciled = ({row[0]: row[1] for row in each.rows()} for each in (LAST_DAYS, RECONCILED))
    shown = [row for row in question.accounts.values() if not row.trashed_at and not row.closed_on]
    rates = _rates(question, shown)
    return [
        AccountShown(row, _worth(row, rates, question.today), entries.get(row.pk), reconciled.get(row.pk))
        for row in sorted(shown, key=place_of)
    ]


def _rates(question: Question, rows: Sequence[Account]) -> RateTable | None:
    """Today's rates, where there is anything to convert."""
    base, currencies = question.household.base_currency, {row.currency for row in rows}
    if currencies <= {base}:
        return None
    return rate_table(base=base, currencies=currencies, first=question.today, last=question.today)


def _worth(account: Account, rates: RateTable | None, today: date) -> int | None:
    if rates is None or account.currency == rates.base:
        return None
    rate = rates.rate(account.currency, today)
    if rate.state == "missing":
        return None
    digits = {"from_digits": minor_digits(account.currency), "to_digits": minor_digits(rates.base)}
    return convert(account.balance, rate=rate.value, **digits)
