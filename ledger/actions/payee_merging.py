"""Payees that are one, and payees that go: their transactions go with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import User
from ledger.actions.mentions import follow_in_rules
from ledger.actions.payees import keep_spelling, reword
from ledger.actions.writing import accounts_of, writing
from ledger.models import Payee, PayeeAlias, Transaction
from ledger.models.many import OneOf


def merge_payees(*, payees: Sequence[Payee], into: Payee, by: User | None) -> None:
    """All transactions of these payees are the other's; their names lead to it from then on."""
    gone = [payee for payee in payees if payee.pk != into.pk]
    if not gone:
        raise Refused(_("Choose two payees at least."))
    words = {"names": ", ".join(f"“{payee}”" for payee in gone[:3]), "count": len(gone), "into": into}
    summary = _("Merged %(names)s into the payee “%(into)s”")
    if len(gone) > 3:
        summary = ngettext(
            "Merged %(count)s payee into “%(into)s”", "Merged %(count)s payees into “%(into)s”", len(gone)
        )
    frame: dict[str, Any] = {"household": into.household, "by": by, "verb": "payee.merged", "summary": summary % words}
    accounts = accounts_of(Transaction.objects.filter(payee__in=gone))
    with writing(**frame, accounts=accounts, settles=False) as (record, _books):
        into = _there(into)
        for payee in map(_there, gone):
            _hand_over(record, payee, into)
        reword(into)


def delete_payee(*, payee: Payee, by: User | None, move_to: Payee | None = None) -> None:
    """To the trash, for thirty days; its transactions go to another payee, or name none from then on."""
    if move_to is not None:
        merge_payees(payees=[payee], into=move_to, by=by)
        return
    summary = _("Deleted the payee “%(name)s”") % {"name": payee.name}
    frame: dict[str, Any] = {"household": payee.household, "by": by, "verb": "payee.deleted", "summary": summary}
    with writing(**frame, accounts=accounts_of(payee.transactions.all()), settles=False) as (record, _books):
        payee = _there(payee)
        rows = Transaction.objects.filter(payee=payee)
        keys = list(rows.values_list("pk", flat=True))
        record.change_many(rows, payee=None)
        Transaction.objects.filter(OneOf("pk", keys), payee=None).update(payee_words="")
        record.remove_many(PayeeAlias.objects.filter(payee=payee))
        record.change(payee, trashed_at=timezone.now())


def _hand_over(record: Recording, payee: Payee, into: Payee) -> None:
    record.change_many(Transaction.objects.filter(payee=payee), payee=into)
    for alias in PayeeAlias.objects.filter(payee=payee):
        if alias.key == into.key:
            record.remove(alias)
        else:
            record.change(alias, payee=into)
    if into.default_category_id is None and payee.default_category_id:
        record.change(into, default_category=payee.default_category)
    follow_in_rules(record, payee, into)
    record.change(payee, trashed_at=timezone.now())
    if payee.key != into.key:
        keep_spelling(record, into, payee.name)


def _there(payee: Payee) -> Payee:
    payee = locked(payee)
    if payee.trashed_at:
        raise Refused(_("“%(name)s” is in the trash already.") % {"name": payee})
    return payee
