"""Pages of statements: an account's statements, one of them with its rows to tick, locking and unlocking."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import announce, done, go, is_htmx, page, posted
from ledger import queries
from ledger.actions import gaps as mending
from ledger.actions import reconciling as actions
from ledger.calc.reconciling import next_statement_day
from ledger.forms.reconciling import LockForm, RemedyForm, StatementForm, TicksForm
from ledger.models import Account, Statement, Transaction
from ledger.queries import reconciling
from ledger.queries.gaps import proposals
from ledger.views.answers import conflict_page, form_page, said_no
from ledger.views.finding import blame

# When so few rows are left to tick and it still does not fit, what may explain it is shown unasked.
FEW = 4


@member("viewer")
def statement_list(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account = _account(uid)
    context = {"account": account, "statements": reconciling.statements_of(account)}
    return page(request, "ledger/statement_list.html", context, partial="statements")


@member("editor", "GET", "POST")
def statement_add(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account, today = _account(uid), today_in(request.household.time_zone)
    last = reconciling.latest_statement(account)
    initial = {"on": next_statement_day(last.on if last else None, today)}
    form = StatementForm(posted(request), account=account, today=today, initial=initial)
    if form.is_valid():
        try:
            added = actions.add_statement(account=account, by=request.user, **form.values())
            return go(request, "statement_show", added.uid)
        except ValidationError as error:
            blame(form, error)
    return form_page(request, "ledger/statement_add.html", form, account=account, last=last)


@member("viewer")
def statement_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    statement = _statement(uid)
    asks_why = request.htmx.target == "gaps"
    context = _why(statement, request) if asks_why else _shown(request, statement)
    return page(request, "ledger/statement_show.html", context, partial="gaps" if asks_why else "statement")


def _why(statement: Statement, request: MemberRequest) -> dict[str, Any]:
    found = reconciling.reckoning(statement)
    return {
        "statement": statement,
        "found": found,
        "asked": _asked(request),
        "gaps": proposals(found),
        "explains": True,
    }


def _shown(request: MemberRequest, statement: Statement) -> dict[str, Any]:
    asked = _asked(request)
    found = reconciling.reckoning(statement)
    sheet = reconciling.statement_page(statement, after=asked["after"], only_left=asked["left"])
    is_near = found.count > 0 and sheet.extent.left <= FEW
    explains = not statement.is_locked and bool(found.difference) and (asked["explain"] or is_near)
    return {
        "statement": statement,
        "account": statement.account,
        "found": found,
        "sheet": sheet,
        "asked": asked,
        "explains": explains,
        "gaps": proposals(found) if explains else [],
        "deeds": reconciling.lock_history(statement),
    }


def _asked(request: MemberRequest) -> dict[str, Any]:
    """Which part of the rows an address asks for, and whether for what explains the difference."""
    said = {name: request.GET[name] for name in ("after", "left", "explain") if request.GET.get(name)}
    query = f"?{urlencode(said)}" if said else ""
    return {"after": said.get("after"), "left": "left" in said, "explain": "explain" in said, "query": query}


@member("editor", "GET", "POST")
def statement_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    statement, today = _statement(uid), today_in(request.household.time_zone)
    form = StatementForm(posted(request), account=statement.account, statement=statement, today=today)
    if form.is_valid():
        seen = form.cleaned_data["edit_version"]
        try:
            actions.change_statement(statement=statement, by=request.user, edit_version=seen, **form.values())
            return done(request, "statement_show", uid)
        except EditConflict as conflict:
            return conflict_page(request, "ledger/statement_edit.html", form, conflict, account=statement.account)
        except (Refused, ValidationError) as error:
            blame(form, error)
    return form_page(request, "ledger/statement_edit.html", form, statement=statement)


@member("editor", "POST")
def statement_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    statement = _statement(uid)
    try:
        actions.delete_statement(statement=statement, by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "statement_show", uid)
    return go(request, "statement_list", statement.account.uid)


@member("editor", "POST")
def statement_tick(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """One row at once where scripts run; else all that the page shows."""
    statement = _statement(uid)
    try:
        if "row" in request.GET:
            return _tick_row(request, statement)
        _tick_shown(request, statement)
    except Refused as refusal:
        return said_no(request, refusal, "statement_show", uid)
    return _again(request, statement)


def _tick_row(request: MemberRequest, statement: Statement) -> HttpResponse:
    row = get_object_or_404(_rows(statement), uid=_uid(request.GET["row"]))
    these = _rows(statement).filter(pk=row.pk)
    is_ticked = request.GET.get("ticked") == "1"
    actions.set_ticks(statement=statement, **{"tick" if is_ticked else "untick": these})
    if not is_htmx(request):
        return _again(request, statement)
    row, found = reconciling.statement_row(statement, row), reconciling.reckoning(statement)
    context = {"statement": statement, "row": row, "found": found}
    response = page(request, "ledger/statement_show.html", context, partial="ticked")
    announce(response, "statement:ticked")
    return response


def _tick_shown(request: MemberRequest, statement: Statement) -> None:
    form = TicksForm(request.POST)
    if not form.is_valid():
        raise BadRequest("These are no rows of the statement.")
    if form.cleaned_data["every"] == "tick":
        actions.tick_all(statement=statement)
    elif form.cleaned_data["every"] == "untick":
        actions.untick_all(statement=statement)
    else:
        rows = _rows(statement)
        ticked, unticked = rows.filter(uid__in=form.cleaned_data["tick"]), rows.filter(uid__in=form.unticked)
        actions.set_ticks(statement=statement, tick=ticked, untick=unticked)


@member("editor", "POST")
def statement_mend(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    statement, form = _statement(uid), RemedyForm(request.POST)
    if not form.is_valid():
        raise BadRequest("This is no remedy.")
    try:
        mending.mend(statement=statement, remedy=form.remedy(statement), by=request.membership)
    except (Refused, ValidationError) as error:
        return said_no(request, error, "statement_show", uid)
    return _again(request, statement)


@member("editor", "POST")
def statement_lock(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    form = LockForm(request.POST)
    correction = form.cleaned_data["correction"] if form.is_valid() else None
    try:
        actions.lock_statement(statement=_statement(uid), by=request.user, correction=correction or 0)
    except (Refused, ValidationError) as error:
        return said_no(request, error, "statement_show", uid)
    return done(request, "statement_show", uid)


@member("editor", "POST")
def statement_unlock(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        actions.unlock_statement(statement=_statement(uid), by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "statement_show", uid)
    return done(request, "statement_show", uid)


def _again(request: MemberRequest, statement: Statement) -> HttpResponse:
    """The same page anew; ticks are not recorded, so the page would not hear of them by itself."""
    if not is_htmx(request):
        return redirect(reverse("statement_show", args=[statement.uid]) + _asked(request)["query"])
    response = done(request, "statement_show", statement.uid)
    announce(response, "live:ledger.changed")
    return response


def _account(uid: uuid.UUID) -> Account:
    return get_object_or_404(queries.accounts().select_related("household"), uid=uid)


def _statement(uid: uuid.UUID) -> Statement:
    return get_object_or_404(reconciling.statements().select_related("household", "account__household"), uid=uid)


def _rows(statement: Statement) -> Any:
    return Transaction.objects.filter(account=statement.account_id, trashed_at=None)


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise BadRequest("This is no row.") from error
