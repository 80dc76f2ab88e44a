"""Rows that need nothing but to be written: past the models, thousands at a time, with their history.

It leaves exactly what `ledger.actions.transactions.insert` would leave; a test compares the two. Texts and numbers of a
file were cleaned when they came onto the desk, so that no field has to look at them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from financeflow.history.recording import Recording
from financeflow.history.setwise import copy_in, growing_uids, reserve_keys
from financeflow.households.models import Household, User
from financeflow.money.currencies import minor_digits
from ledger.actions.transactions import NewTransaction
from ledger.calc.words import plain_words, search_words
from ledger.models import Account, Line, Payee, RateState, Transaction

_TRANSACTION: Final = (
    *("id", "uid", "household_id", "trashed_at", "account_id", "date", "posted_on", "amount", "currency", "payee_id"),
    *("description", "notes", "status", "source", "external_id", "import_row_id", "original_amount"),
    *("original_currency", "transfer_id", "statement_id", "entered_by_id", "created_at", "form_number"),
)
_WORKED_OUT: Final = ("base_amount", "rate_state", "payee_words", "words", "edit_version")
_LINE: Final = ("id", "uid", "household_id", "transaction_id", "category_id", "amount", "memo", "position", "learned")
_COPIED: Final = ("account_id", "date", "is_transfer", "is_kept", "base_amount", "rate_state")


def is_plain(row: NewTransaction, base_currency: str) -> bool:
    """Whether it is one amount in the household's own currency, and nothing hangs on it."""
    return not row.tags and not row.transfer and len(row.parts) == 1 and row.account.currency == base_currency


class Swift:
    """Writes plain rows of one file; payees are given by name, and are known."""

    def __init__(self, record: Recording, household: Household, by: User | None, payees: dict[str, Payee]) -> None:
        self.record, self.household = record, household
        self.payees = payees
        self.spoken: dict[str, str] = {}
        self.uids = growing_uids()
        self.now: datetime = timezone.now()
        self.now_told, self.by_key = self.now.isoformat(), by.pk if by else None
        self.stamp = connection.ops.adapt_datetimefield_value(self.now)
        self.same = RateState.SAME.value
        self.nameless, self.unfiled = str(Transaction()), str(Line())

    def insert(self, rows: Sequence[NewTransaction]) -> list[int]:
        """Their keys, in order."""
        keys, line_keys = reserve_keys(Transaction, len(rows)), reserve_keys(Line, len(rows))
        every = [self._built(key, line, row) for key, line, row in zip(keys, line_keys, rows, strict=True)]
        copy_in(Transaction, (*_TRANSACTION, *_WORKED_OUT), [each[0] for each in every])
        copy_in(Line, (*_LINE, *_COPIED), [each[1] for each in every])
        self.record.note_added(Transaction, [each[2] for each in every])
        self.record.note_added(Line, [each[3] for each in every])
        return keys

    def _built(self, key: int, line_key: int, row: NewTransaction) -> tuple[Any, Any, Any, Any]:
        """The two rows as their tables keep them, and as history does."""
        account, [part], said = row.account, row.parts, row.values
        payee = self.payees.get(row.payee.strip()) if isinstance(row.payee, str) else row.payee
        day, household = row.date.isoformat(), self.household.pk
        uid, line_uid = next(self.uids), next(self.uids)
        state = (
            *(key, uid, household, None, account.pk, day, _iso(said["posted_on"]), row.amount, account.currency),
            *(payee.pk if payee else None, said["description"], said["notes"], str(said["status"])),
            *(str(said["source"]), said["external_id"], said["import_row_id"], said["original_amount"]),
            *(said["original_currency"], None, None, self.by_key, self.stamp, None),
        )
        words = self._words(payee, said["description"], said["notes"], row.amount, account.currency)
        kept = (*state, row.amount, self.same, *words, 1)
        category, learned = (part.category.pk, part.learned or 0) if part.category else (None, 0)
        line = (line_key, line_uid, household, key, category, row.amount, part.memo, 0, learned)
        told = dict(zip(_TRANSACTION, state, strict=True))
        told["uid"], told["created_at"] = _dashed(uid), self.now_told
        line_told = dict(zip(_LINE, line, strict=True))
        line_told["uid"] = _dashed(line_uid)
        return (
            kept,
            (*line, account.pk, day, False, True, row.amount, self.same),
            (key, (payee.name if payee else "") or said["description"][:250] or self.nameless, told),
            (line_key, part.memo or (part.category.name if part.category else "") or self.unfiled, line_told),
        )

    def _words(self, payee: Payee | None, description: str, notes: str, amount: int, currency: str) -> tuple[str, str]:
        name = payee.name if payee else ""
        if name not in self.spoken:
            self.spoken[name] = plain_words(name)[:160]
        digits = minor_digits(currency)
        return self.spoken[name], search_words(description=description, notes=notes, amount=amount, digits=digits)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _dashed(uid: str) -> str:
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


def accounts_with_days(rows: Sequence[NewTransaction]) -> dict[Account, Any]:
    """For each account the last day on which something is to go into it."""
    last: dict[Account, Any] = {}
    for row in rows:
        if row.account not in last or row.date > last[row.account]:
            last[row.account] = row.date
    return last
