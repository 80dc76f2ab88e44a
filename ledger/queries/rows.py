"""Rows as pages list them: only what a page shows of each, read by questions whose SQL is written once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from financeflow.tenancy.prepared import Prepared
from ledger.models import Attachment, Line, RefundLink, Transaction, TransactionTag
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.suggesting import Suggestion


class Named(NamedTuple):
    """An account or a tag, as far as a row shows it."""

    name: str


class Called(NamedTuple):
    """A payee, as far as a row shows it."""

    name: str
    uid: UUID


class Filed(NamedTuple):
    """A category, as far as a row shows it."""

    name: str
    hue: int


@dataclass(slots=True)
class OtherSide:
    """The account that the other side of a transfer stands in."""

    account: Named


@dataclass(slots=True)
class Row:
    """What is read of one transaction; `queries.shown` works out the rest."""

    pk: int
    uid: UUID
    date: date
    amount: int
    currency: str
    status: str
    description: str
    notes: str
    base_amount: int | None
    transfer_id: int | None
    account: Named
    payee: Called | None
    has_papers: bool
    awaits_refund: bool
    is_refund: bool
    parts: list[Filed | None] = field(default_factory=list)
    tagged: list[Named] = field(default_factory=list)
    other_side: OtherSide | None = None
    part: int | None = None
    balance: int = 0
    # How sure it was, in percent, where it was filed by itself; else what it may be for, where somebody asked that.
    learned: int = 0
    guess: Suggestion | None = None
    # What queries.shown works out.
    key: str = ""
    name: str = ""
    has_name: bool = False
    has_long_name: bool = False
    filed: Filed | None = None
    abroad: bool = False
    note: str = ""
    whole_note: str = ""
    marked: bool = False


def noted() -> dict[str, Exists]:
    """What there is to know of a transaction that other tables say."""
    kept = Attachment.objects.filter(transaction=OuterRef("pk"), trashed_at=None)
    awaited = RefundLink.objects.filter(line__transaction=OuterRef("pk"), refund=None, given_up_on=None)
    came_back = RefundLink.objects.filter(refund=OuterRef("pk"))
    return {"has_papers": Exists(kept), "awaits_refund": Exists(awaited), "is_refund": Exists(came_back)}


def _transactions() -> QuerySet[Transaction, Any]:
    plain = ("pk", "uid", "date", "amount", "currency", "status", "description", "notes", "base_amount", "transfer")
    rows = Transaction.objects.filter(OneOf("pk", Keys("keys"))).order_by()
    return rows.annotate(**noted()).values_list(*plain, "account__name", "payee__name", "payee__uid", *noted())


def _lines() -> QuerySet[Line, Any]:
    lines = Line.objects.filter(OneOf("transaction_id", Keys("keys"))).order_by("position", "pk")
    return lines.values_list("transaction", "category__name", "category__hue", "learned")


def _tags() -> QuerySet[TransactionTag, Any]:
    tags = TransactionTag.objects.filter(OneOf("transaction_id", Keys("keys"))).order_by("tag__name")
    return tags.values_list("transaction", "tag__name")


def _sides() -> QuerySet[Transaction, Any]:
    sides = Transaction.objects.filter(OneOf("transfer_id", Keys("keys"))).order_by()
    return sides.values_list("transfer", "amount", "account__name")


TRANSACTIONS, LINES = Prepared(_transactions, OUT_OF_SIGHT), Prepared(_lines, OUT_OF_SIGHT)
TAGS, SIDES = Prepared(_tags, OUT_OF_SIGHT), Prepared(_sides, OUT_OF_SIGHT)


def rows_of(keys: Sequence[int], *, tagged: bool = True) -> list[Row]:
    """These transactions in this order, with all that a list shows of them; a register does without tags."""
    if not keys:
        return []
    found = {pk: _row(pk, *rest) for pk, *rest in TRANSACTIONS.rows(keys=keys)}
    for key, name, hue, learned in LINES.rows(keys=keys):
        if key in found:
            found[key].parts.append(None if name is None else Filed(name, hue))
            found[key].learned = learned
    for key, name in TAGS.rows(keys=keys) if tagged else ():
        if key in found:
            found[key].tagged.append(Named(name))
    _attach_other_sides(found.values())
    return [found[key] for key in keys if key in found]


def is_split(row: Transaction | Row) -> bool:
    return len(row.parts if isinstance(row, Row) else row.lines.all()) > 1


def _row(*values: Any) -> Row:
    *plain, account, payee, uid, has_papers, awaits_refund, is_refund = values
    named = None if payee is None else Called(payee, uid)
    known: list[Any] = [*plain, Named(account), named, has_papers, awaits_refund, is_refund]
    return Row(*known)


def _attach_other_sides(rows: Iterable[Row]) -> None:
    moved = [row for row in rows if row.transfer_id]
    if not moved:
        return
    found = SIDES.rows(keys=[row.transfer_id for row in moved])
    sides = {(transfer, amount > 0): OtherSide(Named(account)) for transfer, amount, account in found}
    for row in moved:
        row.other_side = sides.get((row.transfer_id or 0, row.amount <= 0))
