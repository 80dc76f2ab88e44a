"""The list of transactions: its page, the parts of it that are asked for by themselves, and what narrows it down."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import go, is_htmx, page
from ledger import queries
from ledger.calc.terms import OPERATORS, Term
from ledger.forms.narrowing import NarrowingForm
from ledger.queries.why import is_guessed
from ledger.views import listed
from ledger.views.answers import form_page
from ledger.views.asking import asked, list_url

PAGE = "ledger/transaction_list.html"


@member("viewer")
def transaction_list(request: MemberRequest) -> HttpResponse:
    found = asked(request, request.GET)
    if is_htmx(request) and (part := _part_asked(request)):
        return page(request, PAGE, PARTS[part](request, found), partial=part)
    response = page(request, PAGE, listed.page_context(request, found), partial="listed")
    if is_htmx(request):
        response["HX-Replace-Url"] = list_url(found.search.line, found.months)
    return response


PARTS = {"fresh": listed.fresh_context, "rows": listed.more_context, "views": listed.views_context}


def _part_asked(request: MemberRequest) -> str:
    """Which part of the page is asked for by itself; none means all that is listed."""
    if request.htmx.target == "views":
        return "views"
    if "shown" in request.GET:
        return "fresh"
    return "rows" if "after" in request.GET else ""


@member("viewer")
def transaction_tally(request: MemberRequest) -> HttpResponse:
    """The sums by themselves, where they take longer than the rows."""
    found = asked(request, request.GET)
    if not is_htmx(request):
        return redirect(list_url(found.search.line, found.months, tally=1))
    context = {"asked": found, **listed.tally_context(request, found.listing.tally())}
    return page(request, "ledger/_tally.html", context)


@member("viewer")
def transaction_filter(request: MemberRequest) -> HttpResponse:
    """What is chosen becomes part of the search."""
    found = asked(request, request.GET)
    today = today_in(request.household.time_zone)
    form = NarrowingForm(NarrowingForm.sent_in(request.GET), household=request.household, today=today)
    if form.is_valid():
        return go(request, list_url(form.line(found.search), found.months))
    return form_page(request, "ledger/transaction_filter.html", form, asked=found)


@member("viewer")
def transaction_filter_by(request: MemberRequest, by: str) -> HttpResponse:
    """What one of the menus over the list offers."""
    if by not in listed.WAYS:
        raise Http404
    choices: dict[str, dict[str, Any]] = {
        "category": {"groups": queries.category_groups() if by == "category" else ()},
        "account": {"accounts": queries.accounts()},
        "tag": {"tags": queries.tags()},
    }
    context = {"by": by, "title": listed.WAYS[by], "asked": asked(request, request.GET), **choices.get(by, {})}
    return page(request, "ledger/transaction_filter_by.html", context, partial="choices")


@member("editor")
def transaction_menu(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """What one may do with one row, for the menu that all rows share."""
    row = get_object_or_404(queries.transactions().select_related("payee"), uid=uid)
    alike = list_url(str(Term("payee", row.payee.name))) if row.payee else ""
    context = {"row": row, "alike": alike, "is_guessed": is_guessed(row)}
    return page(request, "ledger/transaction_menu.html", context, partial="menu")


@member("viewer")
def search_help(request: MemberRequest) -> HttpResponse:
    return page(request, "ledger/search_help.html", {"operators": OPERATORS.values()}, partial="help")
