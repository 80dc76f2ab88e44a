"""What the page of exchange rates shows: currencies in use, what they are worth, and amounts that have no rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Min, QuerySet

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from ledger.calc.conversion import DAYS_BACK
from ledger.models import Account, ExchangeRate, MonthTotal, Transaction, TypedRate
from ledger.queries.rates import EURO, Found, RateTable, rate_table

DAYS_SHOWN = 30
MOST_MISSING = 20
TYPED = "typed"


@dataclass(frozen=True)
class RateLine:
    """One currency in use: its latest rate, whence that is, and the days before it."""

    currency: str
    base: str
    days: list[Found]
    source: str
    is_old: bool

    @property
    def on(self) -> date | None:
        return self.days[-1][0] if self.days else None

    @property
    def worth(self) -> Fraction | None:
        return self.days[-1][1] if self.days else None

    @property
    def points(self) -> str:
        """The days as a line in a box of 100 by 30, the latest at its right end."""
        if len(self.days) < 2:
            return ""
        first, last = self.days[0][0], self.days[-1][0]
        low, high = min(worth for _, worth in self.days), max(worth for _, worth in self.days)
        return " ".join(
            f"{_part((day - first).days, (last - first).days, 100)},{28 - _part(worth - low, high - low, 26)}"
            for day, worth in self.days
        )


def _part(some: Fraction | int, whole: Fraction | int, of: int) -> int:
    """How far along, from 0 to `of`; in the middle where everything is the same."""
    return round(of * Fraction(some) / whole) if whole else of // 2


@dataclass(frozen=True)
class Missing:
    """The amounts of one currency that are in no total, for want of a rate."""

    currency: str
    count: int
    transactions: list[Transaction] = field(default_factory=list)

    @property
    def first(self) -> Transaction:
        return self.transactions[0]


def foreign_currencies(household: Household) -> list[str]:
    """The currencies of accounts and of typed rates, but for the base currency."""
    abroad = set(Account.objects.order_by().values_list("currency", flat=True).distinct())
    typed = TypedRate.objects.order_by().values_list("currency", "against").distinct()
    return sorted((abroad | {code for pair in typed for code in pair}) - {household.base_currency})


def rate_lines(household: Household, today: date) -> list[RateLine]:
    """The foreign currencies in use, with their rates of the last month."""
    base, wanted = household.base_currency, foreign_currencies(household)
    if not wanted:
        return []
    table = rate_table(base=base, currencies=wanted, first=today - timedelta(days=DAYS_SHOWN), last=today)
    days = {currency: table.days_of(currency, today - timedelta(days=DAYS_SHOWN), today) for currency in wanted}
    sources = _sources({found[-1][0] for found in days.values() if found}, {*wanted, base})
    return [_line(table, currency, days[currency], sources, today) for currency in wanted]


def _line(
    table: RateTable, currency: str, days: list[Found], sources: dict[tuple[str, date], str], today: date
) -> RateLine:
    is_old = not days or today - days[-1][0] > timedelta(days=DAYS_BACK)
    return RateLine(currency, table.base, days, _source(table, currency, days, sources), is_old)


def _sources(days: Iterable[date], currencies: Iterable[str]) -> dict[tuple[str, date], str]:
    rows = ExchangeRate.objects.filter(on__in=set(days), currency__in=set(currencies) - {EURO})
    return {(currency, on): source for currency, on, source in rows.values_list("currency", "on", "source")}


def _source(table: RateTable, currency: str, days: list[Found], sources: dict[tuple[str, date], str]) -> str:
    """Who said the latest rate: the household, or whoever published the half of it that is not the euro."""
    if not days:
        return ""
    on = days[-1][0]
    published = sources.get((currency, on)) or sources.get((table.base, on), "")
    return TYPED if table.is_typed(currency, on) or not published else published


def typed_rates() -> QuerySet[TypedRate]:
    """What the household typed, the latest day first."""
    return TypedRate.objects.order_by("-on", "currency", "against")


def missing_amounts() -> list[Missing]:
    """Amounts that no total in the base currency holds, by currency, with the latest of each.

    Which months have such is known from the kept totals, so that nothing is gone through in vain.
    """
    months = MonthTotal.objects.filter(missing__gt=0).order_by()
    first = months.aggregate(first=Min("month"))["first"]
    if first is None:
        return []
    unknown = Transaction.objects.filter(base_amount=None, trashed_at=None, date__gte=first)
    counted = unknown.order_by().values_list("currency").annotate(count=Count("pk")).order_by("currency")
    shown = unknown.select_related("payee", "account").order_by("-date", "-pk")
    return [
        Missing(currency, count, list(shown.filter(currency=currency)[:MOST_MISSING])) for currency, count in counted
    ]


def running_jobs(kinds: Sequence[str]) -> list[Job]:
    """Work on rates that waits or runs."""
    return list(Job.objects.filter(kind__in=kinds, state__in=[Job.State.QUEUED, Job.State.RUNNING]))
