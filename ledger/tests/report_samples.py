"""Reports made by hand, for tests of how they are written: every kind of section, cell and chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.reporting.document import (
    Amount,
    Chart,
    Count,
    Day,
    Document,
    Figure,
    Figures,
    Row,
    Section,
    Share,
    Table,
    Words,
)
from ledger.reporting.letterhead import Letterhead

MADE_ON = date(2026, 11, 21)
MONTHS = ["Jun 2026", "Jul 2026", "Aug 2026", "Sep 2026", "Oct 2026", "Nov 2026"]
SERIES = [
    {"label": "Checking", "hue": 1, "values": [100000, 120000, 90000, 0, 130000, 140000]},
    {"label": "Loan", "hue": 8, "values": [-50000, -40000, -30000, -20000, -10000, 0]},
]
FLOWS = [
    {"from": "Salary", "to": "Money in", "value": 300000, "hue": "in"},
    {"from": "Interest", "to": "Money in", "value": 1200, "hue": "in"},
    {"from": "Money in", "to": "Housing", "value": 120000, "hue": 1},
    {"from": "Money in", "to": "Kept", "value": 181200, "hue": "kept"},
]
# What each kind of chart reads.
CHARTS: dict[str, dict[str, Any]] = {
    "where": {"slices": [{"label": "Housing", "value": 120000, "hue": 1}, {"label": "Food", "value": 51234, "hue": 2}]},
    "months": {"labels": MONTHS, "money_in": [500000] * 6, "money_out": [400000, 0, 620000, 1, 99, 408544]},
    "pace": {
        "days": list(range(1, 31)),
        "actual": [1000, 5000, 5000],
        "usual": list(range(0, 60000, 2000)),
        "today": 2,
    },
    "days": {"days": list(range(1, 31)), "labels": MONTHS, "actual": [1000, 0, -500], "today": 2},
    "worth": {"labels": MONTHS, "values": [-100000, -50000, 0, 50000, 120000, 110000]},
    "lines": {"labels": MONTHS, "series": [*SERIES, {"label": "New", "hue": 3, "values": [None] * 5 + [700]}]},
    "stack": {"labels": MONTHS, "series": SERIES, "net": [50000, 80000, 60000, -20000, 120000, 140000]},
    "bars": {"labels": MONTHS, "series": SERIES, "current": 5},
    "flow": {"flows": FLOWS},
}


def letterhead(locale: str = "en-GB", language: str = "en", household: str = "The Winterbottoms") -> Letterhead:
    return Letterhead(household, locale, language, MADE_ON, "https://books.example.org")


def document(*sections: Section, currency: str = "EUR", **more: Any) -> Document:
    return Document("sample", "Monthly report", "November 2026", currency, sections, **more)


def table(*rows: Sequence[Any], head: Sequence[str] = ("Category", "Spent"), **more: Any) -> Table:
    known = [row if isinstance(row, Row) else Row(row) for row in rows]
    return Table(**{"key": "categories", "title": "By category", "head": head, "rows": known, **more})


def chart(kind: str, *, below: Table | None = None, **more: Any) -> Chart:
    return Chart(f"chart-{kind}", f"The {kind}", kind, "A picture.", {**CHARTS.get(kind, {}), **more}, below)


def figures(*, currency: str = "EUR", minor: int = 123456) -> Figures:
    return Figures(
        [
            Figure("net", "Net savings", Amount(minor, currency, "/transactions/?q=net", signed=True), "more", "good"),
            Figure("income", "Income", Amount(532000, currency)),
            Figure("rate", "Savings rate", Share(0.2346)),
            Figure("count", "Transactions", Count(1234, "/transactions/")),
        ]
    )


def full(currency: str = "EUR") -> Document:
    """One of everything."""
    group, child = Amount(70000, currency, "/transactions/?q=food"), Amount(50000, currency)
    categories = table(
        [Words("Food", hue=2), group, Share(0.7), Share(0.125, signed=True), Count(12), Day(date(2026, 11, 2))],
        Row([Words("Groceries", hue=5), child, Share(0.5), Share(None), Count(9), Day(date(2026, 11, 3))], level=1),
        [Words("=1+1"), Amount(30000, currency), Share(0.3), Share(-0.5, signed=True), Count(1), None],
        Row([Words("Together"), Amount(100000, currency), Share(1), Share(0), Count(13), None], is_sum=True),
        head=["Category", "Spent", "Share", "Change", "Number", "Last"],
        note="compared with October 2026",
    )
    below = table(
        [Day(date(2026, 6, 1), "month"), Amount(10001, currency)], key="below", title="", head=["Month", "In"]
    )
    empty = table(key="none", title="New payees", empty="No new payees this month.")
    told, honest = "1,234.56 is left.", "3 amounts in JPY not included"
    sections: list[Section] = [figures(currency=currency), categories, chart("months", below=below), empty]
    return document(*sections, currency=currency, told=told, honest=honest)
