"""Writes that give a transaction another shape: split into parts and joined again, turned round, done once more."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import locked
from financeflow.history.refusal import Refused
from financeflow.households.models import User
from ledger.actions.lines import Part, refunds_of
from ledger.actions.telling import told
from ledger.actions.transactions import add_transaction, apply, claim, count_edit
from ledger.actions.transfers import add_transfer
from ledger.actions.writing import writing
from ledger.models import RefundLink, Transaction


def split_transaction(
    *,
    transaction: Transaction,
    by: User | None,
    edit_version: int,
    parts: Sequence[Part],
    amount: int | None = None,
) -> Transaction:
    """What it was for, in parts that add up to its amount; with an `amount`, to that new one. One part joins it."""
    household = transaction.household
    what = told(household, transaction.amount, transaction.currency, transaction.payee)
    split = ngettext("Split %(what)s into %(count)s part", "Split %(what)s into %(count)s parts", len(parts))
    summary = split if len(parts) > 1 else _("Joined the parts of %(what)s")
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transaction.split"}
    said = {"parts": parts} if amount is None else {"parts": parts, "amount": amount}
    words = summary % {"what": what, "count": len(parts)}
    with writing(**frame, summary=words, accounts=[transaction.account]) as (record, books):
        transaction = claim(transaction, edit_version)
        if transaction.transfer_id:
            raise Refused(_("A transfer has no parts."))
        books.open([transaction.pk])
        books.open(refunds_of(Transaction.objects.filter(pk=transaction.pk)).values_list("refund_id", flat=True))
        apply(record, household, transaction, said)
        count_edit(record, transaction, edit_version)
    return transaction


def turn_transaction(*, transaction: Transaction, by: User | None) -> None:
    """Money out becomes money in, or the other way round, with all its parts."""
    household = transaction.household
    what = {"what": told(household, transaction.amount, transaction.currency, transaction.payee)}
    summary = (_("Made %(what)s money in") if transaction.amount < 0 else _("Made %(what)s money out")) % what
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transaction.turned", "summary": summary}
    with writing(**frame, accounts=[transaction.account]) as (record, books):
        transaction = locked(transaction)
        _refuse_to_turn(transaction)
        books.open([transaction.pk])
        original = transaction.original_amount
        record.change(transaction, amount=-transaction.amount, original_amount=None if original is None else -original)
        for line in transaction.lines.all():
            record.change(line, amount=-line.amount)


def _refuse_to_turn(transaction: Transaction) -> None:
    if transaction.transfer_id:
        raise Refused(_("A transfer goes both ways already. Part it first."))
    if not transaction.amount:
        raise Refused(_("Nothing cannot be turned round."))
    if RefundLink.objects.filter(Q(line__transaction=transaction) | Q(refund=transaction)).exists():
        raise Refused(_("Money is owed back for this, or this is money back. Undo that first."))


def duplicate_transaction(*, transaction: Transaction, by: User | None, on: date) -> Transaction:
    """The same once more, on another day: parts, tags and notes too, but nothing a bank said."""
    if transaction.transfer_id:
        return _duplicate_transfer(transaction, by, on)
    parts = [Part(line.amount, line.category, line.memo) for line in transaction.lines.select_related("category")]
    return add_transaction(
        household=transaction.household,
        by=by,
        account=transaction.account,
        date=on,
        amount=transaction.amount,
        payee=transaction.payee,
        parts=parts,
        tags=[tagging.tag for tagging in transaction.taggings.select_related("tag")],
        values={"notes": transaction.notes, "form_number": uuid.uuid4()},
    )


def _duplicate_transfer(transaction: Transaction, by: User | None, on: date) -> Transaction:
    other = transaction.trashed_with().select_related("account").first()
    if other is None:
        raise Refused(_("The other side of this transfer is in an account that somebody keeps private."))
    out, into = (transaction, other) if transaction.amount < 0 else (other, transaction)
    sides = add_transfer(
        household=transaction.household,
        by=by,
        source=out.account,
        target=into.account,
        amount=-out.amount,
        received=into.amount,
        on=on,
        notes=transaction.notes,
    )
    return sides[0] if out is transaction else sides[1]
