"""Asking the service for the rates of the days since it was last heard, for every household of this server."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from financeflow.events.publishing import publish
from financeflow.households.models import Household
from financeflow.tenancy.scope import every_household, household_scope
from ledger.actions.published_rates import catch_up_history, keep_rates
from ledger.actions.rates import rates_changed
from ledger.calc.conversion import DAYS_BACK, PublishedRate
from ledger.models import RateRefresh
from ledger.queries.rates import currencies_in_use, first_day_abroad, households_using, last_published
from ledger.rate_sources import frankfurter
from ledger.rate_sources.frankfurter import RatesUnavailable

log = logging.getLogger(__name__)


def refresh_rates(*, now: datetime) -> bool:
    """Fill every gap up to today, for the currencies in use, and work amounts out anew; false when nobody answered."""
    with every_household("rates are the same for all of them"):
        in_use = currencies_in_use()
    if not in_use:
        return True
    fresh, fault = catch_up_history(in_use), None
    if settings.RATES_URL:
        try:
            for rates in _fetched(in_use, now.date()):
                fresh += keep_rates(rates, frankfurter.SOURCE)
        except RatesUnavailable as reason:
            fault = reason
        _note(now, fault)
    _carry_on(fresh)
    return fault is None


def _fetched(in_use: set[str], today: date) -> Iterator[list[PublishedRate]]:
    """A question for each day that currencies are known up to; mostly that is one."""
    address = settings.RATES_URL.rstrip("/")
    wanted = in_use & frankfurter.offered(address)
    known = last_published(wanted)
    behind: dict[date, set[str]] = defaultdict(set)
    for currency in wanted:
        behind[known.get(currency) or _first_day_of(currency, today)].add(currency)
    for first, currencies in behind.items():
        yield from frankfurter.published(address, currencies, first, today)


def _first_day_of(currency: str, today: date) -> date:
    """For a currency whose history is not packaged: a week before the first amount that needs it."""
    with every_household("rates are the same for all of them"):
        first = first_day_abroad(currency)
    return min(first or today, today) - timedelta(days=DAYS_BACK)


def _carry_on(fresh: Iterable[PublishedRate]) -> None:
    """Work out anew what the new rates are for, household by household."""
    days = {rate.on for rate in fresh}
    if not days:
        return
    currencies = {rate.currency for rate in fresh}
    with every_household("those are found that use one of these currencies"):
        households = list(households_using(currencies))
    for household in households:
        with household_scope(household.pk):
            _carry_on_in(household, min(days), max(days))


@transaction.atomic
def _carry_on_in(household: Household, first: date, last: date) -> None:
    if rates_changed(household=household, first=first, last=last):
        publish("ledger.changed", household_id=household.pk)


@transaction.atomic
def _note(now: datetime, fault: RatesUnavailable | None) -> None:
    """Remember how it went; that the service is away goes to the log once, and that it is back."""
    row, _created = RateRefresh.objects.select_for_update().get_or_create(pk=1)
    if fault is None:
        if row.away_since:
            log.info("the service for rates answers again")
        row.answered_at, row.away_since = now, None
    elif not row.away_since:
        log.warning("no rates for now, known ones stay in use and it is asked again each hour: %s", fault)
        row.away_since = now
    row.asked_at = now
    row.save()
