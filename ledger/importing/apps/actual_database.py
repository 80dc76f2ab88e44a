"""The database of an Actual budget: accounts, categories and payees by their ids, then every transaction that lives."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.importing.amounts import known_currency
from ledger.importing.apps.account_kinds import kind_of
from ledger.importing.apps.actual_table import TAG, settled_split
from ledger.importing.apps.books import LONGEST, Book, within
from ledger.importing.apps.journal_text import day_of
from ledger.importing.apps.sqlite_files import columns_of, opened, rows_of
from ledger.importing.found import FoundRow, Refused

_NEEDED = {
    "accounts": {"id", "name", "offbudget", "closed", "tombstone"},
    "categories": {"id", "name", "is_income", "cat_group", "tombstone"},
    "category_groups": {"id", "name", "tombstone"},
    "payees": {"id", "name", "transfer_acct"},
    "transactions": {"id", "isParent", "isChild", "acct", "category", "amount", "description", "date", "tombstone"},
}
_FIELDS = ("id", "isParent", "isChild", "acct", "category", "amount", "description", "date")
_OPTIONAL = ("notes", "financial_id", "imported_description", "starting_balance_flag", "transferred_id", "parent_id")

Told = dict[str, Any]


@dataclass(slots=True)
class BudgetFile:
    """Reads one database; `book` is told all of it."""

    book: Book
    content: bytes
    currency: str = ""
    accounts: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    payees: dict[str, str] = field(default_factory=dict)
    transfer_accounts: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        try:
            with opened(self.content) as database:
                columns = columns_of(database, _NEEDED)
                self._currency(database, columns)
                self._accounts(database)
                self._categories(database, columns)
                self._payees(database, columns)
                self._transactions(database, columns)
                self._lost(database, columns)
        except (sqlite3.Error, OverflowError, MemoryError) as error:
            raise Refused(_("The database of this Actual budget is damaged. Export the budget anew.")) from error

    def _currency(self, database: sqlite3.Connection, columns: dict[str, set[str]]) -> None:
        self.currency = self.book.how.currency
        if {"id", "value"} <= columns.get("preferences", set()):
            for (value,) in rows_of(database, "SELECT value FROM preferences WHERE id = 'defaultCurrencyCode'"):
                self.currency = known_currency(str(value)) or self.currency

    def _accounts(self, database: sqlite3.Connection) -> None:
        """Accounts that live, under names that differ."""
        taken: dict[str, int] = {}
        sql = "SELECT id, name, offbudget, closed FROM accounts WHERE coalesce(tombstone, 0) = 0 ORDER BY rowid"
        for uid, name, off_budget, closed in rows_of(database, sql):
            plain = str(name or "").strip() or _("Account")
            taken[plain] = taken.get(plain, 0) + 1
            shown = plain if taken[plain] == 1 else f"{plain} ({taken[plain]})"
            self.accounts[str(uid)] = shown
            self.book.account(shown, self.currency, kind=kind_of(plain))
            if off_budget:
                self.book.count(_("Accounts that were off budget are accounts like others here: %(count)s."))
            if closed:
                self.book.count(_("Accounts that were closed are open here until you close them: %(count)s."))

    def _categories(self, database: sqlite3.Connection, columns: dict[str, set[str]]) -> None:
        sql = (
            "SELECT c.id, c.name, c.is_income, g.name, c.tombstone FROM categories c"
            " LEFT JOIN category_groups g ON g.id = c.cat_group ORDER BY c.rowid"
        )
        for uid, name, is_income, group, is_dead in rows_of(database, sql):
            full = f"{group}: {name}" if group else str(name)
            self.categories[str(uid)] = full
            if not is_dead:
                self.book.category(full, is_income=bool(is_income))
        if {"id", "transferId"} <= columns.get("category_mapping", set()):
            known = dict(self.categories)
            for uid, target in rows_of(database, "SELECT id, transferId FROM category_mapping"):
                if str(target) in known:
                    self.categories[str(uid)] = known[str(target)]

    def _payees(self, database: sqlite3.Connection, columns: dict[str, set[str]]) -> None:
        for uid, name, account in rows_of(database, "SELECT id, name, transfer_acct FROM payees"):
            self.payees[str(uid)] = str(name or "")
            if account:
                self.transfer_accounts[str(uid)] = str(account)
        if {"id", "targetId"} <= columns.get("payee_mapping", set()):
            names, others = dict(self.payees), dict(self.transfer_accounts)
            for uid, target in rows_of(database, "SELECT id, targetId FROM payee_mapping"):
                if str(target) in names:
                    self.payees[str(uid)] = names[str(target)]
                if str(target) in others:
                    self.transfer_accounts[str(uid)] = others[str(target)]

    def _transactions(self, database: sqlite3.Connection, columns: dict[str, set[str]]) -> None:
        fields = [*_FIELDS, *(name for name in _OPTIONAL if name in columns["transactions"])]
        sql = f"SELECT {', '.join(fields)} FROM transactions WHERE coalesce(tombstone, 0) = 0 ORDER BY date, rowid"  # noqa: S608
        every = [dict(zip(fields, values, strict=True)) for values in rows_of(database, sql)]
        alive = {str(told["id"]): told for told in every}
        rows: dict[str, FoundRow] = {}
        for number, told in enumerate(every, 1):
            if number % 5000 == 0:
                self.book.how.step(number, len(every))
            if (row := self._row(number, told, alive)) is not None:
                rows[str(told["id"])] = row
        self._put_together(alive, rows)

    def _row(self, number: int, told: Told, alive: dict[str, Told]) -> FoundRow | None:
        account = self.accounts.get(str(told["acct"]))
        if account is None or (told["isChild"] and self._parent(told) not in alive):
            sentence = _("Transactions of deleted accounts and parts of deleted splits were left out: %(count)s.")
            self.book.count(sentence, number)
            return None
        try:
            return self._told(number, told, alive)
        except ValueError as problem:
            original = json.dumps(told, ensure_ascii=False, default=str)[:LONGEST]
            self.book.unread(number, original, str(problem), account=account)
            return None

    def _told(self, number: int, told: Told, alive: dict[str, Told]) -> FoundRow:
        date = str(told["date"])
        payee = str(told["description"] or "")
        partner = str(told.get("transferred_id") or "")
        other = self.transfer_accounts.get(payee, "") or str(alive.get(partner, {}).get("acct") or "")
        notes = str(told.get("notes") or "")
        row = FoundRow(
            line=number,
            original=json.dumps(told, ensure_ascii=False, default=str),
            date=day_of(f"{date[:4]}-{date[4:6]}-{date[6:8]}"),
            amount=self._amount(told["amount"]),
            currency=self.currency,
            payee="" if other else self.payees.get(payee, ""),
            description=str(told.get("imported_description") or ""),
            bank_id=str(told.get("financial_id") or ""),
            notes=notes,
            category="" if told["isParent"] else self.categories.get(str(told["category"] or ""), ""),
            tags=tuple(dict.fromkeys(TAG.findall(notes))),
            transfer=self.accounts.get(other, ""),
        )
        if partner in alive and row.transfer:
            row.transfer_key = " ".join(sorted((str(told["id"]), partner)))
        return row

    def _amount(self, value: object) -> int:
        """Actual keeps hundredths whatever the currency is."""
        if not isinstance(value, int):
            raise ValueError(_("There is no amount here."))
        digits = minor_digits(self.currency)
        if digits >= 2:
            return within(value * 10 ** (digits - 2))
        whole, rest = divmod(value, 10 ** (2 - digits))
        if rest:
            raise ValueError(_("This amount is a fraction of what %(currency)s has.") % {"currency": self.currency})
        return within(whole)

    @staticmethod
    def _parent(told: Told) -> str:
        return str(told.get("parent_id") or str(told["id"]).rpartition("/")[0])

    def _put_together(self, alive: dict[str, Told], rows: dict[str, FoundRow]) -> None:
        parts: dict[str, list[FoundRow]] = {}
        for uid, row in rows.items():
            if alive[uid]["isChild"]:
                parts.setdefault(self._parent(alive[uid]), []).append(row)
        for uid, row in rows.items():
            told = alive[uid]
            account = self.accounts[str(told["acct"])]
            if told["isChild"]:
                if self._parent(told) not in rows:
                    self.book.add(account, row)
            elif told.get("starting_balance_flag"):
                self.book.start(account, row)
            else:
                whole = settled_split(self.book, row, parts.get(uid, [])) if told["isParent"] else [row]
                for each in whole:
                    self.book.add(account, each)

    def _lost(self, database: sqlite3.Connection, columns: dict[str, set[str]]) -> None:
        """What Actual holds besides, counted."""
        for table, question, sentence in (
            ("schedules", _SCHEDULES, _("Schedules were not carried over: %(count)s.")),
            ("rules", _RULES, _("Rules were not carried over: %(count)s.")),
            ("zero_budgets", _ENVELOPES, _("Budgeted amounts were not carried over: %(count)s.")),
            ("reflect_budgets", _TRACKED, _("Budgeted amounts were not carried over: %(count)s.")),
        ):
            if table not in columns or ("tombstone" in question and "tombstone" not in columns[table]):
                continue
            many = next(rows_of(database, question))[0]
            if many:
                self.book.count(sentence, many=int(many))


_SCHEDULES = "SELECT count(*) FROM schedules WHERE coalesce(tombstone, 0) = 0"
_RULES = "SELECT count(*) FROM rules WHERE coalesce(tombstone, 0) = 0"
_ENVELOPES = "SELECT count(*) FROM zero_budgets"
_TRACKED = "SELECT count(*) FROM reflect_budgets"
