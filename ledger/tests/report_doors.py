"""Every door of a report: the figure it stands on, where it leads, and what the list there comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.urls import resolve

from financeflow.households.models import Household
from ledger.models import Transaction
from ledger.reporting.document import Amount, Chart, Count, Document, Table, Words
from ledger.views.asking import asked

# Large figures that no list comes to.
MEANS = ("average",)


@dataclass(frozen=True)
class Door:
    """Where it stands, where it leads, and the amounts that the list there may come to; none is looked at for it."""

    place: str
    url: str
    amounts: frozenset[int]
    currency: str = ""
    count: int | None = None


def doors_of(document: Document) -> Iterator[Door]:
    for figure in document.figures:
        if figure.key not in MEANS:
            yield from _of_cell(f"figure {figure.key}", figure.value)
    for table in document.tables:
        yield from _of_table(table)
    for section in document.sections:
        if isinstance(section, Chart):
            yield from _of_chart(document, section)


def _of_table(table: Table) -> Iterator[Door]:
    means = _without_any(table)
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            if place not in means:
                yield from _of_cell(f"table {table.key}, row {number} {_name(row.cells[0])}, cell {place}", cell)


def _without_any(table: Table) -> set[int]:
    """Columns of which no amount has a door: means, which no list comes to. A column has doors, or it has none."""
    columns = {
        place: [row.cells[place] for row in table.rows if place < len(row.cells)] for place in range(len(table.head))
    }
    amounts = {place: [cell for cell in cells if isinstance(cell, Amount)] for place, cells in columns.items()}
    return {place for place, cells in amounts.items() if cells and not any(cell.url for cell in cells)}


def _name(cell: Any) -> str:
    return cell.text if isinstance(cell, Words) else str(cell)


def _of_cell(place: str, cell: Any) -> Iterator[Door]:
    if isinstance(cell, Amount):
        yield Door(place, cell.url, frozenset({cell.minor}), cell.currency)
    elif isinstance(cell, Count) and cell.url:
        yield Door(place, cell.url, frozenset(), count=cell.value)
    elif isinstance(cell, Words) and cell.url:
        yield Door(place, cell.url, frozenset())


def _of_chart(document: Document, chart: Chart) -> Iterator[Door]:
    """The addresses of a chart lie beside its numbers: the list of one must come to one of the numbers at its place."""
    urls = chart.data.get("urls") or []
    nested = [urls] if not (urls and isinstance(urls[0], list)) else urls
    for series, line in enumerate(nested):
        for place, url in enumerate(line):
            if url:
                numbers = frozenset(_numbers_at(chart.data, place, len(line)))
                yield Door(f"chart {chart.key}, series {series}, {place}", url, numbers, document.currency)


def _numbers_at(data: Any, place: int, length: int) -> Iterator[int]:
    """Whatever stands at this place of any list as long as the addresses are; in and out together too."""
    lines = [value for name, value in data.items() if isinstance(value, list) and name != "urls"]
    for line in lines:
        if len(line) >= length:
            each = line[place]
            yield from (number for number in _values(each) if isinstance(number, int))
        for inner in line:
            yield from _numbers_at(inner, place, length) if isinstance(inner, dict) else ()
    if {"money_in", "money_out"} <= data.keys():
        yield data["money_in"][place] - data["money_out"][place]


def _values(each: Any) -> Any:
    return each.values() if isinstance(each, dict) else [each]


@dataclass(frozen=True)
class Behind:
    """What is found behind a door to a list."""

    problems: object
    count: int
    net: int | None
    currency: str


def list_behind(query: str, household: Household) -> Behind:
    request: Any = SimpleNamespace(household=household)
    listing = asked(request, QueryDict(query)).listing
    tally = listing.tally()
    return Behind(listing.problems, tally.count, tally.net, tally.currency)


def complaint_about(door: Door, listed: Callable[[str], Behind]) -> str:
    """What is wrong with a door to a list, or to one transaction; nothing where all is as it should be."""
    if not door.url:
        return f"{door.place}: an amount without a door" if door.amounts != {0} else ""
    path, _mark, query = door.url.partition("?")
    found = resolve(path)
    if found.url_name == "transaction_show" and door.amounts:
        row = Transaction.objects.get(uid=found.kwargs["uid"])
        worth = {row.amount, row.base_amount, *row.lines.values_list("amount", flat=True)}
        return "" if _is_one_of(worth, door.amounts) else f"{door.place}: {door.amounts} is not {worth}"
    if found.url_name != "transaction_list":
        return ""
    behind = listed(query)
    if behind.problems:
        return f"{door.place}: {behind.problems} at {door.url}"
    if door.count is not None and behind.count != door.count:
        return f"{door.place}: {door.count} rows, the list has {behind.count} at {door.url}"
    if door.amounts and not _is_one_of({behind.net}, door.amounts):
        return f"{door.place}: {sorted(door.amounts)}, the list comes to {behind.net} at {door.url}"
    if door.amounts != {0} and door.amounts and door.currency != behind.currency:
        return f"{door.place}: in {door.currency}, the list is in {behind.currency}"
    return ""


def _is_one_of(nets: set[Any], amounts: frozenset[int]) -> bool:
    return any(abs(net) == abs(amount) for net in nets if net is not None for amount in amounts)


def pages_of(doors: list[Door]) -> list[str]:
    """One address of each part of a report and each kind of page, to be opened by an ordinary request."""
    some: dict[tuple[str, str], str] = {}
    for door in doors:
        if door.url and not door.url.startswith("#"):
            kind = resolve(door.url.partition("?")[0]).url_name or ""
            some.setdefault((door.place.partition(",")[0], kind), door.url)
    return list(some.values())
