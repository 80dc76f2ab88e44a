"""Splits of GnuCash put together as entries, those of one transaction by its id or by following it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency, minor_units
from ledger.importing.apps.books import Book
from ledger.importing.apps.chart_of_accounts import EQUITY, EXPENSE, INCOME, OWN, Chart
from ledger.importing.apps.entries import Entry, Posting
from ledger.importing.apps.journal_text import LONGEST_ENTRY
from ledger.importing.apps.local_columns import Amounts, Days
from ledger.importing.apps.tables import Line
from ledger.importing.how import How

FULL = {"date", "transaction id", "description", "commodity/currency", "full account name", "amount num", "reconcile"}
SIMPLE = {"date", "account name", "description", "full category path", "reconcile", "amount with sym", "amount num"}
_SPLIT = "-- split transaction --"
_BALANCING = ("imbalance-", "orphan-", "trading")


@dataclass(slots=True)
class Splits:
    """Takes all lines; `entries` are then what book_of reads."""

    book: Book
    how: How
    chart: Chart
    days: Days = field(init=False)
    amounts: Amounts = field(init=False)
    entries: dict[str, Entry] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    full_names: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def __post_init__(self) -> None:
        self.days, self.amounts = Days(self.how), Amounts(self.how, self.how.currency)

    def take(self, lines: list[Line]) -> list[Entry]:
        for line in lines:
            self.days.see(line["date"])
            self._see_name(line)
            for column in ("amount num", "value num"):
                self.amounts.see(line[column])
        is_simple = bool(lines) and "full category path" in lines[0].columns
        for line in lines:
            if is_simple:
                self._simple(line)
            else:
                self._full(line)
        return [entry for uid, entry in self.entries.items() if uid not in self.broken]

    def _see_name(self, line: Line) -> None:
        for name in (line["full account name"] or line["account name"], line["full category path"]):
            if ":" in name:
                self.full_names[name.rpartition(":")[2]] = name
            if name.lower().startswith(_BALANCING):
                self.chart.declared[name] = EQUITY

    def _full(self, line: Line) -> None:
        uid = line["transaction id"] or (self.last if not line["date"] else f"#{line.number}")
        self.last = uid
        if line["void reason"]:
            self.book.count(_("Lines of voided transactions were left out: %(count)s."), line.number)
            return
        try:
            if uid in self.broken:
                raise ValueError(_("Another line of this transaction could not be read."))
            posting = self._posting(line)
            entry = self.entries.get(uid)
            if entry is None:
                entry = self.entries[uid] = self._entry(line)
            elif len(entry.original) < LONGEST_ENTRY:
                entry.original += "\n" + line.original
            entry.postings.append(posting)
        except ValueError as problem:
            self._spoil(uid, line, str(problem))

    def _spoil(self, uid: str, line: Line, problem: str) -> None:
        """One split that cannot be read makes its transaction unreadable: the rest alone would be wrong."""
        self.broken.add(uid)
        entry = self.entries.get(uid)
        if entry is not None and entry.postings:
            words = _("Another line of this transaction could not be read.")
            self.book.unread(entry.line, entry.original, words, account=entry.postings[0].account)
            entry.postings = []
        self.book.unread(line.number, line.original, problem, account=line["full account name"])

    def _entry(self, line: Line) -> Entry:
        notes = [line["notes"]] if line["notes"] else []
        entry = Entry(line.number, line.original, self.days.read(line["date"]), [], notes=notes)
        entry.payee, entry.reference = line["description"], line["number"] or line["transaction number"]
        return entry

    def _posting(self, line: Line) -> Posting:
        account = line["full account name"]
        currency = known_currency(line["commodity/currency"].rpartition("::")[2])
        if not account or not currency:
            raise ValueError(_("The account or the currency is missing here."))
        amount = self.amounts.number(line["amount num"])
        value = self.amounts.number(line["value num"]) if "value num" in line.columns else ""
        posting = Posting(account, line.number, memo=line["memo"])
        is_plain = amount == value if value else _is_one(line["rate/price"])
        if is_plain or (value and self.chart.side_of(account) in (INCOME, EXPENSE)):
            posting.amount, posting.currency = minor_units(value or amount, currency), currency
            return posting
        posting.said = line["amount with sym"] or line["amount num"]
        other = self.amounts.currency_in(posting.said)
        if other and other != currency:
            posting.amount, posting.currency = minor_units(amount, other), other
        if value:
            posting.worth, posting.worth_currency = minor_units(value, currency), currency
        return posting

    def _simple(self, line: Line) -> None:
        uid = f"#{line.number}"
        try:
            entry = self._entry(line)
            entry.postings = self._two_sides(line)
            self.entries[uid] = entry
        except ValueError as problem:
            self.book.unread(line.number, line.original, str(problem), account=line["account name"])

    def _two_sides(self, line: Line) -> list[Posting]:
        account, other = line["account name"], line["full category path"]
        whole = self.full_names.get(account, account)
        told = line["amount with sym"]
        currency = self.amounts.currency_in(told) or self.how.currency
        amount = minor_units(self.amounts.number(line["amount num"]), currency)
        if whole != account and amount > 0:
            # A part of a split, written below the short name of the account: its amount is that of the other side.
            amount = -amount
        if not other or other.lower() == _SPLIT:
            if self.chart.side_of(whole) not in OWN:
                raise ValueError(_("Only one side of this split is in the file. Export without the simple layout."))
            self.book.count(_("Splits of which the simple layout tells no categories: %(count)s."), line.number)
            other = _("Split")
            self.chart.declared[other] = EQUITY
        other = self.full_names.get(other, other)
        return [
            Posting(whole, line.number, amount, currency),
            Posting(other, line.number, -amount, currency),
        ]


def _is_one(text: str) -> bool:
    return text.replace(",", ".").rstrip("0").rstrip(".") in ("1", "")
