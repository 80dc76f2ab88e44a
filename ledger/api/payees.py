"""Payees as JSON."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import queries
from ledger.actions.payees import add_payee, add_spelling, change_payee, remove_spelling
from ledger.api.accounts import paged
from ledger.api.later import at_once_or_later
from ledger.models import Category, Payee, PayeeAlias
from ledger.queries.payees import payees as every_payee
from ledger.queries.payees import recent_payees, uses_of
from ledger.schemas.accounts import Paging
from ledger.schemas.filing import (
    Into,
    JobStarted,
    PayeeChange,
    PayeeIn,
    PayeeOut,
    PayeePage,
    PayeeSheetOut,
    Spelling,
    SpellingIn,
)

payees = Router(tags=["payees"])
Words = Annotated[str, Field(max_length=100, description="Letters in the name or in another spelling")]


@payees.get("", response={200: PayeePage, **PROBLEMS}, summary="Payees, those used last first")
def payee_list(request: MemberRequest, paging: Query[Paging], q: Words = "") -> dict[str, Any]:
    return paged(recent_payees(q), paging)


@payees.post("", response={201: PayeeOut, **PROBLEMS}, auth=editor, summary="Add a payee")
def payee_add(request: MemberRequest, sent: PayeeIn) -> Any:
    values = {**sent.model_dump(), "default_category": _category(sent.default_category)}
    return Status(201, add_payee(household=request.household, by=request.user, **values))


@payees.get("/{uuid:uid}", response={200: PayeeSheetOut, **PROBLEMS}, summary="One payee and its other spellings")
def payee_show(request: MemberRequest, uid: uuid.UUID) -> Payee:
    return _payee(uid)


@payees.patch("/{uuid:uid}", response={200: PayeeOut, **PROBLEMS}, auth=editor, summary="Change a payee")
def payee_edit(request: MemberRequest, uid: uuid.UUID, sent: PayeeChange) -> Payee:
    payee, values = _payee(uid), sent.values()
    if "default_category" in values:
        values["default_category"] = _category(values["default_category"])
    return change_payee(payee=payee, by=request.user, **values)


@payees.post(
    "/{uuid:uid}/merge",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Merge a payee into another: its transactions and names follow",
)
def payee_merge(request: MemberRequest, uid: uuid.UUID, sent: Into) -> Any:
    payee, into = _payee(uid), _other(sent.into, "into")
    return at_once_or_later(request, "payee", "merge", payee, into, count=uses_of([payee])[1])


@payees.delete(
    "/{uuid:uid}",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Delete a payee; its transactions go to `move_to`, or name nobody",
)
def payee_delete(request: MemberRequest, uid: uuid.UUID, move_to: uuid.UUID | None = None) -> Any:
    payee = _payee(uid)
    into = _other(move_to, "move_to") if move_to else None
    return at_once_or_later(request, "payee", "delete", payee, into, count=uses_of([payee])[1])


@payees.post("/{uuid:uid}/spellings", response={201: Spelling, **PROBLEMS}, auth=editor, summary="Add a spelling")
def spelling_add(request: MemberRequest, uid: uuid.UUID, sent: SpellingIn) -> Any:
    return Status(201, add_spelling(payee=_payee(uid), by=request.user, name=sent.name))


@payees.delete(
    "/{uuid:uid}/spellings/{uuid:spelling}",
    response={204: None, **PROBLEMS},
    auth=editor,
    summary="Remove a spelling",
)
def spelling_remove(request: MemberRequest, uid: uuid.UUID, spelling: uuid.UUID) -> Any:
    remove_spelling(alias=get_object_or_404(PayeeAlias, uid=spelling, payee=_payee(uid)), by=request.user)
    return Status(204, None)


def _payee(uid: uuid.UUID) -> Payee:
    return get_object_or_404(every_payee(), uid=uid)


def _other(uid: uuid.UUID, field: str) -> Payee:
    """The payee that was sent in a field; one that is not there is said at it."""
    found = every_payee().filter(uid=uid).first()
    if found is None:
        raise ValidationError({field: _("There is no such payee.")})
    return found


def _category(uid: uuid.UUID | None) -> Category | None:
    found = queries.categories().filter(uid=uid).first() if uid else None
    if uid and found is None:
        raise ValidationError({"default_category": _("There is no such category.")})
    return found
