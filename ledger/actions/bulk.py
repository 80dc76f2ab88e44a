"""Writes to many transactions at once: one change each, whatever the number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.models import ChangeSet
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import whole_household
from ledger.actions.lines import file_lines, refunds_of
from ledger.actions.payees import payees_named
from ledger.actions.tags import tags_named
from ledger.actions.transactions import check_account, trash
from ledger.actions.transfers import called
from ledger.actions.writing import writing
from ledger.models import Account, Category, Line, Payee, Transaction, TransactionTag
from ledger.models.many import OneOf

Rows = QuerySet[Transaction]
Then = Callable[[Recording], None]


@dataclass(frozen=True)
class Outcome:
    """How many transactions were changed, and how many were left alone, with the reason."""

    changed: int
    left: int = 0
    why_left: str = ""
    change_set: ChangeSet | None = None


def _pinned(rows: Rows) -> Rows:
    """These very rows, whatever is changed about them meanwhile."""
    return Transaction.objects.filter(OneOf("pk", list(rows.order_by().values_list("pk", flat=True))))


@contextmanager
def _writing(
    household: Household, by: User | None, verb: str, summary: str, rows: Rows, *, settles: bool = True
) -> Iterator[tuple[Recording, Any]]:
    accounts = Account.objects.filter(pk__in=rows.order_by().values("account").distinct()).select_related("private_to")
    frame = writing(household=household, by=by, verb=verb, summary=summary, accounts=accounts, settles=settles)
    with frame as (record, books):
        yield record, books


def _counted(count: int) -> str:
    return ngettext("%(count)s transaction", "%(count)s transactions", count) % {"count": count}


def file_transactions(
    *, household: Household, by: User | None, rows: Rows, category: Category | None, then: Then | None = None
) -> Outcome:
    """All under one category. Transfers have none; what is split stays so, and money back stays where it was spent.

    `then` writes more within the same change.
    """
    every = _pinned(rows)
    parts = every.annotate(parts=Count("lines"))
    plain = _pinned(parts.filter(transfer=None, parts=1).exclude(refund_of__isnull=False))
    count, left = plain.count(), every.count() - plain.count()
    words = {"what": _counted(count), "category": category}
    summary = _("Filed %(what)s under “%(category)s”") if category else _("Took %(what)s out of their categories")
    with _writing(household, by, "transaction.filed", summary % words, plain, settles=False) as (record, books):
        books.open(plain.values_list("pk", flat=True))
        books.open(refunds_of(plain).values_list("refund_id", flat=True))
        file_lines(record, Line.objects.filter(transaction__in=plain), category)
        if then:
            then(record)
    why_left = _("Transfers, splits and money back keep what they are.") if left else ""
    return Outcome(count, left, why_left, record.change_set)


def set_payee(*, household: Household, by: User | None, rows: Rows, payee: Payee | str | None) -> Outcome:
    every = _pinned(rows)
    count = every.count()
    summary = _("Set the payee of %(what)s to “%(payee)s”") % {"what": _counted(count), "payee": payee or "–"}
    with _writing(household, by, "transaction.payee", summary, every) as (record, books):
        books.open(every.values_list("pk", flat=True))
        if isinstance(payee, str):
            payee = payees_named(record, household, [payee]).get(payee.strip())
        record.change_many(every, payee=payee)
    return Outcome(count)


def tag_transactions(
    *, household: Household, by: User | None, rows: Rows, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Outcome:
    """Tags put on and taken off by name; a tag nobody had is added."""
    every = _pinned(rows)
    keys = list(every.values_list("pk", flat=True))
    words = {
        "what": _counted(len(keys)),
        "tags": ", ".join([*(f"+{tag}" for tag in add), *(f"−{tag}" for tag in remove)]),
    }
    summary = _("Tagged %(what)s: %(tags)s") % words
    with _writing(household, by, "transaction.tagged", summary, every, settles=False) as (record, _books):
        taggings = TransactionTag.objects.filter(OneOf("transaction_id", keys))
        if remove:
            gone = tags_named(record, household, remove).values()
            record.remove_many(taggings.filter(tag__in=gone))
        for tag in tags_named(record, household, add).values():
            have = set(taggings.filter(tag=tag).values_list("transaction_id", flat=True))
            fresh = [key for key in keys if key not in have]
            record.add_many([TransactionTag(household=household, transaction_id=key, tag=tag) for key in fresh])
    return Outcome(len(keys))


def move_transactions(*, household: Household, by: User | None, rows: Rows, account: Account) -> Outcome:
    """Into another account of the same currency; the reconciled and the transfers from or to it stay."""
    every = _pinned(rows)
    fitting = every.filter(currency=account.currency).exclude(status=Transaction.Status.RECONCILED)
    movable = _pinned(fitting.exclude(transfer__sides__account=account))
    count, left = movable.count(), every.exclude(account=account).count() - movable.exclude(account=account).count()
    summary = _("Moved %(what)s to %(account)s") % {"what": _counted(count), "account": called(account)}
    with _writing(household, by, "transaction.moved", summary, movable) as (record, books):
        for day in movable.order_by("-date").values_list("date", flat=True)[:1]:
            check_account(account, day)
        books.open(movable.values_list("pk", flat=True))
        record.change_many(movable, account=account)
    return Outcome(count, left, _("Another currency, reconciled, or a transfer with that account.") if left else "")


def shift_transactions(*, household: Household, by: User | None, rows: Rows, days: int) -> Outcome:
    """All dates by so many days; the reconciled stay where they are."""
    if not days or abs(days) > 3660:
        raise Refused(_("Write by how many days, up to ten years either way."))
    every = _pinned(rows)
    movable = _pinned(every.exclude(status=Transaction.Status.RECONCILED))
    count, left = movable.count(), every.count() - movable.count()
    words = {"what": _counted(count), "days": f"{days:+d}"}
    summary = _("Moved the dates of %(what)s by %(days)s days") % words
    with _writing(household, by, "transaction.shifted", summary, movable) as (record, books):
        books.open(movable.values_list("pk", flat=True))
        change = timedelta(days=days)
        record.change_each((row, {"date": row.date + change}) for row in movable.select_for_update(of=("self",)))
    return Outcome(count, left, _("Reconciled transactions keep their dates.") if left else "")


def mark_transactions(*, household: Household, by: User | None, rows: Rows, status: str) -> Outcome:
    """Pending or cleared; reconciled is what statements make of them."""
    if status not in (Transaction.Status.PENDING, Transaction.Status.CLEARED):
        raise Refused(_("Transactions are reconciled with a statement."))
    every = _pinned(rows)
    open_ones = _pinned(every.exclude(status=Transaction.Status.RECONCILED))
    count, left = open_ones.count(), every.count() - open_ones.count()
    words = {"what": _counted(count), "status": Transaction.Status(status).label}
    summary = _("Marked %(what)s: %(status)s") % words
    with _writing(household, by, "transaction.marked", summary, open_ones, settles=False) as (record, books):
        books.open(open_ones.values_list("pk", flat=True))
        record.change_many(open_ones, status=status)
    return Outcome(count, left, _("Reconciled transactions stay reconciled.") if left else "")


def trash_transactions(*, household: Household, by: User | None, rows: Rows) -> Outcome:
    """To the trash, transfers with both sides; the reconciled stay."""
    every = _pinned(rows)
    with whole_household():  # the other side may stand where another member keeps it private
        gone = _free_with_sides(every)
    count, left = gone.count(), every.exclude(OneOf("pk", list(gone.values_list("pk", flat=True)))).count()
    summary = _("Deleted %(what)s") % {"what": _counted(count)}
    with _writing(household, by, "transaction.deleted", summary, gone) as (record, books):
        trash(record, books, gone)
    return Outcome(count, left, _("Reconciled transactions cannot be deleted.") if left else "")


def _free_with_sides(every: Rows) -> Rows:
    """These and the other sides of the transfers among them, but for transfers of which a side is reconciled."""
    sides = Transaction.objects.filter(
        Q(pk__in=every) | Q(transfer__in=every.exclude(transfer=None).values("transfer"))
    )
    stuck = sides.filter(status=Transaction.Status.RECONCILED)
    free = sides.exclude(status=Transaction.Status.RECONCILED)
    return _pinned(free.exclude(transfer__in=stuck.exclude(transfer=None).values("transfer")))
