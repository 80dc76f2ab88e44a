"""FinanceFlow's own export of everything, read back into a household that exists already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.apps.books import Book, NotADay, in_days, within
from ledger.importing.apps.own_archive import FORMAT as KNOWN
from ledger.importing.apps.own_archive import JsonLine, manifest_of, table_of
from ledger.importing.found import Found, FoundPart, FoundRow, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_KINDS = {"checking", "savings", "credit_card", "cash", "loan", "investment", "property", "other"}


class Own:
    """A ZIP with manifest.json and tables as JSON lines."""

    key = "own"
    title = "FinanceFlow"

    def knows(self, source: Source) -> bool:
        return source.content.startswith(b"PK") and manifest_of(source.content) is not None

    def read(self, source: Source, how: How) -> Found:
        manifest = manifest_of(source.content)
        if manifest is None:
            raise Refused(_("This ZIP is no export of FinanceFlow: its manifest.json is missing or broken."))
        if not isinstance(manifest.get("format"), int) or manifest["format"] > KNOWN:
            raise Refused(_("This export was written by a newer FinanceFlow. Upgrade first."))
        book = Book(how)
        promised = manifest["tables"].get("transactions")
        export = Export(book, source.content, promised if isinstance(promised, int) else 0)
        export.read()
        export.tell_lost(manifest["tables"])
        return book.found(self.key)


@dataclass(slots=True)
class Account:
    name: str
    currency: str


@dataclass(slots=True)
class Export:
    """Reads the tables in the order in which they need each other."""

    book: Book
    content: bytes
    # How many transactions the manifest promises.
    total: int = 0
    accounts: dict[str, Account] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, list[tuple[int, FoundPart]]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)

    def read(self) -> None:
        self._accounts()
        self._categories()
        for table in ("payees", "tags"):
            self.names[table] = {line.row["uid"]: text(line.row, "name") for line in self._sound(table)}
        for line in self._sound("transaction_tags"):
            if tag := self.names["tags"].get(text(line.row, "tag")):
                self.tags.setdefault(text(line.row, "transaction"), []).append(tag)
        self._lines()
        self._transactions()

    def _sound(self, table: str) -> Iterator[JsonLine]:
        """Rows of a table that can be read; the others are told."""
        for line in table_of(self.content, table):
            if line.problem:
                self.book.unread(line.number, line.original, f"{table}.jsonl: {line.problem}")
            else:
                yield line

    def _accounts(self) -> None:
        taken: dict[str, int] = {}
        for line in self._sound("accounts"):
            row = line.row
            currency = known_currency(text(row, "currency"))
            if row.get("trashed_at"):
                self.book.count(_("Accounts in the trash were left out: %(count)s."))
                continue
            try:
                if not currency:
                    raise ValueError(_("“%(text)s” is no currency.") % {"text": text(row, "currency")[:20]})
                self._open(row, currency, taken)
            except ValueError as problem:
                self.book.unread(line.number, line.original, f"accounts.jsonl: {problem}")

    def _open(self, row: dict[str, Any], currency: str, taken: dict[str, int]) -> None:
        opening, opened_on = number(row, "opening_balance"), day(row, "opened_on")
        name = text(row, "name") or _("Account")
        taken[name] = taken.get(name, 0) + 1
        shown = name if taken[name] == 1 else f"{name} ({taken[name]})"
        self.accounts[row["uid"]] = Account(shown, currency)
        kind = text(row, "kind")
        statement = self.book.account(shown, currency, kind=kind if kind in _KINDS else "")
        statement.opening_balance, statement.opening_on = opening, opened_on
        if row.get("closed_on"):
            self.book.count(_("Accounts that were closed are open here until you close them: %(count)s."))

    def _categories(self) -> None:
        rows = {line.row["uid"]: line.row for line in self._sound("categories")}
        known = self.names["categories"] = {}
        for uid, row in rows.items():
            parent = rows.get(text(row, "parent"))
            name = text(row, "name")
            known[uid] = f"{text(parent, 'name')}: {name}" if parent else name
            if not row.get("trashed_at") and name:
                self.book.category(known[uid], is_income=row.get("kind") == "income")

    def _lines(self) -> None:
        for line in self._sound("lines"):
            row = line.row
            try:
                position = row.get("position")
                category = self.names["categories"].get(text(row, "category"), "")
                part = FoundPart(number(row, "amount"), category, text(row, "memo"))
                place = position if isinstance(position, int) else 0
                self.parts.setdefault(text(row, "transaction"), []).append((place, part))
            except ValueError as problem:
                self.book.unread(line.number, line.original, f"lines.jsonl: {problem}")

    def _transactions(self) -> None:
        sides: dict[str, list[tuple[str, FoundRow]]] = {}
        for line in self._sound("transactions"):
            if line.number % 5000 == 0:
                self.book.how.step(min(line.number, self.total), self.total)
            if line.row.get("trashed_at"):
                self.book.count(_("Transactions in the trash were left out: %(count)s."))
                continue
            account = self.accounts.get(text(line.row, "account"))
            try:
                if account is None:
                    raise ValueError(_("Its account is not in the file, or in the trash."))
                row = self._row(line, account)
            except ValueError as problem:
                name = account.name if account else ""
                self.book.unread(line.number, line.original, f"transactions.jsonl: {problem}", account=name)
                continue
            self.book.add(account.name, row)
            if transfer := text(line.row, "transfer"):
                sides.setdefault(transfer, []).append((account.name, row))
        for key, pair in sides.items():
            _tie(key, pair)

    def _row(self, line: JsonLine, account: Account) -> FoundRow:
        told = line.row
        row = FoundRow(
            line=line.number,
            original=line.original,
            date=day(told, "date"),
            amount=number(told, "amount"),
            currency=account.currency,
            payee=self.names["payees"].get(text(told, "payee"), ""),
            description=text(told, "description"),
            bank_id=text(told, "external_id"),
            posted_on=day(told, "posted_on") if told.get("posted_on") else None,
            is_pending=told.get("status") == "pending",
            notes=text(told, "notes"),
            tags=tuple(self.tags.get(told["uid"], ())),
        )
        if told.get("original_amount") is not None and known_currency(text(told, "original_currency")):
            row.original_amount = number(told, "original_amount")
            row.original_currency = known_currency(text(told, "original_currency"))
        self._file(row, told["uid"])
        return row

    def _file(self, row: FoundRow, uid: str) -> None:
        parts = [part for _place, part in sorted(self.parts.get(uid, ()), key=lambda each: each[0])]
        if parts and sum(part.amount for part in parts) != row.amount:
            raise ValueError(_("Its lines do not add up to its amount."))
        if len(parts) == 1:
            row.category = parts[0].category
            row.notes = "\n".join(each for each in (row.notes, parts[0].memo) if each)
        else:
            row.parts = tuple(parts)

    def tell_lost(self, tables: dict[str, Any]) -> None:
        """What the export holds besides, by the numbers in its manifest."""
        for table, sentence in (
            ("rules", _("Rules were not carried over: %(count)s.")),
            ("attachments", _("Papers were not carried over: %(count)s.")),
            ("refund_links", _("Notes of money owed back were not carried over: %(count)s.")),
            ("statements", _("Reconciled statements were not carried over: %(count)s.")),
            ("saved_reports", _("Saved reports were not carried over: %(count)s.")),
            ("typed_rates", _("Typed exchange rates were not carried over: %(count)s.")),
            ("payee_aliases", _("Other spellings of payees were not carried over: %(count)s.")),
        ):
            many = tables.get(table)
            if isinstance(many, int) and many > 0:
                self.book.count(sentence, many=many)


def _tie(key: str, pair: list[tuple[str, FoundRow]]) -> None:
    """The two sides of a transfer; where one stands in an account that is not in the file, it is a plain row."""
    if len(pair) == 2:
        for (_own, row), (other, _row) in (pair, pair[::-1]):
            row.transfer, row.transfer_key = other, key


def text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def number(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(_("“%(name)s” is no whole number.") % {"name": name})
    return within(value)


def day(row: dict[str, Any], name: str) -> dt.date:
    try:
        return in_days(dt.date.fromisoformat(text(row, name)))
    except NotADay:
        raise
    except ValueError as error:
        raise ValueError(_("“%(name)s” is no day.") % {"name": name}) from error


FORMAT = Own()
