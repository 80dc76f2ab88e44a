"""Pages of accounts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, page, posted
from ledger import actions, queries
from ledger.forms.accounts import AccountForm, CloseForm
from ledger.models import Account
from ledger.views.answers import conflict_page, form_page, step_asked


@member("viewer")
def account_list(request: MemberRequest) -> HttpResponse:
    sheet = queries.account_sheet(request.household, today=today_in(request.household.time_zone))
    return page(request, "ledger/account_list.html", {"sheet": sheet}, partial="accounts")


@member("editor", "GET", "POST")
def account_add(request: MemberRequest) -> HttpResponse:
    form = _account_form(request)
    add = partial(actions.add_account, household=request.household, by=request.user)
    if form.is_valid() and _told(form, lambda: add(**form.values(request.user))):
        return done(request, "account_list")
    return form_page(request, "ledger/account_add.html", form)


@member("editor", "GET", "POST")
def account_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account = _account(uid)
    form = _account_form(request, account)
    try:
        if form.is_valid() and _told(form, lambda: _change(request, account, form)):
            return done(request, "account_list")
    except EditConflict as conflict:
        return conflict_page(request, "ledger/account_edit.html", form, conflict)
    return form_page(request, "ledger/account_edit.html", form, account=account)


def _change(request: MemberRequest, account: Account, form: AccountForm) -> None:
    seen = form.cleaned_data["edit_version"]
    actions.change_account(account=account, by=request.user, edit_version=seen, **form.values(request.user))


def _told(form: Any, act: Callable[[], object]) -> bool:
    """Do it; what the action has against it stands on the form."""
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
    except EditConflict:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@member("editor", "GET", "POST")
def account_close(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account = _account(uid)
    form = CloseForm(posted(request), household=request.household, today=today_in(request.household.time_zone))
    close = partial(actions.close_account, account=account, by=request.user)
    if form.is_valid() and _told(form, lambda: close(**form.values())):
        return done(request, "account_list")
    return form_page(request, "ledger/account_close.html", form, account=account)


@member("editor", "POST")
def account_reopen(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.reopen_account(account=_account(uid), by=request.user)
    return done(request, "account_list")


@member("editor", "GET", "POST")
def account_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """An empty one goes; one that holds transactions says so, and is closed from the same place."""
    account = _account(uid)
    if request.method == "POST" and _deleted(request, account):
        # The page of an account that is gone is no page to stay on.
        return go(request, "account_list")
    form = CloseForm(household=request.household, today=today_in(request.household.time_zone))
    context = {"form": form, "account": account, "holds": queries.has_transactions(account)}
    status = 422 if request.method == "POST" else 200
    return page(request, "ledger/account_delete.html", context, partial="form", status=status)


def _deleted(request: MemberRequest, account: Account) -> bool:
    try:
        actions.delete_account(account=account, by=request.user)
    except Refused:
        return False
    return True


@member("editor", "POST")
def account_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_account(account=_account(uid), by=request.user, step=step_asked(request.POST))
    return done(request, "account_list")


def _account(uid: uuid.UUID) -> Account:
    return get_object_or_404(queries.accounts(), uid=uid)


def _account_form(request: MemberRequest, account: Account | None = None) -> AccountForm:
    today = today_in(request.household.time_zone)
    return AccountForm(posted(request), household=request.household, account=account, today=today)
