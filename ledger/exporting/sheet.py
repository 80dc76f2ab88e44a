"""The lines and columns of an exported list, read some thousand rows at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import Account, Category, Line, Payee, Transaction, TransactionTag
from ledger.models.many import OneOf
from ledger.queries.listing import Listing

AT_ONCE = 2000
COLUMNS: Final = (
    _("Date"),
    _("Posted"),
    _("Account"),
    _("Payee"),
    _("Bank’s words"),
    _("Category"),
    _("Memo"),
    _("Amount"),
    _("Currency"),
    _("Amount in %(base)s"),
    _("Tags"),
    _("Notes"),
    _("Status"),
    _("Transfer account"),
    _("Id"),
)


class SheetLine(NamedTuple):
    """One part of a transaction, with what is said of the whole; amounts in minor units."""

    day: date
    posted_on: date | None
    account: str
    payee: str
    description: str
    category: str
    memo: str
    amount: int
    currency: str
    base_amount: int | None
    tags: str
    notes: str
    status: str
    transfer_account: str
    uid: UUID


class _Row(NamedTuple):
    pk: int
    uid: UUID
    day: date
    posted_on: date | None
    account_id: int
    payee_id: int | None
    description: str
    currency: str
    notes: str
    status: str
    transfer_id: int | None


_FIELDS = (
    "pk",
    "uid",
    "date",
    "posted_on",
    "account_id",
    "payee_id",
    "description",
    "currency",
    "notes",
    "status",
    "transfer_id",
)


def sheet_lines(listing: Listing) -> Iterator[SheetLine]:
    """What is listed, latest first, part by part; of a split only what was asked for."""
    names = _Names()
    for rows in _rows(listing):
        yield from _lines(rows, listing, names)


def _rows(listing: Listing) -> Iterator[list[_Row]]:
    ordered = listing.rows().order_by("-date", "-pk")
    after = Q()
    while some := [_Row(*row) for row in ordered.filter(after).values_list(*_FIELDS)[:AT_ONCE]]:
        yield some
        last = some[-1]
        after = Q(date__lte=last.day) & (Q(date__lt=last.day) | Q(pk__lt=last.pk))


@dataclass
class _Names:
    """Names by key, each asked for once."""

    accounts: dict[int, str] = field(default_factory=lambda: dict(Account.objects.values_list("pk", "name")))
    categories: dict[int, str] = field(default_factory=lambda: _category_paths())
    payees: dict[int, str] = field(default_factory=dict)

    def learn_payees(self, rows: Sequence[_Row]) -> None:
        unknown = {row.payee_id for row in rows if row.payee_id} - self.payees.keys()
        if unknown:
            self.payees.update(Payee.objects.filter(OneOf("pk", unknown)).values_list("pk", "name"))


def _category_paths() -> dict[int, str]:
    rows = Category.objects.values_list("pk", "name", "parent__name")
    return {key: f"{group}: {name}" if group else name for key, name, group in rows}


def _lines(rows: list[_Row], listing: Listing, names: _Names) -> Iterator[SheetLine]:
    names.learn_payees(rows)
    keys = [row.pk for row in rows]
    parts = _parts(keys, listing)
    tags = _tags(keys)
    others = _other_accounts(rows, names)
    for row in rows:
        for category_id, memo, amount, base_amount in parts[row.pk]:
            yield SheetLine(
                day=row.day,
                posted_on=row.posted_on,
                account=names.accounts.get(row.account_id, ""),
                payee=names.payees.get(row.payee_id, "") if row.payee_id else "",
                description=row.description,
                category=names.categories.get(category_id, "") if category_id else "",
                memo=memo,
                amount=amount,
                currency=row.currency,
                base_amount=base_amount,
                tags=", ".join(tags.get(row.pk, ())),
                notes=row.notes,
                status=row.status,
                transfer_account=others.get(row.pk, ""),
                uid=row.uid,
            )


def _parts(keys: list[int], listing: Listing) -> dict[int, list[tuple[Any, ...]]]:
    lines = Line.objects.filter(OneOf("transaction_id", keys), listing.conditions.of_lines(), is_kept=True)
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    columns = ("transaction_id", "category_id", "memo", "amount", "base_amount")
    for key, *part in lines.order_by("transaction_id", "position", "pk").values_list(*columns):
        found[key].append(tuple(part))
    return found


def _tags(keys: list[int]) -> dict[int, list[str]]:
    taggings = TransactionTag.objects.filter(OneOf("transaction_id", keys)).order_by("tag__name")
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in taggings.values_list("transaction_id", "tag__name"):
        found[key].append(name)
    return found


def _other_accounts(rows: list[_Row], names: _Names) -> dict[int, str]:
    """The account on the other side of each transfer; nothing where that is out of sight."""
    moved = {row.transfer_id: row for row in rows if row.transfer_id}
    if not moved:
        return {}
    sides = Transaction.objects.filter(OneOf("transfer_id", [key for key in moved if key]))
    accounts: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    for key, transfer_id, account_id in sides.values_list("pk", "transfer_id", "account_id"):
        accounts[transfer_id].append((key, account_id))
    return {
        row.pk: names.accounts.get(account_id, "")
        for row in rows
        if row.transfer_id
        for key, account_id in accounts[row.transfer_id]
        if key != row.pk
    }
