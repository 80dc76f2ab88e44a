"""Questions about exchange rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import CharField, DateField, F, Min, Q, QuerySet
from django.utils.crypto import salted_hmac

from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc.conversion import BILLION, DAYS_BACK, SAME, Rate, latest_until, rate_of
from ledger.models import Account, ExchangeRate, RateRefresh, RateState, Transaction, TypedRate

EURO = "EUR"
# In UTC: from when on, and for how long, servers ask for the rates of the day.
FIRST_HOUR = 16
MINUTES_TO_SPREAD = 6 * 60
Worths = dict[date, Fraction]
Found = tuple[date, Fraction]


class Series:
    """What one currency was worth in another, day by day; each fraction is worked out when it is asked for."""

    def __init__(self, days: Iterable[date], worth: Callable[[date], Fraction]) -> None:
        self.days = sorted(days)
        self.worth = worth

    def until(self, on: date) -> Found | None:
        day = latest_until(self.days, on)
        return None if day is None else (day, self.worth(day))


class RateTable:
    """Rates into the base currency, for any currency and day it was made for.

    What the household typed for the two currencies goes first, then what was published, crossed through the euro.
    Where neither is known for the day, the nearest earlier day counts, up to a week back. A rate that was typed against
    a third currency leads there, and on from there to the base currency.
    """

    def __init__(self, *, base: str, published: dict[str, dict[date, int]], typed: dict[tuple[str, str], Worths]):
        self.base = base
        self._published = published
        self._typed = {pair: Series(worths, worths.__getitem__) for pair, worths in typed.items()}
        self._crossed: dict[tuple[str, str], Series] = {}
        self._known: dict[tuple[str, date], Rate] = {}
        self._ways: dict[str, list[str]] = {}

    def rate(self, currency: str, on: date) -> Rate:
        """What one unit of the currency was worth in the base currency on the day."""
        key = (currency, on)
        if key not in self._known:
            self._known[key] = SAME if currency == self.base else self._find(currency, on)
        return self._known[key]

    def days_of(self, currency: str, first: date, last: date) -> list[Found]:
        """The days between the two that have a rate of their own, with it."""
        typed = {day for pair, series in self._typed.items() if pair[0] == currency for day in series.days}
        days = {day for day in {*typed, *self._cross(currency, self.base).days} if first <= day <= last}
        rates = (self.rate(currency, day) for day in days)
        return sorted({rate.on: rate.value for rate in rates if rate.on and rate.on >= first}.items())

    def is_typed(self, currency: str, on: date) -> bool:
        """Whether the rate of that day is what the household typed, or hangs on that."""
        straight = self._typed.get((currency, self.base))
        return bool(straight and on in straight.days) or on not in self._cross(currency, self.base).days

    def _find(self, currency: str, on: date) -> Rate:
        straight = list(self._straight(currency, self.base, on))
        if any(day == on for day, _ in straight):
            return rate_of(straight, on)
        return rate_of([*straight, *self._through_others(currency, on)], on)

    def _straight(self, currency: str, against: str, on: date) -> Iterator[Found]:
        for series in (self._typed.get((currency, against)), self._cross(currency, against)):
            if series is not None and (found := series.until(on)):
                yield found

    def _through_others(self, currency: str, on: date) -> Iterator[Found]:
        for other in self._others(currency):
            there = max(self._straight(currency, other, on), key=_day_of, default=None)
            onward = max(self._straight(other, self.base, on), key=_day_of, default=None)
            if there and onward:
                yield min(there[0], onward[0]), there[1] * onward[1]

    def _others(self, currency: str) -> list[str]:
        """The currencies that a typed rate ties to this one or to the base currency."""
        if currency not in self._ways:
            ends = {currency, self.base}
            self._ways[currency] = sorted({other for one, other in self._typed if one in ends} - ends)
        return self._ways[currency]

    def _cross(self, currency: str, against: str) -> Series:
        """Through the euro, on the days that both were published."""
        pair = (currency, against)
        if pair not in self._crossed:
            self._crossed[pair] = _crossed(self._published.get(currency, {}), self._published.get(against, {}), pair)
        return self._crossed[pair]


def _day_of(found: Found) -> date:
    return found[0]


def _crossed(one: dict[date, int], other: dict[date, int], pair: tuple[str, str]) -> Series:
    """The other's worth of a euro over the one's; a euro is always worth one."""
    if pair[0] == EURO:
        return Series(other, lambda day: Fraction(other[day], BILLION))
    if pair[1] == EURO:
        return Series(one, lambda day: Fraction(BILLION, one[day]))
    return Series(one.keys() & other.keys(), lambda day: Fraction(other[day], one[day]))


def rate_table(*, base: str, currencies: Iterable[str], first: date, last: date) -> RateTable:
    """All rates that amounts in these currencies need between the two days, in two queries."""
    wanted = set(currencies) - {base}
    if not wanted:
        return RateTable(base=base, published={}, typed={})
    span = (first - timedelta(days=DAYS_BACK), last)
    typed = _typed_within(*span)
    named = wanted | {base} | {currency for pair in typed for currency in pair}
    return RateTable(base=base, published=_published_within(named - {EURO}, *span), typed=typed)


def _typed_within(first: date, last: date) -> dict[tuple[str, str], Worths]:
    """What the household typed, both ways round; typed both ways on one day, each way is as it was typed."""
    found: dict[tuple[str, str], Worths] = {}
    turned: dict[tuple[str, str], Worths] = {}
    for currency, against, on, worth in TYPED.rows(first=first, last=last):
        found.setdefault((currency, against), {})[on] = Fraction(worth, BILLION)
        turned.setdefault((against, currency), {})[on] = Fraction(BILLION, worth)
    for pair, worths in turned.items():
        found[pair] = {**worths, **found.get(pair, {})}
    return found


def _published_within(currencies: Iterable[str], first: date, last: date) -> dict[str, dict[date, int]]:
    found: dict[str, dict[date, int]] = {}
    named = {f"currency {place}": currency for place, currency in enumerate(sorted(currencies))}
    if not named:
        return found
    for currency, on, worth in _published(len(named)).rows(first=first, last=last, **named):
        found.setdefault(currency, {})[on] = worth
    return found


def _typed() -> QuerySet[TypedRate, Any]:
    typed = TypedRate.objects.filter(on__gte=_day("first"), on__lte=_day("last")).order_by()
    return typed.values_list("currency", "against", "on", "worth")


TYPED = Prepared(_typed)


@lru_cache
def _published(currencies: int) -> Prepared:
    """Of so many currencies, which is few."""
    named = [Slot(f"currency {place}", CharField()) for place in range(currencies)]

    def question() -> QuerySet[ExchangeRate, Any]:
        rates = ExchangeRate.objects.filter(currency__in=named, on__gte=_day("first"), on__lte=_day("last")).order_by()
        return rates.values_list("currency", "on", "per_euro")

    return Prepared(question)


def _day(name: str) -> Slot:
    return Slot(name, DateField())


def currencies_in_use() -> set[str]:
    """Those in scope that rates are needed of: of accounts abroad, and of the base currencies they are converted into.

    A rate typed against a third currency needs that one too. The euro never does: all rates are published in it.
    """
    abroad = Account.objects.exclude(currency=F("household__base_currency")).order_by()
    pairs = [
        *abroad.values_list("currency", "household__base_currency").distinct(),
        *TypedRate.objects.order_by().values_list("currency", "against").distinct(),
    ]
    return {currency for pair in pairs for currency in pair} - {EURO}


def last_published(currencies: Iterable[str], source: str = "") -> dict[str, date]:
    """Up to which day there are rates of each of these currencies; those that have none are left out."""
    found = {}
    for currency in currencies:
        rows = ExchangeRate.objects.filter(currency=currency, **({"source": source} if source else {}))
        if day := rows.order_by("-on").values_list("on", flat=True).first():
            found[currency] = day
    return found


def converted_transactions(base: str, first: date | None = None, last: date | None = None) -> set[int]:
    """The transactions, also those in the trash, that are not in the base currency or were not until now."""
    within = {"date__gte": first, "date__lte": last}
    every = Transaction.objects.filter(**{name: day for name, day in within.items() if day}).order_by()
    if first is None and last is None:
        every = every.exclude(currency=base, rate_state=RateState.SAME)
    else:
        every = every.exclude(currency=base)
    kept, trashed = every.filter(trashed_at=None), every.filter(trashed_at__isnull=False)
    return {*kept.values_list("pk", flat=True), *trashed.values_list("pk", flat=True)}


def first_day_abroad(currency: str) -> date | None:
    """The day of the first amount in scope that a rate of this currency could be for."""
    needing = Transaction.objects.filter(Q(currency=currency) | Q(household__base_currency=currency))
    abroad = needing.exclude(currency=F("household__base_currency"))
    first: date | None = abroad.aggregate(first=Min("date"))["first"]
    return first


def households_using(currencies: Iterable[str]) -> QuerySet[Household]:
    """The households in scope whose amounts may hang on rates of these currencies."""
    named = Q(currency__in=set(currencies)) | Q(household__base_currency__in=set(currencies))
    abroad = Account.objects.filter(named).exclude(currency=F("household__base_currency"))
    tied = TypedRate.objects.filter(Q(currency__in=set(currencies)) | Q(against__in=set(currencies)))
    keys = {*abroad.values_list("household", flat=True), *tied.values_list("household", flat=True)}
    return Household.objects.filter(pk__in=keys).order_by("pk")


def last_refresh() -> RateRefresh:
    """How it went when rates were asked for; empty as long as they never were."""
    return RateRefresh.objects.filter(pk=1).first() or RateRefresh()


def refresh_is_due(now: datetime) -> bool:
    """Whether today's rates, or yesterday's where it is early, were not asked for successfully yet."""
    answered = last_refresh().answered_at
    return answered is None or answered < _last_hour_of_ours(now)


def _last_hour_of_ours(now: datetime) -> datetime:
    """Rates are published at about three; each server asks at a time of its own after that, so not all come at once."""
    minutes = int(salted_hmac("rates", "our own hour").hexdigest(), 16) % MINUTES_TO_SPREAD
    ours = now.astimezone(UTC).replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
    return ours if ours <= now else ours - timedelta(days=1)
