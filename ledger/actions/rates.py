"""Rates that a household types in, and what follows for its amounts whenever rates change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import recording
from financeflow.households.models import Household, User
from financeflow.jobs import actions as jobs
from ledger.actions.books import books_of
from ledger.actions.converting import convert_amounts
from ledger.actions.published_rates import load_history
from ledger.calc.conversion import DAYS_BACK
from ledger.models import TypedRate
from ledger.queries.rates import converted_transactions

REFRESH = "ledger.refresh_rates"
BATCH = 10_000


def add_rate(*, household: Household, by: User | None, **values: Any) -> TypedRate:
    """What a currency was worth on a day, as the household says."""
    rate = TypedRate(household=household, **values)
    summary = _("Typed a rate for %(currency)s") % {"currency": rate.currency}
    with recording(household=household, by=by, verb="rate.added", summary=summary) as record:
        record.add(rate)
        rates_changed(household=household, first=rate.on, last=rate.on)
    return rate


def add_rates(*, household: Household, by: User | None, rows: Sequence[Mapping[str, Any]]) -> list[TypedRate]:
    """Several at once."""
    rates = [TypedRate(household=household, **values) for values in rows]
    summary = ngettext("Typed %(count)s rate", "Typed %(count)s rates", len(rates)) % {"count": len(rates)}
    with recording(household=household, by=by, verb="rate.added", summary=summary) as record:
        record.add_many(rates)
        rates_changed(household=household, first=min(rate.on for rate in rates), last=max(rate.on for rate in rates))
    return rates


def change_rate(*, rate: TypedRate, by: User | None, edit_version: int, **values: Any) -> TypedRate:
    """New values for a typed rate, if it still is what the person saw."""
    summary = _("Changed the rate for %(currency)s") % {"currency": rate.currency}
    with recording(household=rate.household, by=by, verb="rate.changed", summary=summary) as record:
        rate = claimed(rate, edit_version=edit_version)
        days = {rate.on, values.get("on", rate.on)}
        if record.change(rate, **values):
            for day in days:
                rates_changed(household=rate.household, first=day, last=day)
    return rate


def delete_rate(*, rate: TypedRate, by: User | None) -> None:
    """What was published counts again, where something was."""
    summary = _("Deleted the rate for %(currency)s") % {"currency": rate.currency}
    with recording(household=rate.household, by=by, verb="rate.deleted", summary=summary) as record:
        rate = locked(rate)
        record.remove(rate)
        rates_changed(household=rate.household, first=rate.on, last=rate.on)


def rates_changed(*, household: Household, first: date, last: date) -> int:
    """Amounts of these days anew, and of the week behind, where the last of them may still be the nearest."""
    return recompute_base(household=household, first=first, last=last + timedelta(days=DAYS_BACK))


def recompute_base(*, household: Household, first: date | None = None, last: date | None = None) -> int:
    """Work out anew what amounts between the two days are in the base currency, with all kept totals; how many.

    Done twice it gives the same. Whoever changes the base currency passes the household as it is then.
    """
    with books_of(household, settles=False) as books:
        found = sorted(converted_transactions(household.base_currency, first, last))
        books.open(found)
        for start in range(0, len(found), BATCH):
            convert_amounts(household, found[start : start + BATCH])
    return len(found)


def currencies_came_into_use(*, household: Household, codes: Iterable[str]) -> None:
    """Have rates at hand for currencies that the household begins to use; the newest come by a job."""
    abroad = set(codes) - {household.base_currency}
    if abroad and load_history({*abroad, household.base_currency}) and settings.RATES_URL:
        jobs.start_job(household=household, by=None, kind=REFRESH)
