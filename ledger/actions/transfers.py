"""Every write to transfers: money that moves between two accounts and is neither earned nor spent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.history.editing import locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.money.text import format_money
from ledger.actions.lines import Part, set_lines
from ledger.actions.tags import set_tags_named
from ledger.actions.transactions import NewTransaction, check_account, claim, count_edit, insert
from ledger.actions.writing import writing
from ledger.models import Account, RefundLink, Tag, Transaction, Transfer
from ledger.papers import Paper


def called(account: Account) -> str:
    """The account as it is told to everybody: what somebody keeps private is not named."""
    return _("a private account") if account.private_to_id else f"“{account}”"


def add_transfer(
    *,
    household: Household,
    by: User | None,
    source: Account,
    target: Account,
    amount: int,
    on: date,
    received: int | None = None,
    tags: Sequence[Tag | str] = (),
    papers: Sequence[Paper] = (),
    origin: str = Transaction.Source.TYPED,
    **values: Any,
) -> tuple[Transaction, Transaction]:
    """`amount` out of one account and `received` into the other; both positive, and the same in one currency."""
    received = what_arrives(source, target, amount, received)
    what = {
        "money": format_money(amount, source.currency, household.locale),
        "out": called(source),
        "in": called(target),
    }
    summary = _("Moved %(money)s from %(out)s to %(in)s") % what
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.added", "summary": summary}
    number = values.get("form_number")
    with writing(**frame, accounts=[source, target]) as (record, books):
        if number and (known := Transaction.objects.filter(form_number=number).first()):
            return _both_sides(known)
        transfer = Transfer(household=household)
        record.add(transfer)
        values["source"] = origin
        said: dict[str, Any] = {"date": on, "transfer": transfer, "tags": tags}
        sent = NewTransaction(**said, account=source, amount=-amount, values=values, papers=papers)
        arrived = NewTransaction(**said, account=target, amount=received, values={**values, "form_number": None})
        out, into = insert(record, household, by, [sent, arrived])
        books.note_new([out.pk, into.pk])
    return out, into


def _both_sides(known: Transaction) -> tuple[Transaction, Transaction]:
    other = known.trashed_with().first()
    if other is None:
        raise Refused(_("This was saved already, and not as a transfer."))
    return (known, other) if known.amount < 0 else (other, known)


def what_arrives(source: Account, target: Account, amount: int, received: int | None) -> int:
    if source.pk == target.pk:
        raise ValidationError({"target": _("A transfer goes from one account to another.")})
    if amount <= 0:
        raise ValidationError({"amount": _("Write how much was moved, above zero.")})
    if source.currency == target.currency:
        if received not in (None, amount):
            raise ValidationError({"received": _("In one currency as much arrives as was sent.")})
        return amount
    if received is None or received <= 0:
        words = _("Write how much arrived in %(currency)s.")
        raise ValidationError({"received": words % {"currency": target.currency}})
    return received


def pair_transfer(*, out: Transaction, into: Transaction, by: User | None) -> Transfer:
    """Two transactions that are one movement become a transfer; their categories go."""
    household = out.household
    what = {
        "money": format_money(into.amount, into.currency, household.locale),
        "out": called(out.account),
        "in": called(into.account),
    }
    summary = _("Linked %(money)s from %(out)s to %(in)s as a transfer") % what
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.paired", "summary": summary}
    with writing(**frame, accounts=[out.account, into.account]) as (record, books):
        return pair(record, books, household, out, into)


def pair(record: Recording, books: Any, household: Household, out: Transaction, into: Transaction) -> Transfer:
    """Make the two one transfer; within an open write."""
    books.open([out.pk, into.pk])
    out, into = locked(out), locked(into)
    _refuse_to_pair(out, into)
    transfer = Transfer(household=household)
    record.add(transfer)
    for side in (out, into):
        _join(record, side, transfer)
    return transfer


def _join(record: Recording, side: Transaction, transfer: Transfer) -> None:
    """Make it one side of the transfer, without parts and categories; no money is owed back for that."""
    for link in RefundLink.objects.filter(line__transaction=side):
        record.remove(link)
    for link in RefundLink.objects.filter(refund=side):
        record.change(link, refund=None)
    record.change(side, transfer=transfer)
    set_lines(record, side, [Part(side.amount)])


def _refuse_to_join(*sides: Transaction) -> None:
    if any(side.trashed_at for side in sides):
        raise Refused(_("What is in the trash is no part of a transfer."))
    if any(side.transfer_id for side in sides):
        raise Refused(_("This is part of a transfer already."))


def may_be_paired(out: Transaction, into: Transaction) -> bool:
    """Whether the two can be one transfer at all."""
    try:
        _refuse_to_pair(out, into)
    except Refused:
        return False
    return True


def _refuse_to_pair(out: Transaction, into: Transaction) -> None:
    _refuse_to_join(out, into)
    if out.account_id == into.account_id:
        raise Refused(_("A transfer goes from one account to another."))
    if out.amount >= 0 or into.amount <= 0:
        raise Refused(_("Money goes out of one account and into the other."))
    if out.currency == into.currency and out.amount + into.amount:
        raise Refused(_("In one currency as much arrives as was sent."))


def change_transfer(
    *,
    transaction: Transaction,
    by: User | None,
    edit_version: int,
    source: Account,
    target: Account,
    amount: int,
    received: int | None = None,
    **said: Any,
) -> Transaction:
    """New values for a transfer, said of one of its sides; day, notes and tags that both sides share stay shared."""
    received = what_arrives(source, target, amount, received)
    household = transaction.household
    money = format_money(abs(transaction.amount), transaction.currency, household.locale)
    summary = _("Changed the transfer of %(money)s") % {"money": money}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.changed", "summary": summary}
    with writing(**frame, accounts=[transaction.account, source, target]) as (record, books):
        transaction = claim(transaction, edit_version)
        other = transaction.trashed_with().select_for_update(of=("self",)).first()
        if other is None:
            raise Refused(_("This is no transfer."))
        books.open([transaction.pk, other.pk])
        shared = {name: said[name] for name in _shared(transaction, other) if name in said}
        out, into = (transaction, other) if transaction.amount < 0 else (other, transaction)
        for side, account, size in ((out, source, -amount), (into, target, received)):
            _set_side(record, side, account, size, said if side is transaction else shared)
        count_edit(record, transaction, edit_version)
    return transaction


def _shared(one: Transaction, other: Transaction) -> list[str]:
    alike = [name for name in ("date", "notes") if getattr(one, name) == getattr(other, name)]
    tags = [set(side.taggings.values_list("tag", flat=True)) for side in (one, other)]
    return [*alike, "tags"] if tags[0] == tags[1] else alike


def _set_side(record: Recording, side: Transaction, account: Account, amount: int, said: dict[str, Any]) -> None:
    """Write new values onto one side of a transfer; within an open write."""
    if account.pk != side.account_id:
        check_account(account, said.get("date", side.date))
    fields = {name: value for name, value in said.items() if name != "tags"}
    record.change(side, account=account, currency=account.currency, amount=amount, **fields)
    set_lines(record, side, [Part(amount, None, side.lines.get().memo)])
    if "tags" in said:
        set_tags_named(record, side, said["tags"])


def part_transfer(*, transaction: Transaction, by: User | None) -> None:
    """The two sides of a transfer become a spending and an income again, both without a category."""
    household = transaction.household
    money = format_money(abs(transaction.amount), transaction.currency, household.locale)
    summary = _("Parted the transfer of %(money)s") % {"money": money}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.parted", "summary": summary}
    with writing(**frame, accounts=[transaction.account]) as (record, books):
        transfer = transaction.transfer
        if transfer is None:
            raise Refused(_("This is no transfer."))
        sides = list(transfer.sides.select_for_update(of=("self",)))
        books.open(side.pk for side in sides)
        for side in sides:
            record.change(side, transfer=None)
        record.remove(transfer)


def make_transfer(
    *, transaction: Transaction, other: Account, by: User | None, other_amount: int | None = None
) -> Transfer:
    """A spending or income was a movement to or from another account: its other side is added there."""
    household = transaction.household
    what = {"one": called(transaction.account), "other": called(other)}
    summary = _("Made a transfer between %(one)s and %(other)s") % what
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.made", "summary": summary}
    with writing(**frame, accounts=[transaction.account, other]) as (record, books):
        return make(record, books, by, transaction, other, other_amount)


def make(
    record: Recording, books: Any, by: User | None, transaction: Transaction, other: Account, other_amount: int | None
) -> Transfer:
    """Add the other side in that account and make the two one transfer; within an open write."""
    household = transaction.household
    books.open([transaction.pk])
    transaction = locked(transaction)
    _refuse_to_join(transaction)
    size = what_arrives(transaction.account, other, abs(transaction.amount), other_amount)
    transfer = Transfer(household=household)
    record.add(transfer)
    amount = size if transaction.amount < 0 else -size
    values = {"notes": transaction.notes}
    new = NewTransaction(account=other, date=transaction.date, amount=amount, transfer=transfer, values=values)
    [added] = insert(record, household, by, [new])
    books.note_new([added.pk])
    _join(record, transaction, transfer)
    return transfer
