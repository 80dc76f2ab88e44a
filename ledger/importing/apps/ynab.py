"""The register that YNAB exports: of the web (with category groups) and of YNAB 4 (with master categories)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.apps.account_kinds import kind_of
from ledger.importing.apps.books import Book
from ledger.importing.apps.local_columns import Amounts, Days
from ledger.importing.apps.tables import Line, has, headings_of, lines_of
from ledger.importing.found import Found, FoundPart, FoundRow, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_WEB = {"account", "flag", "date", "payee", "category group", "category", "memo", "outflow", "inflow", "cleared"}
_OLD = {"account", "flag", "date", "payee", "master category", "sub category", "memo", "outflow", "inflow", "cleared"}
_PLAN = {"month", "category group", "category", "activity", "available"}
_OLD_PLAN = {"month", "master category", "sub category", "outflows"}
_NEEDED = ("account", "date", "payee", "memo", "outflow", "inflow")
_SPLIT = re.compile(r"(?:\(Split[ ](\d{1,4})/(\d{1,4})\)|Split[ ]\((\d{1,4})/(\d{1,4})\))[ ]?(.*)", re.DOTALL)
_TRANSFER = re.compile(r"Transfer ?: ?(.+)", re.DOTALL)
_MARKS = ("outflow", "inflow")
_INCOME = {"inflow", "income"}
# Splits of one account, day and size that are looked at for the place of a part: they stand together.
MOST_OPEN = 20
_START = "starting balance"


class Ynab:
    """One row for each transaction or part of one, in two columns for money out and in."""

    key = "ynab"
    title = "YNAB"

    def knows(self, source: Source) -> bool:
        head = headings_of(source)
        return has(head, _WEB, *_MARKS) or has(head, _OLD, *_MARKS) or set(head) >= _PLAN or set(head) >= _OLD_PLAN

    def read(self, source: Source, how: How) -> Found:
        head = set(headings_of(source))
        if not (head >= _WEB or head >= _OLD) and (head >= _PLAN or head >= _OLD_PLAN):
            raise Refused(_("This is the plan of YNAB, which holds no transactions. Choose its register instead."))
        book = Book(how)
        lines = list(lines_of(source, how, book, _NEEDED))
        days, amounts = Days(how), Amounts(how)
        for line in lines:
            days.see(line["date"])
            amounts.see(line["outflow"])
            amounts.see(line["inflow"])
        register = Register(book, days, amounts)
        for line in lines:
            try:
                register.take(line)
            except ValueError as problem:
                book.unread(line.number, line.original, str(problem), account=line["account"])
        register.finish()
        book.pair_transfers()
        return book.found(self.key, mapping=days.mapping, questions=days.questions)


@dataclass(slots=True)
class Pieces:
    """The rows of one split, as far as they were met."""

    whole: int
    rows: dict[int, FoundRow] = field(default_factory=dict)


@dataclass(slots=True)
class Register:
    """Takes the rows in their order; those of a split are put together."""

    book: Book
    days: Days
    amounts: Amounts
    splits: dict[tuple[str, object, int], list[Pieces]] = field(default_factory=dict)
    every: list[tuple[str, FoundRow | Pieces]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        account = line["account"]
        if not account:
            raise ValueError(_("The account is missing here."))
        row = self._row(line)
        match = _SPLIT.fullmatch(row.notes)
        if match is None:
            self.every.append((account, row))
            return
        number, whole = int(match[1] or match[3]), int(match[2] or match[4])
        row.notes = match[5].strip()
        self._piece(account, row, number, whole)

    def _piece(self, account: str, row: FoundRow, number: int, whole: int) -> None:
        open_ones = self.splits.setdefault((account, row.date, whole), [])
        pieces = next((each for each in open_ones[-MOST_OPEN:] if number not in each.rows), None)
        if pieces is None:
            pieces = Pieces(whole)
            open_ones.append(pieces)
            self.every.append((account, pieces))
        pieces.rows[number] = row
        if len(pieces.rows) == whole:
            open_ones.remove(pieces)

    def _row(self, line: Line) -> FoundRow:
        out, into = self.amounts.read(line["outflow"]), self.amounts.read(line["inflow"])
        if not line["outflow"] and not line["inflow"]:
            raise ValueError(_("There is no amount here."))
        transfer = _TRANSFER.fullmatch(line["payee"])
        flag = line["flag"]
        return FoundRow(
            line=line.number,
            original=line.original,
            date=self.days.read(line["date"]),
            amount=into - out,
            currency=self.amounts.money,
            payee="" if transfer else line["payee"],
            reference=line["check number"],
            notes=line["memo"],
            category=self._category(line),
            tags=(flag,) if flag else (),
            transfer=transfer[1].strip() if transfer else "",
        )

    def _category(self, line: Line) -> str:
        if "master category" in line.columns:
            group, name = line["master category"], line["sub category"]
        else:
            group, name = line["category group"], line["category"]
        full = f"{group}: {name}" if group and name else group or name
        if full:
            self.book.category(full, is_income=group.lower() in _INCOME)
        return full

    def finish(self) -> None:
        for account, each in self.every:
            self.book.account(account, self.amounts.money, kind=kind_of(account))
            if isinstance(each, FoundRow):
                self._add(account, each)
            else:
                self._put_together(account, each)

    def _add(self, account: str, row: FoundRow) -> None:
        if row.payee.lower() == _START and not row.transfer:
            self.book.start(account, row)
        else:
            self.book.add(account, row)

    def _put_together(self, account: str, pieces: Pieces) -> None:
        rows = [pieces.rows[number] for number in sorted(pieces.rows)]
        if len(rows) < pieces.whole:
            self.book.count(
                _("Splits of which not all parts are in the file, told as single rows: %(count)s."), rows[0].line
            )
            kept = rows
        else:
            kept = [row for row in rows if row.transfer]
        parts = [row for row in rows if all(row is not each for each in kept)]
        if len(parts) == 1:
            self._add(account, parts[0])
        elif parts:
            self._add(account, _whole(parts))
        for row in kept:
            self._add(account, row)


def _whole(rows: list[FoundRow]) -> FoundRow:
    """One row of several parts."""
    first = rows[0]
    payees = list(dict.fromkeys(row.payee for row in rows if row.payee))
    return FoundRow(
        line=first.line,
        original="\n".join(row.original for row in rows),
        date=first.date,
        amount=sum(row.amount for row in rows),
        currency=first.currency,
        payee=payees[0] if payees else "",
        description=" · ".join(payees[1:]),
        reference=first.reference,
        tags=tuple(dict.fromkeys(tag for row in rows for tag in row.tags)),
        parts=tuple(FoundPart(row.amount, row.category, row.notes) for row in rows),
    )


FORMAT = Ynab()
