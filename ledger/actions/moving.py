"""Adding many transfers as one change, by set-based SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from financeflow.households.models import Household, User
from ledger.actions.transactions import NewTransaction, insert
from ledger.actions.transfers import what_arrives
from ledger.actions.writing import writing
from ledger.models import Account, Transfer


@dataclass(frozen=True, kw_only=True)
class NewTransfer:
    """Money to be moved: `amount` out of one account, `received` into the other, both positive."""

    source: Account
    target: Account
    amount: int
    on: date
    received: int | None = None
    values: dict[str, Any] = field(default_factory=dict)


def add_transfers(*, household: Household, by: User | None, rows: Sequence[NewTransfer]) -> list[Transfer]:
    """Any number of transfers, each with its two sides."""
    summary = ngettext("Added %(count)s transfer", "Added %(count)s transfers", len(rows)) % {"count": len(rows)}
    accounts = {account for row in rows for account in (row.source, row.target)}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.added", "summary": summary}
    with writing(**frame, accounts=accounts) as (record, books):
        transfers = [Transfer(household=household) for _row in rows]
        record.add_many(transfers)
        sides = [side for row, transfer in zip(rows, transfers, strict=True) for side in _sides(row, transfer)]
        books.note_new(each.pk for each in insert(record, household, by, sides))
    return transfers


def _sides(row: NewTransfer, transfer: Transfer) -> tuple[NewTransaction, NewTransaction]:
    received = what_arrives(row.source, row.target, row.amount, row.received)
    said: dict[str, Any] = {"date": row.on, "transfer": transfer, "values": row.values}
    return (
        NewTransaction(**said, account=row.source, amount=-row.amount),
        NewTransaction(**said, account=row.target, amount=received),
    )
