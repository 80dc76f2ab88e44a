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
        self.lost: list[tuple[str, Unread]] = []
        self.named: dict[str, bool] = {}
        self.sums: dict[str, int] = {}
        self.starts: list[tuple[str, FoundRow]] = []

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

    def start(self, account: str, row: FoundRow) -> None:
        """What an account began with: its opening balance, if nothing stands in it before that day, or else a row."""
        self.account(account, row.currency)
        self.starts.append((account, row))

    def _open_accounts(self) -> None:
        first: dict[tuple[str, str], dt.date] = {}
        for key, statement in self.statements.items():
            if statement.rows:
                first[key] = min(row.date for row in statement.rows)
        for account, row in self.starts:
            statement = self.account(account, row.currency)
            if first.get((account, row.currency), row.date) < row.date:
                self.add(account, row)
                continue
            statement.opening_balance = (statement.opening_balance or 0) + row.amount
            statement.opening_on = min(row.date, statement.opening_on or row.date)

    def pair_transfers(self) -> None:
        """Rows that name each other's account, on one day, with opposite amounts, are two sides of one transfer."""
        waiting: dict[tuple[str, str, dt.date, int], list[FoundRow]] = {}
        for (account, _currency), statement in self.statements.items():
            for row in statement.rows:
                if not row.transfer or row.transfer_key:
                    continue
                other = waiting.get((row.transfer, account, row.date, -row.amount))
                if other:
                    match = other.pop(0)
                    row.transfer_key = match.transfer_key = f"{match.line}-{row.line}"
                else:
                    waiting.setdefault((account, row.transfer, row.date, row.amount), []).append(row)

    def unread(self, line: int, original: str, problem: str, *, account: str = "") -> None:
        """A row that could not be understood, in its account where that is known."""
        self.lost.append((account, Unread(line, original[:LONGEST], problem)))

    def _place_unread(self, statements: list[FoundStatement]) -> None:
        if not statements:
            statements.append(FoundStatement(currency=self.how.currency))
        by_name: dict[str, FoundStatement] = {}
        for statement in statements:
            by_name.setdefault(statement.account, statement)
        for account, lost in self.lost:
            by_name.get(account, statements[0]).unread.append(lost)
        for statement in statements:
            statement.unread.sort(key=lambda each: each.line)

    def count(self, sentence: str, line: int | None = None, many: int = 1) -> None:
        """Something that is told once, with how often it was met: `sentence` has room for %(count)s."""
        before, first = self.told.get(sentence, (0, line))
        self.told[sentence] = (before + many, first)

    def found(self, key: str, *, mapping: dict[str, object] | None = None, questions: Iterable[Question] = ()) -> Found:
        self._open_accounts()
        statements = list(self.statements.values())
        if not statements and not self.lost:
            raise Refused(_("There is no account and no transaction in this file. Export it anew, and try that file."))
        if self.lost:
            self._place_unread(statements)
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
