"""Accounts as JSON: what they are, their registers, and what was in them day by day."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import actions, queries
from ledger.models import Account
from ledger.queries.balances import balances_by_day, balances_by_month
from ledger.queries.register import register_page
from ledger.schemas.accounts import (
    AccountChange,
    AccountIn,
    AccountOut,
    AccountPage,
    Balances,
    BalancesAsked,
    Closing,
    Paging,
    RegisterAsked,
    RegisterOut,
)

accounts = Router(tags=["accounts"])


@accounts.get("", response={200: AccountPage, **PROBLEMS}, summary="All accounts, in order, closed ones too")
def account_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    return paged(queries.accounts(), paging)


@accounts.post("", response={201: AccountOut, **PROBLEMS}, auth=editor, summary="Add an account")
def account_add(request: MemberRequest, sent: AccountIn) -> Any:
    with _as_sent():
        values = sent.values(request.user)
        return Status(201, actions.add_account(household=request.household, by=request.user, **values))


@accounts.get("/{uuid:uid}", response={200: AccountOut, **PROBLEMS}, summary="One account")
def account_show(request: MemberRequest, uid: uuid.UUID) -> Account:
    return _account(uid)


@accounts.patch("/{uuid:uid}", response={200: AccountOut, **PROBLEMS}, auth=editor, summary="Change an account")
def account_edit(request: MemberRequest, uid: uuid.UUID, sent: AccountChange) -> Account:
    account = _account(uid)
    with _as_sent():
        return actions.change_account(account=account, by=request.user, **sent.values(request.user))


@accounts.delete("/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Put an account in the trash")
def account_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    actions.delete_account(account=_account(uid), by=request.user)
    return Status(204, None)


@accounts.post("/{uuid:uid}/close", response={200: AccountOut, **PROBLEMS}, auth=editor, summary="Close an account")
def account_close(request: MemberRequest, uid: uuid.UUID, sent: Closing) -> Account:
    actions.close_account(account=_account(uid), by=request.user, on=sent.closed_on, because=sent.because)
    return _account(uid)


@accounts.post("/{uuid:uid}/reopen", response={200: AccountOut, **PROBLEMS}, auth=editor, summary="Open it again")
def account_reopen(request: MemberRequest, uid: uuid.UUID) -> Account:
    actions.reopen_account(account=_account(uid), by=request.user)
    return _account(uid)


@accounts.get(
    "/{uuid:uid}/register",
    response={200: RegisterOut, **PROBLEMS},
    summary="Its transactions, latest first, with the balance after each",
)
def account_register(request: MemberRequest, uid: uuid.UUID, asked: Query[RegisterAsked]) -> dict[str, Any]:
    days = asked.checked()
    found = register_page(_account(uid), first=days.first, last=days.last, after=asked.after, size=asked.limit)
    return {"items": found.rows, "next": found.next}


@accounts.get(
    "/{uuid:uid}/balances", response={200: Balances, **PROBLEMS}, summary="What was in it at the end of days or months"
)
def account_balances(request: MemberRequest, uid: uuid.UUID, asked: Query[BalancesAsked]) -> dict[str, Any]:
    account, days = _account(uid), asked.checked()
    build = balances_by_day if days.by == "day" else balances_by_month
    return {"currency": account.currency, "items": build([account], days.first, days.last)[account.pk]}


def paged(rows: models.QuerySet[Any], paging: Paging) -> dict[str, Any]:
    """A part of a list, and how many there are in all."""
    return {"items": list(rows[paging.offset : paging.offset + paging.limit]), "total": rows.count()}


def _account(uid: uuid.UUID) -> Account:
    return get_object_or_404(queries.accounts().select_related("household", "private_to"), uid=uid)


@contextmanager
def _as_sent() -> Iterator[None]:
    """What an action has against a value is said by the name under which it was sent."""
    names = {"private_to": "private", "chosen_icon": "icon"}
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError({names.get(name, name): said for name, said in error.error_dict.items()}) from error
