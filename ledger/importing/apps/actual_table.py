"""The table of transactions that Actual exports; the parts of a split follow it, numbered in their notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import minor_units
from ledger.importing.apps.account_kinds import kind_of
from ledger.importing.apps.books import Book
from ledger.importing.apps.journal_text import day_of
from ledger.importing.apps.tables import Line, lines_of
from ledger.importing.found import FoundPart, FoundRow
from ledger.importing.how import How
from ledger.importing.source import Source

HEAD = ("account", "date", "payee", "notes", "category", "amount")
_WHOLE = re.compile(r"\(SPLIT INTO (\d+)\) ?(.*)", re.DOTALL)
_PART = re.compile(r"\(SPLIT (\d+) OF (\d+)\) ?(.*)", re.DOTALL)
TAG = re.compile(r"(?:^|(?<=\s))#([\w-]+)")
START = "starting balance"


@dataclass(slots=True)
class Split:
    """A split and the parts of it that were met."""

    row: FoundRow
    count: int
    parts: list[FoundRow] = field(default_factory=list)


def read_table(book: Book, source: Source, how: How) -> None:
    lines = list(lines_of(source, how, book, HEAD))
    accounts = {line["account"] for line in lines}
    reading = Reading(book, accounts)
    for line in lines:
        try:
            reading.take(line)
        except ValueError as problem:
            book.unread(line.number, line.original, str(problem), account=line["account"])
    reading.finish()
    book.pair_transfers()


@dataclass(slots=True)
class Reading:
    """Takes the rows in their order, and puts splits together."""

    book: Book
    accounts: set[str]
    every: list[tuple[str, FoundRow | Split]] = field(default_factory=list)
    open_splits: dict[tuple[str, object, int], list[Split]] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        account = line["account"]
        if not account:
            raise ValueError(_("The account is missing here."))
        row = self._row(line)
        if match := _WHOLE.fullmatch(row.notes):
            row.amount, row.notes = self._amount(line, "split_amount"), match[2].strip()
            split = Split(row, int(match[1]))
            self.every.append((account, split))
            self.open_splits.setdefault((account, row.date, split.count), []).append(split)
        elif match := _PART.fullmatch(row.notes):
            row.notes = match[3].strip()
            self._part(account, row, int(match[2]))
        else:
            self.every.append((account, row))

    def _part(self, account: str, row: FoundRow, count: int) -> None:
        open_ones = self.open_splits.get((account, row.date, count), [])
        if open_ones:
            open_ones[0].parts.append(row)
            if len(open_ones[0].parts) == count:
                open_ones.pop(0)
            return
        self.every.append((account, row))
        self.book.count(_("Splits of which not all parts are in the file, told as single rows: %(count)s."))

    def _amount(self, line: Line, column: str) -> int:
        return minor_units(line[column], self.book.how.currency)

    def _row(self, line: Line) -> FoundRow:
        payee, account = line["payee"], line["account"]
        other = payee.removeprefix("Transfer: ") if payee.startswith("Transfer: ") else payee
        is_transfer = other in self.accounts and other != account
        return FoundRow(
            line=line.number,
            original=line.original,
            date=day_of(line["date"]),
            amount=self._amount(line, "amount"),
            currency=self.book.how.currency,
            payee="" if is_transfer else payee,
            notes=line["notes"],
            category=line["category"],
            tags=tuple(dict.fromkeys(TAG.findall(line["notes"]))),
            transfer=other if is_transfer else "",
        )

    def finish(self) -> None:
        for account, each in self.every:
            self.book.account(account, self.book.how.currency, kind=kind_of(account))
            if isinstance(each, Split):
                for row in settled_split(self.book, each.row, each.parts):
                    self.book.add(account, row)
            elif each.payee.lower() == START:
                self.book.start(account, each)
            else:
                self.book.add(account, each)


def settled_split(book: Book, row: FoundRow, parts: list[FoundRow]) -> list[FoundRow]:
    """A split as one row with parts; what of it went to another account is a row of its own."""
    if not parts:
        book.count(_("Splits whose parts are not in the file, told without them: %(count)s."), row.line)
        return [row]
    moved = [part for part in parts if part.transfer]
    spent = [part for part in parts if not part.transfer]
    gap = row.amount - sum(part.amount for part in parts)
    if gap:
        book.count(_("Splits whose parts do not add up; the rest has no category: %(count)s."), row.line)
    if moved:
        book.count(_("Splits with a transfer in them, told as more than one row: %(count)s."), row.line)
    row.amount -= sum(part.amount for part in moved)
    row.parts = tuple(FoundPart(part.amount, part.category, part.notes) for part in spent)
    if gap:
        row.parts = (*row.parts, FoundPart(gap))
    if len(row.parts) == 1:
        row.category = row.parts[0].category
        row.notes = "\n".join(each for each in (row.notes, row.parts[0].memo) if each)
        row.parts = ()
    row.transfer = ""
    return [row, *moved] if spent or gap else moved
