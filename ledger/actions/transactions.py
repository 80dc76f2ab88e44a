"""Every write to single transactions, and adding many at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import claimed
from financeflow.history.recording import Recording
from financeflow.history.refusal import EditConflict, Refused
from financeflow.households.models import Household, User
from ledger.actions.attaching import attach
from ledger.actions.categories import category_named
from ledger.actions.converting import set_base
from ledger.actions.lines import Part, check_parts, refunds_of, set_lines
from ledger.actions.payees import payees_named
from ledger.actions.settling import words_of
from ledger.actions.tags import set_tags_named, tags_named
from ledger.actions.telling import added_words, told
from ledger.actions.writing import writing
from ledger.models import Account, Line, Payee, Tag, Transaction, TransactionTag, Transfer
from ledger.papers import Paper
from ledger.queries.rates import rate_table
from ledger.queries.transactions import edits_since, sent_by_forms

Then = Callable[[Recording, Any, Sequence[Transaction | None]], None]


@dataclass(frozen=True, kw_only=True)
class NewTransaction:
    """A transaction as somebody or something says it. A payee may be given by name; no parts means one, unfiled."""

    account: Account
    date: date
    amount: int
    payee: Payee | str | None = None
    parts: Sequence[Part] = ()
    tags: Sequence[Tag | str] = ()
    papers: Sequence[Paper] = ()
    # Any other field of Transaction: description, notes, status, posted_on, source, external_id, form_number …
    values: dict[str, Any] = field(default_factory=dict)
    transfer: Transfer | None = None


def add_transaction(*, household: Household, by: User | None, **said: Any) -> Transaction:
    """One transaction; `said` is what NewTransaction takes. A form sent twice adds once."""
    new = NewTransaction(**said)
    return add_transactions(
        household=household,
        by=by,
        rows=[new],
        summary=added_words(household, new.amount, new.account.currency, new.payee),
    )[0]


def add_transactions(
    *,
    household: Household,
    by: User | None,
    rows: Sequence[NewTransaction],
    summary: str = "",
    then: Then | None = None,
) -> list[Transaction]:
    """Any number of transactions as one change; `then` hears what was added, None for what was there."""
    words = ngettext("Added %(count)s transaction", "Added %(count)s transactions", len(rows)) % {"count": len(rows)}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transaction.added", "summary": summary or words}
    with writing(**frame, accounts=[row.account for row in rows]) as (record, books):
        known = _of_forms(rows)
        added = insert(record, household, by, [row for row in rows if _number(row) not in known])
        books.note_new(each.pk for each in added)
        if then:
            ahead = iter(added)
            then(record, books, [None if _number(row) in known else next(ahead) for row in rows])
    fresh = iter(added)
    return [known.get(_number(row)) or next(fresh) for row in rows]


def _number(row: NewTransaction) -> uuid.UUID | None:
    number: uuid.UUID | None = row.values.get("form_number")
    return number


def _of_forms(rows: Sequence[NewTransaction]) -> dict[uuid.UUID | None, Transaction]:
    """What was added by these forms already: a form sent twice adds once."""
    numbers = [number for row in rows if (number := _number(row))]
    if len(set(numbers)) < len(numbers):
        raise ValidationError({"form_number": _("Two of these are sent by one form.")})
    return {each.form_number: each for each in sent_by_forms(numbers)}


def insert(
    record: Recording, household: Household, by: User | None, rows: Sequence[NewTransaction]
) -> list[Transaction]:
    """Transactions with their lines and tags, complete with what the books work out; within an open write."""
    payees = payees_named(record, household, [row.payee for row in rows if isinstance(row.payee, str)])
    tags = tags_named(record, household, [tag for row in rows for tag in row.tags if isinstance(tag, str)])
    fresh = [_built(household, by, row, payees) for row in rows]
    parts = [list(row.parts) or [Part(row.amount)] for row in rows]
    lines = [_lines(each, some) for each, some in zip(fresh, parts, strict=True)]
    _convert(household, fresh, lines)
    record.add_many(fresh)
    record.add_many([line for some in lines for line in some])
    record.add_many(
        [
            TransactionTag(household=household, transaction=each, tag=tag)
            for each, row in zip(fresh, rows, strict=True)
            for tag in {_tag(tag, tags) for tag in row.tags if tag}
        ]
    )
    for each, row in zip(fresh, rows, strict=True):
        if row.papers:
            attach(record, each, row.papers)
    return fresh


def _tag(tag: Tag | str, named: dict[str, Tag]) -> Tag:
    return named[tag.strip()] if isinstance(tag, str) else tag


def _built(household: Household, by: User | None, row: NewTransaction, payees: dict[str, Payee]) -> Transaction:
    check_account(row.account, row.date)
    payee = payees.get(row.payee.strip()) if isinstance(row.payee, str) else row.payee
    each = Transaction(
        household=household,
        account=row.account,
        date=row.date,
        amount=row.amount,
        currency=row.account.currency,
        payee=payee,
        transfer=row.transfer,
        entered_by=by,
        **row.values,
    )
    each.payee_words, each.words = words_of(
        payee.name if payee else None, each.description, each.notes, each.amount, each.currency
    )
    return each


def check_account(account: Account, day: date) -> None:
    """Nothing new goes into what is closed or thrown away."""
    if account.trashed_at:
        raise ValidationError({"account": _("“%(name)s” is in the trash.") % {"name": account}})
    if account.closed_on and day > account.closed_on:
        words = _("“%(name)s” is closed. Reopen it, or choose another account.")
        raise ValidationError({"account": words % {"name": account}})


def _lines(each: Transaction, parts: Sequence[Part]) -> list[Line]:
    check_parts(parts, each.amount)
    return [
        Line(
            household=each.household,
            transaction=each,
            category=part.category,
            amount=part.amount,
            memo=part.memo,
            position=place,
            learned=(part.learned or 0) if part.category else 0,
            account=each.account,
            date=each.date,
            is_transfer=each.transfer is not None,
        )
        for place, part in enumerate(parts)
    ]


def _convert(household: Household, fresh: list[Transaction], lines: list[list[Line]]) -> None:
    base = household.base_currency
    abroad = [each for each in fresh if each.currency != base]
    days = [each.date for each in abroad] or [date.min]
    currencies = {each.currency for each in abroad}
    table = rate_table(base=base, currencies=currencies, first=min(days), last=max(days)) if abroad else None
    for each, some in zip(fresh, lines, strict=True):
        if each.currency != base and table is not None:
            set_base(each, some, base, table)
            continue
        each.base_amount = each.amount
        for line in some:
            line.base_amount = line.amount


def change_transaction(*, transaction: Transaction, by: User | None, edit_version: int, **said: Any) -> Transaction:
    """New values for a transaction, if it still is what the person saw.

    Besides its fields: `parts` (its lines), `category` (of its one line), `tags`; a payee or category also by name.
    """
    household = transaction.household
    what = told(household, transaction.amount, transaction.currency, transaction.payee)
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transaction.changed"}
    summary = _("Changed %(what)s") % {"what": what}
    accounts = [transaction.account, said.get("account", transaction.account)]
    with writing(**frame, summary=summary, accounts=accounts) as (record, books):
        transaction = claim(transaction, edit_version)
        concerned = Transaction.objects.filter(pk=transaction.pk)
        books.open([transaction.pk, *transaction.trashed_with().values_list("pk", flat=True)])
        books.open(refunds_of(concerned).values_list("refund_id", flat=True))
        apply(record, household, transaction, said)
        count_edit(record, transaction, edit_version)
    return transaction


def claim(transaction: Transaction, edit_version: int) -> Transaction:
    """The transaction, held, if it and its parts still are what the person saw; else EditConflict."""
    try:
        return claimed(transaction, edit_version=edit_version)
    except EditConflict as conflict:
        current: Any = conflict.row
        raise EditConflict(current, edits_since(current, edit_version)) from conflict


def count_edit(record: Recording, transaction: Transaction, seen: int) -> None:
    """A change of parts or tags alone is an edit too: whoever has the transaction open must hear of it."""
    if record.touched and transaction.edit_version == seen:
        transaction.edit_version += 1
        transaction.save(update_fields=["edit_version"])


def apply(record: Recording, household: Household, transaction: Transaction, said: dict[str, Any]) -> None:
    """Write new values onto one transaction and its lines; within an open write."""
    said = dict(said)
    parts, category, tags = said.pop("parts", None), said.pop("category", ...), said.pop("tags", None)
    if isinstance(said.get("payee"), str):
        said["payee"] = payees_named(record, household, [said["payee"]]).get(said["payee"].strip())
    if isinstance(category, str):
        category = category_named(record, household, category, amount=said.get("amount", transaction.amount))
    if account := said.get("account"):
        _move_to(transaction, account, said)
    record.change(transaction, **said)
    _refile(record, transaction, parts, category)
    if tags is not None:
        set_tags_named(record, transaction, tags)
    _mirror(record, transaction)


def _move_to(transaction: Transaction, account: Account, said: dict[str, Any]) -> None:
    if account.pk != transaction.account_id:
        check_account(account, said.get("date", transaction.date))
        said["currency"] = account.currency


def _refile(record: Recording, transaction: Transaction, parts: Sequence[Part] | None, category: Any) -> None:
    """The lines as said; where only the amount or the category is said, the one line follows."""
    lines = list(transaction.lines.order_by("position", "pk"))
    if parts is None and len(lines) == 1:
        filed = lines[0].category if category is ... else category
        parts = [Part(transaction.amount, filed, lines[0].memo, None if category is ... else 0)]
    if transaction.transfer_id and parts and (len(parts) > 1 or parts[0].category):
        raise Refused(_("A transfer has no category and no parts."))
    if parts is not None:
        set_lines(record, transaction, parts)
    elif category is not ... or sum(line.amount for line in lines) != transaction.amount:
        raise Refused(_("This is split into parts. Change the parts instead."))


def _mirror(record: Recording, transaction: Transaction) -> None:
    """The other side of a transfer in the same currency moves the same amount the other way."""
    other = transaction.trashed_with().select_related("account").first()
    if other is None:
        return
    if other.account_id == transaction.account_id:
        raise ValidationError({"account": _("A transfer goes from one account to another.")})
    if other.currency == transaction.currency and other.amount != -transaction.amount:
        record.change(other, amount=-transaction.amount)
        set_lines(record, other, [Part(other.amount)])
    if other.amount * transaction.amount > 0:
        raise ValidationError({"amount": _("Money goes out of one account and into the other.")})


def trash_transaction(*, transaction: Transaction, by: User | None) -> None:
    """To the trash for thirty days; a transfer goes with both its sides."""
    household = transaction.household
    what = told(household, transaction.amount, transaction.currency, transaction.payee)
    summary = _("Deleted %(what)s") % {"what": what}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transaction.deleted", "summary": summary}
    with writing(**frame, accounts=[transaction.account]) as (record, books):
        rows = Transaction.objects.filter(
            pk__in=[transaction.pk, *transaction.trashed_with().values_list("pk", flat=True)]
        )
        trash(record, books, rows)


def trash(record: Recording, books: Any, rows: Any) -> int:
    """These transactions to the trash, but for the reconciled; within an open write."""
    if rows.filter(status=Transaction.Status.RECONCILED).exists():
        raise Refused(_("A reconciled transaction cannot be deleted. Unlock it first."))
    books.open(rows.values_list("pk", flat=True))
    changed: int = record.change_many(rows, trashed_at=timezone.now())
    return changed
