"""Exchange rates as JSON: the latest of each currency in use, and what the household typed."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.money.values import half_even
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger.actions.rates import add_rate, change_rate, delete_rate
from ledger.calc.conversion import BILLION
from ledger.calc.rate_text import plain_text
from ledger.models import TypedRate
from ledger.queries.rate_sheet import RateLine, rate_lines, typed_rates
from ledger.schemas.accounts import Paging
from ledger.schemas.rates import LatestRates, TypedRateChange, TypedRateIn, TypedRateOut, TypedRatePage

rates = Router(tags=["rates"])


@rates.get("", response={200: LatestRates, **PROBLEMS}, summary="The latest rate of each currency in use")
def rate_list(request: MemberRequest) -> dict[str, Any]:
    lines = rate_lines(request.household, today_in(request.household.time_zone))
    items = [_told(line) for line in lines]
    return {"base_currency": request.household.base_currency, "items": items, "total": len(items)}


def _told(line: RateLine) -> dict[str, Any]:
    worth = None if line.worth is None else _plain(line.worth)
    return {"currency": line.currency, "worth": worth, "on": line.on, "source": line.source, "is_old": line.is_old}


def _plain(worth: Fraction) -> str:
    return plain_text(half_even(worth.numerator * BILLION, worth.denominator))


@rates.get("/typed", response={200: TypedRatePage, **PROBLEMS}, summary="The rates that were typed in, latest first")
def rate_typed_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = typed_rates()
    return {"items": list(rows[paging.offset : paging.offset + paging.limit]), "total": rows.count()}


@rates.post("/typed", response={201: TypedRateOut, **PROBLEMS}, auth=editor, summary="Type in a rate")
def rate_add(request: MemberRequest, sent: TypedRateIn) -> Any:
    return Status(201, add_rate(household=request.household, by=request.user, **sent.values()))


@rates.patch("/typed/{uuid:uid}", response={200: TypedRateOut, **PROBLEMS}, auth=editor, summary="Change a typed rate")
def rate_edit(request: MemberRequest, uid: uuid.UUID, sent: TypedRateChange) -> TypedRate:
    rate = get_object_or_404(TypedRate, uid=uid)
    return change_rate(rate=rate, by=request.user, **sent.values())


@rates.delete("/typed/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Delete a typed rate")
def rate_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    delete_rate(rate=get_object_or_404(TypedRate, uid=uid), by=request.user)
    return Status(204, None)
