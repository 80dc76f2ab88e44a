"""The ledger's JSON face."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import actions, queries
from ledger.models import Account
from ledger.schemas import AccountChange, AccountIn, AccountOut, AccountPage, CategoryPage, Paging

accounts = Router(tags=["accounts"])
categories = Router(tags=["categories"])


@accounts.get("", response={200: AccountPage, **PROBLEMS}, summary="All accounts, in order, closed ones too")
def account_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    return _paged(queries.accounts(), paging)


@accounts.post("", response={201: AccountOut, **PROBLEMS}, auth=editor, summary="Add an account")
def account_add(request: MemberRequest, sent: AccountIn) -> Any:
    return Status(201, actions.add_account(household=request.household, by=request.user, **sent.model_dump()))


@accounts.get("/{uuid:uid}", response={200: AccountOut, **PROBLEMS}, summary="One account")
def account_show(request: MemberRequest, uid: uuid.UUID) -> Account:
    return get_object_or_404(queries.accounts(), uid=uid)


@accounts.patch("/{uuid:uid}", response={200: AccountOut, **PROBLEMS}, auth=editor, summary="Change an account")
def account_edit(request: MemberRequest, uid: uuid.UUID, sent: AccountChange) -> Account:
    account = get_object_or_404(queries.accounts(), uid=uid)
    return actions.change_account(account=account, by=request.user, **sent.values())


@accounts.delete("/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Put an account in the trash")
def account_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    actions.delete_account(account=get_object_or_404(queries.accounts(), uid=uid), by=request.user)
    return Status(204, None)


@categories.get("", response={200: CategoryPage, **PROBLEMS}, summary="All categories and their groups, in order")
def category_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    return _paged(queries.categories(), paging)


def _paged(rows: models.QuerySet[Any], paging: Paging) -> dict[str, Any]:
    return {"items": list(rows[paging.offset : paging.offset + paging.limit]), "total": rows.count()}
