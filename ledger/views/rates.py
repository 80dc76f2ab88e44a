"""Pages of exchange rates."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.history.refusal import EditConflict
from financeflow.jobs.actions import start_job
from financeflow.money.currencies import CODES
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger.actions import base_currency, rates
from ledger.forms.rates import RateForm
from ledger.models import TypedRate
from ledger.queries import rate_sheet
from ledger.queries.rates import last_refresh
from ledger.views.answers import conflict_page, form_page

TYPED_SHOWN = 50


@member("viewer")
def rate_list(request: MemberRequest) -> HttpResponse:
    today = today_in(request.household.time_zone)
    context = {
        "lines": rate_sheet.rate_lines(request.household, today),
        **_typed_page(request),
        "missing": rate_sheet.missing_amounts(),
        "refresh": last_refresh(),
        "asks": bool(settings.RATES_URL),
        "may_not_write": request.membership.role == "viewer",
        "running": rate_sheet.running_jobs([rates.REFRESH, base_currency.CHANGE_BASE]),
    }
    return page(request, "ledger/rate_list.html", context, partial="rates")


@member("editor", "GET", "POST")
def rate_add(request: MemberRequest) -> HttpResponse:
    form = _form(request, initial=_asked(request))
    if form.is_valid():
        try:
            rates.add_rate(household=request.household, by=request.user, **form.values())
            return done(request, "rate_list")
        except ValidationError as error:
            form.add_error(None, error)
    return form_page(request, "ledger/rate_add.html", form)


@member("editor", "GET", "POST")
def rate_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    rate = get_object_or_404(TypedRate, uid=uid)
    form = _form(request, rate=rate)
    if form.is_valid() and (answer := _change(request, rate, form)):
        return answer
    return form_page(request, "ledger/rate_edit.html", form, typedrate=rate)


def _change(request: MemberRequest, rate: TypedRate, form: RateForm) -> HttpResponse | None:
    """The answer to a change, or none when a rule said no and the form must say so."""
    seen = form.cleaned_data["edit_version"]
    try:
        rates.change_rate(rate=rate, by=request.user, edit_version=seen, **form.values())
    except EditConflict as conflict:
        return conflict_page(request, "ledger/rate_edit.html", form, conflict)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return done(request, "rate_list")


@member("editor", "POST")
def rate_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    rates.delete_rate(rate=get_object_or_404(TypedRate, uid=uid), by=request.user)
    return done(request, "rate_list")


@member("editor", "POST")
def rate_refresh(request: MemberRequest) -> HttpResponse:
    if settings.RATES_URL and not rate_sheet.running_jobs([rates.REFRESH]):
        start_job(household=request.household, by=request.user, kind=rates.REFRESH)
    return redirect("rate_list")


def _typed_page(request: MemberRequest) -> dict[str, Any]:
    typed = Paginator(rate_sheet.typed_rates(), TYPED_SHOWN).get_page(request.GET.get("page"))
    steps = {
        "previous_url": f"?page={typed.previous_page_number()}" if typed.has_previous() else "",
        "next_url": f"?page={typed.next_page_number()}" if typed.has_next() else "",
    }
    return {"typed": typed, **steps}


def _form(request: MemberRequest, **known: Any) -> RateForm:
    today = today_in(request.household.time_zone)
    in_use = rate_sheet.foreign_currencies(request.household)
    return RateForm(posted(request), household=request.household, today=today, in_use=in_use, **known)


def _asked(request: MemberRequest) -> dict[str, Any]:
    """The currency and day that a link to the form names, where they are such."""
    asked: dict[str, Any] = {}
    if (currency := request.GET.get("currency", "")) in CODES:
        asked["currency"] = currency
    with suppress(ValueError):
        asked["on"] = date.fromisoformat(request.GET.get("on", ""))
    return asked
