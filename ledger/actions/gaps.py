"""What mends a statement that does not fit: the remedies that the gap finder proposes, each one verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.history.actions import restore_from_trash
from financeflow.history.refusal import Refused
from financeflow.households.models import Membership
from ledger.actions.accounts import change_account
from ledger.actions.lines import Part
from ledger.actions.reconciling import set_ticks, tick_all
from ledger.actions.transactions import add_transaction, change_transaction
from ledger.models import Category, Statement, Transaction
from ledger.models.many import OneOf


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What a person chose among the proposals: of which kind, for which rows, and what should stand there.

    `edit_version` is that of the row or account which is to change, as the person saw it.
    """

    kind: str
    edit_version: int = 0
    rows: tuple[Transaction, ...] = ()
    amount: int = 0
    until: date | None = None


@transaction.atomic
def mend(*, statement: Statement, remedy: Remedy, by: Membership) -> None:
    """Do what was proposed; what is changed in the books by it can be undone like any change."""
    if statement.is_locked:
        raise Refused(_("This statement is locked. Unlock it first."))
    try:
        deed = _DEEDS[remedy.kind]
    except KeyError as error:
        raise ValidationError({"kind": _("There is no such remedy.")}) from error
    deed(statement, remedy, by)


def _rows(remedy: Remedy, *which: int) -> Any:
    """These of the rows, the first by default all."""
    rows = [remedy.rows[at] for at in which] if which else remedy.rows
    return Transaction.objects.filter(OneOf("pk", [row.pk for row in rows]))


def _needs_rows(remedy: Remedy, least: int) -> None:
    if len(remedy.rows) < least:
        raise Refused(_("One of these transactions is not there any more."))


def _tick(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 1)
    set_ticks(statement=statement, tick=_rows(remedy))


def _untick(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 1)
    set_ticks(statement=statement, untick=_rows(remedy))


def _untick_one(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 1)
    set_ticks(statement=statement, untick=_rows(remedy, 0))


def _swap(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 2)
    set_ticks(statement=statement, untick=_rows(remedy, 0), tick=_rows(remedy, 1))


def _tick_all(statement: Statement, remedy: Remedy, by: Membership) -> None:
    tick_all(statement=statement, until=remedy.until)


def _restore(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 1)
    for row in remedy.rows:
        if row.trashed_at:
            restore_from_trash(row, household=by.household, by=by)
    set_ticks(statement=statement, tick=_rows(remedy))


def _correct(statement: Statement, remedy: Remedy, by: Membership) -> None:
    _needs_rows(remedy, 1)
    row = remedy.rows[0]
    change_transaction(transaction=row, by=by.user, edit_version=remedy.edit_version, amount=remedy.amount)
    set_ticks(statement=statement, tick=_rows(remedy))


def _add(statement: Statement, remedy: Remedy, by: Membership) -> None:
    is_fee = remedy.kind == "fee"
    category = Category.objects.filter(key="fees-interest" if is_fee else "interest", trashed_at=None).first()
    added = add_transaction(
        household=by.household,
        by=by.user,
        account=statement.account,
        date=statement.on,
        amount=remedy.amount,
        payee=_("Bank fee") if is_fee else _("Bank interest"),
        parts=[Part(remedy.amount, category)],
    )
    set_ticks(statement=statement, tick=Transaction.objects.filter(pk=added.pk))


def _open_with(statement: Statement, remedy: Remedy, by: Membership) -> None:
    change_account(
        account=statement.account, by=by.user, edit_version=remedy.edit_version, opening_balance=remedy.amount
    )


_DEEDS: Final[dict[str, Callable[[Statement, Remedy, Membership], None]]] = {
    "left_out": _tick,
    "later": _tick,
    "together": _tick,
    "all_left": _tick_all,
    "left_until": _tick_all,
    "thrown_away": _restore,
    "too_early": _untick,
    "together_off": _untick,
    "twice": _untick_one,
    "instead": _swap,
    "sign": _correct,
    "digits": _correct,
    "decimal": _correct,
    "pending": _correct,
    "fee": _add,
    "interest": _add,
    "opening": _open_with,
}
