"""Every write to accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger import queries
from ledger.actions.books import recount
from ledger.actions.ordering import move_beside
from ledger.actions.privacy import check_keeper, check_turn, turn
from ledger.actions.rates import currencies_came_into_use
from ledger.models import Account, Transaction


def add_account(*, household: Household, by: User | None, **values: Any) -> Account:
    """A new account, last in order; private to whoever adds it, or to nobody."""
    account = Account(household=household, **values)
    account.balance = account.opening_balance
    check_keeper(account, by)
    summary = _("Added the account “%(name)s”") % {"name": account.name}
    with _recording(account, by, "account.added", summary) as record:
        account.position = queries.next_position(Account)
        record.add(account)
        currencies_came_into_use(household=household, codes=[account.currency])
    return account


def add_accounts(*, household: Household, by: User | None, rows: list[dict[str, Any]]) -> list[Account]:
    """Many accounts at once, in the order given, as one change."""
    summary = ngettext("Added %(count)s account", "Added %(count)s accounts", len(rows)) % {"count": len(rows)}
    with recording(household=household, by=by, verb="account.added", summary=summary) as record:
        first = queries.next_position(Account)
        accounts = [
            Account(household=household, position=first + place, balance=row.get("opening_balance", 0), **row)
            for place, row in enumerate(rows)
        ]
        record.add_many(accounts)
        currencies_came_into_use(household=household, codes={account.currency for account in accounts})
    return accounts


def change_account(*, account: Account, by: User | None, edit_version: int, **values: Any) -> Account:
    """New values for an account, if it still is what the person saw. What becomes private takes its past along."""
    summary = _("Changed the account “%(name)s”") % {"name": account.name}
    keeper = values.get("private_to", account.private_to)
    with _recording(account, by, "account.changed", summary, keeper=keeper) as record:
        account = claimed(account, edit_version=edit_version)
        before = account.private_to
        _check_currency(account, values.get("currency", account.currency))
        if keeper != before:
            check_turn(account, by, keeper)
        record.change(account, **values)
        currencies_came_into_use(household=account.household, codes=[account.currency])
        recount([account.pk])
        account.refresh_from_db(fields=["balance"])
        if keeper != before:
            turn(account, before, keeper)
    return account


def close_account(*, account: Account, by: User | None, on: date, because: str = "") -> None:
    """Nothing new goes into it; what happened stays."""
    summary = _("Closed the account “%(name)s”") % {"name": account.name}
    with _recording(account, by, "account.closed", summary) as record:
        account = locked(account)
        _check_end(account, on)
        record.change(account, closed_on=on, closed_because=because)


def reopen_account(*, account: Account, by: User | None) -> None:
    summary = _("Reopened the account “%(name)s”") % {"name": account.name}
    with _recording(account, by, "account.reopened", summary) as record:
        record.change(locked(account), closed_on=None, closed_because="")


def delete_account(*, account: Account, by: User | None) -> None:
    """To the trash, for thirty days; one that holds transactions is closed instead."""
    summary = _("Deleted the account “%(name)s”") % {"name": account.name}
    with _recording(account, by, "account.deleted", summary) as record:
        if queries.has_transactions(account):
            words = _("“%(name)s” holds transactions, and what happened stays. Close it instead.")
            raise Refused(words % {"name": account.name})
        record.change(locked(account), trashed_at=timezone.now())


def move_account(*, account: Account, by: User | None, step: int) -> None:
    """One place up (-1) or down (1) among the accounts of its group."""
    summary = _("Moved the account “%(name)s”") % {"name": account.name}
    with _recording(account, by, "account.moved", summary) as record:
        move_beside(record, queries.accounts_beside(account), account, step)


def _recording(account: Account, by: User | None, verb: str, summary: str, *, keeper: Any = ...) -> Any:
    """A change that is told to all, or to whoever keeps the account private."""
    private_to = account.private_to if keeper is ... else keeper
    return recording(household=account.household, by=by, verb=verb, summary=summary, private_to=private_to)


def _check_currency(account: Account, currency: str) -> None:
    if currency != account.currency and queries.has_transactions(account):
        words = _("“%(name)s” holds transactions in %(currency)s, so its currency stays.")
        raise ValidationError({"currency": words % {"name": account.name, "currency": account.currency}})


def _check_end(account: Account, on: date) -> None:
    if on < account.opened_on:
        raise ValidationError({"closed_on": _("It was opened later than this.")})
    later = Transaction.objects.filter(account=account, trashed_at=None, date__gt=on).count()
    if later:
        words = ngettext(
            "%(count)s transaction in it is dated after this day.",
            "%(count)s transactions in it are dated after this day.",
            later,
        )
        raise ValidationError({"closed_on": words % {"count": later}})
