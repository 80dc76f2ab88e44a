"""Keeping rates that were published, and bringing in the packaged history of a currency once it is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from ledger.calc.conversion import PublishedRate
from ledger.models import ExchangeRate
from ledger.queries.rates import EURO, last_published
from ledger.rate_sources import packaged

_INSERT = 'INSERT INTO ledger_exchangerate (currency, "on", per_euro, source) {} ON CONFLICT DO NOTHING'
_FROM_ARRAYS = "SELECT each.*, %s FROM unnest(%s::varchar[], %s::date[], %s::bigint[]) AS each"


def load_history(currencies: Iterable[str]) -> set[str]:
    """Bring in the packaged rates of those currencies that have none yet; says which were brought in."""
    wanted = set(currencies) - {EURO}
    wanted -= last_published(wanted, packaged.SOURCE).keys()
    if not wanted:
        return set()
    return {rate.currency for rate in keep_rates(list(packaged.published(wanted)), packaged.SOURCE)}


def catch_up_history(currencies: Iterable[str]) -> list[PublishedRate]:
    """Bring in what is packaged and not known yet, as after a newer package came; says what was new."""
    ends = packaged.last_days()
    packed = ends.keys() & set(currencies)
    known = last_published(packed, packaged.SOURCE)
    behind = {code for code in packed if code not in known or known[code] < ends[code]}
    return keep_rates(list(packaged.published(behind)), packaged.SOURCE) if behind else []


@transaction.atomic
def keep_rates(rates: Sequence[PublishedRate], source: str) -> list[PublishedRate]:
    """Write down those of the rates that are not known yet, and say which; what is known stays as it is."""
    if not rates:
        return []
    days = [rate.on for rate in rates]
    known = ExchangeRate.objects.filter(currency__in={rate.currency for rate in rates})
    there = set(known.filter(on__range=(min(days), max(days))).values_list("currency", "on"))
    fresh = [rate for rate in rates if rate[:2] not in there]
    if fresh:
        _insert(fresh, source)
    return fresh


def _insert(rates: Sequence[PublishedRate], source: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rates, strict=True)]
            cursor.execute(_INSERT.format(_FROM_ARRAYS), [source, *columns])
        else:
            rows = [(rate.currency, rate.on.isoformat(), rate.per_euro, source) for rate in rates]
            cursor.executemany(_INSERT.format("VALUES (%s, %s, %s, %s)"), rows)
