"""Another app's book as it is put together: its accounts, their rows, categories, and what could not be carried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from financeflow.money.values import LARGEST
from ledger.importing.amounts import NotAnAmount
from ledger.importing.found import (
    Found,
    FoundCategory,
    FoundPart,
    FoundRow,
    FoundStatement,
    Question,
    Refused,
    Remark,
    Unread,
)
from ledger.importing.how import How

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LONGEST = 300


class Book:
    """Takes accounts and rows in the order of the file; `found` gives all of it."""

    def __init__(self, how: How) -> None:
        self.how = how
        self.statements: dict[tuple[str, str], FoundStatement] = {}
        self.remarks: list[Remark] = []
        self.told: dict[str, tuple[int, int | None]] = {}
        self.lost: list[Unread] = []
        self.named: dict[str, bool] = {}
        self.sums: dict[str, int] = {}

    def account(self, account: str, currency: str, *, name: str = "", kind: str = "") -> FoundStatement:
        """The statement of an account, opened when it is first spoken of. An account of two currencies has two."""
        statement = self.statements.get((account, currency))
        if statement is None:
            statement = FoundStatement(currency=currency, account=account, name=name, kind=kind)
            self.statements[account, currency] = statement
        return statement

    def add(self, account: str, row: FoundRow) -> None:
        self.account(account, row.currency).rows.append(row)
        for name, amount in [(row.category, row.amount)] if not row.parts else each_part(row.parts):
            if name:
                self.sums[name] = self.sums.get(name, 0) + amount

    def category(self, name: str, *, is_income: bool) -> None:
        """A category of which the file itself says whether it is income."""
        self.named.setdefault(name, is_income)

    def open(self, account: str, currency: str, amount: int, on: dt.date) -> None:
        """An opening balance; a second one is added to the first."""
        statement = self.account(account, currency)
        statement.opening_balance = (statement.opening_balance or 0) + amount
        if statement.opening_on is None or on < statement.opening_on:
            statement.opening_on = on

    def unread(self, line: int, original: str, problem: str, *, account: str = "") -> None:
        """A row that could not be understood, in its account where that is known."""
        statement = next((each for (name, _c), each in self.statements.items() if account and name == account), None)
        lost = Unread(line, original[:LONGEST], problem)
        if statement is None:
            self.lost.append(lost)
        else:
            statement.unread.append(lost)

    def count(self, sentence: str, line: int | None = None, many: int = 1) -> None:
        """Something that is told once, with how often it was met: `sentence` has room for %(count)s."""
        before, first = self.told.get(sentence, (0, line))
        self.told[sentence] = (before + many, first)

    def found(self, key: str, *, mapping: dict[str, object] | None = None, questions: Iterable[Question] = ()) -> Found:
        statements = list(self.statements.values())
        if not statements and not self.lost:
            raise Refused(_("There is no account and no transaction in this file. Export it anew, and try that file."))
        if self.lost:
            if not statements:
                statements.append(FoundStatement(currency=self.how.currency))
            statements[0].unread = sorted([*statements[0].unread, *self.lost], key=lambda each: each.line)
        told = [Remark(text % {"count": many}, line) for text, (many, line) in self.told.items()]
        names = {**{name: total > 0 for name, total in self.sums.items()}, **self.named}
        return Found(
            format=key,
            statements=statements,
            remarks=[*self.remarks, *told],
            categories=[FoundCategory(name, is_income) for name, is_income in names.items()],
            is_a_book=True,
            mapping=mapping,
            questions=list(questions),
        )


def each_part(parts: tuple[FoundPart, ...]) -> list[tuple[str, int]]:
    return [(part.category, part.amount) for part in parts]


def in_days(day: dt.date) -> dt.date:
    """The day, where it is one that books have."""
    if not EARLIEST <= day <= LATEST:
        raise NotADay(_("%(day)s is no day that books have.") % {"day": day.isoformat()})
    return day


def within(amount: int) -> int:
    """The amount, where it is one that can be kept."""
    if abs(amount) > LARGEST:
        raise NotAnAmount(_("This amount is too large to keep."))
    return amount


class NotADay(ValueError):
    """Its text is a sentence for a person."""
