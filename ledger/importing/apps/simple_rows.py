"""Tables with one row for each transaction, which several apps write: what differs is where things stand."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable

from django.utils.translation import gettext as _

from ledger.importing.apps.account_kinds import kind_of
from ledger.importing.apps.books import Book
from ledger.importing.apps.tables import Line
from ledger.importing.found import FoundRow

NEAR = dt.timedelta(days=4)
Told = Callable[[Line], FoundRow]


def take_rows(book: Book, lines: list[Line], account: str, told: Told) -> None:
    """Each line as a row of the account it names; `told` raises ValueError with the reason where it cannot be read."""
    for line in lines:
        name = line[account]
        try:
            if not name:
                raise ValueError(_("The account is missing here."))
            row = told(line)
        except ValueError as problem:
            book.unread(line.number, line.original, str(problem), account=name)
            continue
        book.account(name, row.currency, kind=kind_of(name))
        book.add(name, row)


def pair_by_category(book: Book, categories: set[str]) -> None:
    """Two sides of a transfer, where the app only files both under a category: opposite amounts within a few days."""
    rows = [
        (account, row)
        for (account, _currency), statement in book.statements.items()
        for row in statement.rows
        if row.category.lower() in categories and row.amount and not row.parts
    ]
    waiting: dict[tuple[str, int], deque[tuple[str, FoundRow]]] = {}
    for account, row in sorted(rows, key=lambda each: (each[1].date, each[1].line)):
        others = waiting.setdefault((row.currency, -row.amount), deque())
        while others and row.date - others[0][1].date > NEAR:
            others.popleft()
        match = next((each for each in others if each[0] != account), None)
        if match is None:
            waiting.setdefault((row.currency, row.amount), deque()).append((account, row))
            continue
        others.remove(match)
        _tie(match, (account, row))
    for _account, row in rows:
        if not row.transfer_key:
            book.count(_("Transfers of which the other side was not found keep their category: %(count)s."), row.line)


def _tie(one: tuple[str, FoundRow], two: tuple[str, FoundRow]) -> None:
    key = f"{one[1].line}-{two[1].line}"
    for (_own, row), (other, _row) in ((one, two), (two, one)):
        row.transfer, row.transfer_key, row.category = other, key, ""
