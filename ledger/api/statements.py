"""Statements as JSON: opened, ticked, locked and unlocked."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import queries
from ledger.actions import reconciling as actions
from ledger.models import Statement, Transaction
from ledger.queries import reconciling
from ledger.queries.gaps import proposals
from ledger.schemas.reconciling import (
    Gaps,
    Lock,
    StatementIn,
    StatementPage,
    StatementsAsked,
    StatementShown,
    Ticks,
)

statements = Router(tags=["statements"])


@statements.get("", response={200: StatementPage, **PROBLEMS}, summary="Statements, latest first")
def statement_list(request: MemberRequest, asked: Query[StatementsAsked]) -> dict[str, Any]:
    rows = reconciling.statements()
    if asked.account:
        rows = rows.filter(account=get_object_or_404(queries.accounts(), uid=asked.account))
    return {"items": list(rows[asked.offset : asked.offset + asked.limit]), "total": rows.count()}


@statements.post("", response={201: StatementShown, **PROBLEMS}, auth=editor, summary="Begin to reconcile")
def statement_add(request: MemberRequest, sent: StatementIn) -> Any:
    account = get_object_or_404(queries.accounts().select_related("household"), uid=sent.account)
    added = actions.add_statement(account=account, by=request.user, on=sent.on, balance=sent.balance)
    return Status(201, _shown(_statement(added.uid)))


@statements.get("/{uuid:uid}", response={200: StatementShown, **PROBLEMS}, summary="One statement and what it comes to")
def statement_show(request: MemberRequest, uid: uuid.UUID) -> Statement:
    return _shown(_statement(uid))


@statements.delete("/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Delete an open statement")
def statement_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    actions.delete_statement(statement=_statement(uid), by=request.user)
    return Status(204, None)


@statements.post(
    "/{uuid:uid}/ticks", response={200: StatementShown, **PROBLEMS}, auth=editor, summary="Tick and untick rows"
)
def statement_tick(request: MemberRequest, uid: uuid.UUID, sent: Ticks) -> Statement:
    statement = _statement(uid)
    rows = Transaction.objects.filter(account=statement.account)
    ticked, unticked = rows.filter(uid__in=sent.tick), rows.filter(uid__in=sent.untick)
    actions.set_ticks(statement=statement, tick=ticked, untick=unticked)
    return _shown(statement)


@statements.get(
    "/{uuid:uid}/gaps", response={200: Gaps, **PROBLEMS}, summary="What may explain the difference, likeliest first"
)
def statement_gaps(request: MemberRequest, uid: uuid.UUID) -> dict[str, Any]:
    found = reconciling.reckoning(_statement(uid))
    return {"difference": found.difference, "items": proposals(found)}


@statements.post(
    "/{uuid:uid}/lock", response={200: StatementShown, **PROBLEMS}, auth=editor, summary="Lock it, if nothing is left"
)
def statement_lock(request: MemberRequest, uid: uuid.UUID, sent: Lock) -> Statement:
    actions.lock_statement(statement=_statement(uid), by=request.user, correction=sent.correction)
    return _shown(_statement(uid))


@statements.post("/{uuid:uid}/unlock", response={200: StatementShown, **PROBLEMS}, auth=editor, summary="Unlock it")
def statement_unlock(request: MemberRequest, uid: uuid.UUID) -> Statement:
    actions.unlock_statement(statement=_statement(uid), by=request.user)
    return _shown(_statement(uid))


def _statement(uid: uuid.UUID) -> Statement:
    return get_object_or_404(reconciling.statements().select_related("account__household", "household"), uid=uid)


def _shown(statement: Statement) -> Statement:
    """With what it comes to."""
    found = reconciling.reckoning(statement)
    shown: Any = statement
    shown.before, shown.ticked, shown.rows, shown.difference = found.before, found.ticked, found.count, found.difference
    return statement
