"""Reports under test: a household with a life of its own, a report built for it, and every door of it walked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

from financeflow.households.models import Household
from financeflow.web.months import Month
from ledger import actions, story
from ledger.actions import NewTransaction, Part
from ledger.calc.periods import Period, period_of
from ledger.calc.terms import read_search
from ledger.models import Account, Category
from ledger.queries.listing import listing
from ledger.queries.reports.asked import Compared, Question
from ledger.reporting.document import Amount, Cell, Document
from ledger.reporting.document import Part as Drawn
from ledger.tests.factories import AccountFactory

TODAY = date(2026, 11, 21)
MONTH, YEAR = period_of("month", TODAY), period_of("year", TODAY)


def live(household: Household, months: int = 3) -> None:
    """Months of the sample life, and what makes sums hard: to be called in the household's scope."""
    story.tell(household=household, by=None, today=TODAY, seed=3, months=months)
    account = Account.objects.get(name="Everyday")
    groceries, salary = Category.objects.get(key="groceries"), Category.objects.get(key="salary")
    twin = actions.add_category(household=household, by=None, name=groceries.name, kind="expense", parent=None)
    abroad = AccountFactory.create(household=household, currency="KWD", name='Tanaka’s "box"')
    rows: list[dict[str, Any]] = [
        {"amount": -5000, "parts": [Part(-7000, groceries), Part(2000, twin)], "payee": "=Odd, none"},
        {"amount": 999, "parts": [Part(999, groceries)], "payee": 'The "Shop", none'},
        {"amount": -1, "parts": [Part(-1, salary)], "payee": "none"},
        {"amount": 77, "parts": [Part(77, None)], "payee": "@home"},
        {"amount": 0, "parts": [Part(0, None)]},
        {"amount": -(10**11), "parts": [Part(-(10**11), twin)], "payee": "Odd"},
        {"amount": -4000, "parts": [Part(-4000, groceries)], "account": abroad, "payee": "Odd"},
    ]
    entries = [NewTransaction(**{"account": account, "date": date(2026, 11, 2), **row}) for row in rows]
    actions.add_transactions(household=household, by=None, rows=entries)


def ask(
    household: Household,
    period: Period = MONTH,
    line: str = "",
    *,
    compared: Compared = "",
    **choices: str | tuple[str, ...],
) -> Question:
    chosen = {name: (value,) if isinstance(value, str) else value for name, value in choices.items()}
    search = read_search(line, today=TODAY, locale="en-GB")
    return Question(household, TODAY, period, search, compared, chosen)


def cells(document: Document) -> Iterator[Cell]:
    for figure in document.figures:
        yield figure.value
    for table in document.tables:
        for row in table.rows:
            yield from row.cells
    for section in document.sections:
        if isinstance(section, Drawn) and "months" in section.it:
            yield from (month.spent for month in section.it["months"])


def net_behind(household: Household, url: str) -> int:
    """What the list at an address comes to, and that all of it was understood."""
    said = parse_qs(urlsplit(url).query)
    search = read_search(said.get("q", [""])[0], today=TODAY, locale="en-GB")
    assert not search.problems, url
    found = listing(household, search, months=[Month.parse(text) for text in said.get("month", [])])
    assert not found.problems, url
    return found.tally().net


def walk(household: Household, document: Document) -> int:
    """Through every door that leads to a list: its net is the figure, but for the sign; how many there were."""
    here, walked = reverse("transaction_list"), 0
    for cell in cells(document):
        if isinstance(cell, Amount) and urlsplit(cell.url).path == here:
            assert abs(net_behind(household, cell.url)) == abs(cell.minor), cell
            walked += 1
    return walked


def figure(document: Document, key: str) -> Any:
    return next(figure.value for figure in document.figures if figure.key == key)


def rows_of(document: Document, key: str) -> list[list[Any]]:
    """The plain values of a table: minor units, texts, numbers, days."""
    table = next(table for table in document.tables if table.key == key)
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def plain(cell: Cell) -> Any:
    for name in ("minor", "text", "value", "day"):
        if hasattr(cell, name):
            return getattr(cell, name)
    return None
