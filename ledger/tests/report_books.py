"""Small books for reports over time: rows in few words, and the points of a chart walked like every other door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from financeflow.households.models import Household
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category
from ledger.reporting.document import Chart, Document
from ledger.tests.reported import net_behind

# A day, an amount, the key of a category (none is ""), and perhaps a payee and tags.
Booked = tuple[str, int, str] | tuple[str, int, str, str] | tuple[str, int, str, str, list[str]]


def book(account: Account, *rows: Booked) -> None:
    known = {category.key or category.name: category for category in Category.objects.all()}
    entries = []
    for day, amount, key, *more in rows:
        said: dict[str, Any] = dict(zip(("payee", "tags"), more, strict=False))
        parts = [Part(amount, known[key] if key else None)]
        entries.append(
            NewTransaction(account=account, date=date.fromisoformat(day), amount=amount, parts=parts, **said)
        )
    actions.add_transactions(household=account.household, by=None, rows=entries)


def many_categories(household: Household, count: int) -> list[Category]:
    return [
        actions.add_category(household=household, by=None, name=f"Kind {number:02}", kind="expense", parent=None)
        for number in range(count)
    ]


def chart_of(document: Document, key: str) -> Chart:
    return next(section for section in document.sections if isinstance(section, Chart) and section.key == key)


def series_of(chart: Chart) -> dict[str, list[int]]:
    return {each["label"]: each["values"] for each in chart.data["series"]}


def walk_chart(household: Household, chart: Chart) -> int:
    """Each point of each series, also of those of one name."""
    return walk_series(household, [each["values"] for each in chart.data["series"]], chart.data["urls"])


def walk_series(household: Household, values: Sequence[Sequence[int]], urls: Sequence[Sequence[str]]) -> int:
    """Each point leads to a list that comes to it; how many there were."""
    points = [
        (one, url) for line, doors in zip(values, urls, strict=True) for one, url in zip(line, doors, strict=True)
    ]
    for minor, url in points:
        assert abs(net_behind(household, url)) == abs(minor), url
    return len(points)
