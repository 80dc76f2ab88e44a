"""Every write to statements: they are opened, ticked until nothing is left over, locked, and if need be unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import User
from financeflow.money.text import format_money
from financeflow.web.dates import day_text
from ledger.actions.books import Books
from ledger.actions.ticks import put_ticks, take_ticks
from ledger.actions.transactions import NewTransaction, insert
from ledger.actions.writing import writing
from ledger.models import Account, Statement, Tick, Transaction
from ledger.models.many import OneOf
from ledger.queries import reconciling as queries


@contextmanager
def _writing(account: Account, by: User | None, verb: str, words: str, on: date) -> Iterator[tuple[Recording, Books]]:
    day = day_text(on, "medium", language=get_language() or "en", locale=account.household.locale)
    summary = words % {"account": account, "day": day}
    frame: dict[str, Any] = {"household": account.household, "by": by, "verb": f"statement.{verb}", "summary": summary}
    with writing(**frame, accounts=[account], settles=False) as found:
        yield found


def add_statement(*, account: Account, by: User | None, on: date, balance: int) -> Statement:
    """A statement to check the account against; statements follow one another."""
    statement = Statement(
        household=account.household, account=account, on=on, balance=balance, currency=account.currency
    )
    with _writing(account, by, "added", _("Began to reconcile “%(account)s” with the statement of %(day)s"), on) as (
        record,
        _books,
    ):
        last = queries.latest_statement(account)
        if last is not None and on <= last.on:
            raise ValidationError(
                {"on": _told(account, last.on, _("The last statement is of %(day)s. Take a later day."))}
            )
        record.add(statement)
    return statement


def _told(account: Account, day: date, words: str) -> str:
    return words % {"day": day_text(day, "medium", language=get_language() or "en", locale=account.household.locale)}


def change_statement(*, statement: Statement, by: User | None, edit_version: int, on: date, balance: int) -> Statement:
    """Another day or balance for an open statement; what is ticked stays ticked."""
    account = statement.account
    words = _("Changed the statement of “%(account)s” of %(day)s")
    with _writing(account, by, "changed", words, statement.on) as (record, _books):
        statement = claimed(statement, edit_version=edit_version)
        _refuse_locked(statement)
        others = Statement.objects.filter(account=account).exclude(pk=statement.pk)
        if others.filter(on=on).exists():
            raise ValidationError({"on": _told(account, on, _("There is a statement of %(day)s already."))})
        before, after = (others.filter(on__lt=day, locked_at__isnull=False).count() for day in (statement.on, on))
        if before != after:
            raise ValidationError({"on": _("Another statement that is locked lies between. Keep them in order.")})
        record.change(statement, on=on, balance=balance)
    return statement


def _refuse_locked(statement: Statement) -> None:
    if statement.is_locked:
        raise Refused(_("This statement is locked. Unlock it first."))


def delete_statement(*, statement: Statement, by: User | None) -> None:
    """An open statement goes with its ticks; nothing in the books changes by that."""
    account = statement.account
    words = _("Deleted the statement of “%(account)s” of %(day)s")
    with _writing(account, by, "deleted", words, statement.on) as (record, _books):
        statement = locked(statement)
        _refuse_locked(statement)
        record.remove_many(Tick.objects.filter(statement=statement))
        record.remove(statement)


@transaction.atomic
def set_ticks(
    *, statement: Statement, tick: QuerySet[Transaction] | None = None, untick: QuerySet[Transaction] | None = None
) -> None:
    """Tick what was found on the statement, untick what was not; no change of the books, and so not in history."""
    statement = locked(statement)
    _refuse_locked(statement)
    if untick is not None:
        take_ticks(statement, untick)
    if tick is not None:
        free = tick.filter(account=statement.account_id, trashed_at=None).exclude(status=Transaction.Status.RECONCILED)
        put_ticks(statement, free.order_by().values_list("pk", flat=True))


def tick_all(*, statement: Statement, until: date | None = None) -> None:
    """Tick all that is left, up to the day of the statement or an earlier one."""
    rows = queries.rows_left(statement)
    set_ticks(statement=statement, tick=rows.filter(date__lte=until) if until else rows)


def untick_all(*, statement: Statement) -> None:
    set_ticks(statement=statement, untick=Transaction.objects.filter(tick__statement=statement))


def lock_statement(*, statement: Statement, by: User | None, correction: int = 0) -> Statement:
    """All that is ticked is reconciled, if it adds up to the balance.

    A `correction` is what somebody says is missing, to the cent; it is added to the books on the day of the statement.
    """
    account = statement.account
    words = _("Locked the statement of “%(account)s” of %(day)s")
    with _writing(account, by, "locked", words, statement.on) as (record, books):
        statement = _to_lock(statement, correction)
        found = queries.reckoning(statement)
        keys = list(queries.ticked_rows(statement).values_list("pk", flat=True))
        books.open(keys)
        books.open_statements([statement.pk])
        kept = {"locked_at": timezone.now(), "total": found.ticked + correction, "rows": len(keys) + bool(correction)}
        record.change(statement, **kept)
        rows = Transaction.objects.filter(OneOf("pk", keys))
        record.change_many(rows, status=Transaction.Status.RECONCILED, statement=statement)
        if correction:
            _correct(record, books, statement, by, correction)
    return statement


def _to_lock(statement: Statement, correction: int) -> Statement:
    account = statement.account
    statement = locked(statement)
    statement.account = account
    _refuse_locked(statement)
    if queries.has_open_before(statement):
        raise Refused(_("An earlier statement is still open. Lock that first."))
    difference = queries.reckoning(statement).difference
    if difference != correction:
        money = format_money(difference, statement.currency, account.household.locale)
        raise Refused(_("There is still a difference of %(money)s.") % {"money": money})
    return statement


def _correct(record: Recording, books: Books, statement: Statement, by: User | None, amount: int) -> None:
    values = {"status": Transaction.Status.RECONCILED, "statement": statement}
    row = NewTransaction(
        account=statement.account, date=statement.on, amount=amount, payee=_("Balance correction"), values=values
    )
    added = insert(record, statement.account.household, by, [row])
    books.note_new(each.pk for each in added)


def unlock_statement(*, statement: Statement, by: User | None) -> Statement:
    """What stands on it can be changed again; it stays ticked, and counts as cleared."""
    account = statement.account
    words = _("Unlocked the statement of “%(account)s” of %(day)s")
    with _writing(account, by, "unlocked", words, statement.on) as (record, books):
        statement = locked(statement)
        if not statement.is_locked:
            raise Refused(_("This statement is open already."))
        rows = queries.rows_of(statement)
        books.open(rows.values_list("pk", flat=True))
        books.open_statements([statement.pk])
        record.change_many(rows, status=Transaction.Status.CLEARED, statement=None)
        record.change(statement, locked_at=None, total=0, rows=0)
    return statement
