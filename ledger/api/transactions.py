"""Transactions and transfers as JSON."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import actions
from ledger.actions.rules import add_by_rules
from ledger.api.papers import papers
from ledger.api.reading import Shelf, account_said, confirmed_parts, is_learned, joined, new_rows, values_said
from ledger.calc.terms import read_search
from ledger.models import Transaction
from ledger.queries.listing import Listing, listing
from ledger.queries.transactions import transactions as kept_transactions
from ledger.schemas.transactions import (
    Asked,
    ManyIn,
    ManyOut,
    TallyOut,
    TransactionChange,
    TransactionIn,
    TransactionOut,
    TransactionPage,
    TransferIn,
    TransferMade,
    TransferOut,
)

transactions = Router(tags=["transactions"])
transactions.add_router("", papers)
Both = dict[str, Transaction]


@transactions.get("", response={200: TransactionPage, **PROBLEMS}, summary="Transactions that a search finds")
def transaction_list(request: MemberRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Latest first, a page at a time; `next` leads on."""
    found = _listing(request, asked)
    page = found.page(asked.after or None, asked.limit)
    return {"items": page.rows, "next": page.next, "problems": list(found.problems)}


@transactions.get("/tally", response={200: TallyOut, **PROBLEMS}, summary="Sums of all that a search finds")
def transaction_tally(request: MemberRequest, asked: Query[Asked]) -> Any:
    return _listing(request, asked).tally()


def _listing(request: MemberRequest, asked: Asked) -> Listing:
    today = today_in(request.household.time_zone)
    search = read_search(asked.q, today=today, locale=request.household.locale)
    return listing(request.household, search, months=asked.months)


@transactions.post("", response={201: TransactionOut, **PROBLEMS}, auth=editor, summary="Add money out or in")
def transaction_add(request: MemberRequest, sent: TransactionIn) -> Any:
    """Rules fill in what is left open."""
    [new] = new_rows([sent], Shelf.of_household())
    [added] = add_by_rules(household=request.household, by=request.user, rows=[new])
    return Status(201, _one(added))


@transactions.post("/bulk", response={201: ManyOut, **PROBLEMS}, auth=editor, summary="Add up to 1,000 as one change")
def transaction_add_many(request: MemberRequest, sent: ManyIn) -> Any:
    """All of them or none; undone together. Rules fill in what is left open."""
    rows = new_rows(sent.items, Shelf.of_household())
    added = add_by_rules(household=request.household, by=request.user, rows=rows)
    return Status(201, {"items": [each.uid for each in added], "total": len(added)})


@transactions.post("/transfers", response={201: TransferOut, **PROBLEMS}, auth=editor, summary="Add a transfer")
def transfer_add(request: MemberRequest, sent: TransferIn) -> Any:
    shelf = Shelf.of_household()
    said = sent.model_dump(exclude={"account", "to_account", "date"})
    accounts: dict[str, Any] = {
        "source": account_said(shelf, sent.account),
        "target": account_said(shelf, sent.to_account, field="to_account"),
    }
    frame: dict[str, Any] = {"household": request.household, "by": request.user, "origin": Transaction.Source.API}
    out, into = actions.add_transfer(**frame, on=sent.date, **accounts, **said)
    return Status(201, {"out": _one(out), "into": _one(into)})


@transactions.get("/{uuid:uid}", response={200: TransactionOut, **PROBLEMS}, summary="One transaction")
def transaction_show(request: MemberRequest, uid: uuid.UUID) -> Transaction:
    return _found(uid)


@transactions.patch(
    "/{uuid:uid}", response={200: TransactionOut, **PROBLEMS}, auth=editor, summary="Change a transaction"
)
def transaction_edit(request: MemberRequest, uid: uuid.UUID, sent: TransactionChange) -> Transaction:
    """Of a transfer in one currency, the amount of the other side follows."""
    found = _found(uid)
    said = values_said(sent, found, Shelf.of_household())
    return _one(actions.change_transaction(transaction=found, by=request.user, **said))


@transactions.delete(
    "/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Put a transaction in the trash"
)
def transaction_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    """A transfer goes with both its sides."""
    actions.trash_transaction(transaction=_found(uid), by=request.user)
    return Status(204, None)


@transactions.post(
    "/{uuid:uid}/confirm", response={200: TransactionOut, **PROBLEMS}, auth=editor, summary="Say that it is filed right"
)
def transaction_confirm(request: MemberRequest, uid: uuid.UUID) -> Transaction:
    """What was filed by itself is a person's own from now on, and is learned from."""
    found = _found(uid)
    if not is_learned(found):
        return found
    said: dict[str, Any] = {"edit_version": found.edit_version, "parts": confirmed_parts(found, found.amount)}
    return _one(actions.change_transaction(transaction=found, by=request.user, **said))


@transactions.post(
    "/{uuid:uid}/transfer", response={201: TransferOut, **PROBLEMS}, auth=editor, summary="Make it a transfer"
)
def transfer_make(request: MemberRequest, uid: uuid.UUID, sent: TransferMade) -> Any:
    """Its other side is added in the other account."""
    found = _found(uid)
    other = account_said(Shelf.of_household(), sent.to_account, field="to_account")
    actions.make_transfer(transaction=found, other=other, by=request.user, other_amount=sent.received)
    return Status(201, _both(_found(uid)))


@transactions.delete(
    "/{uuid:uid}/transfer", response={204: None, **PROBLEMS}, auth=editor, summary="Part a transfer in two"
)
def transfer_part(request: MemberRequest, uid: uuid.UUID) -> Any:
    """Both sides stay, as money out and money in without a category."""
    actions.part_transfer(transaction=_found(uid), by=request.user)
    return Status(204, None)


def _found(uid: uuid.UUID) -> Transaction:
    found = joined(kept_transactions().filter(uid=uid))
    if not found:
        raise Http404
    return found[0]


def _one(row: Transaction) -> Transaction:
    """The row with all that is told of it."""
    return joined(Transaction.objects.filter(pk=row.pk))[0]


def _both(row: Any) -> Both:
    other = _one(row.other_side)
    return {"out": row, "into": other} if row.amount < 0 else {"out": other, "into": row}
