"""Pages of the ledger: accounts and categories."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from financeflow.history import wording
from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page, posted
from ledger import actions, queries
from ledger.forms import AccountForm, CategoryForm
from ledger.models import Account, Category


@member("viewer")
def account_list(request: MemberRequest) -> HttpResponse:
    return page(
        request, "ledger/account_list.html", {"sheet": queries.account_sheet(request.household)}, partial="accounts"
    )


@member("editor", "GET", "POST")
def account_add(request: MemberRequest) -> HttpResponse:
    form = _account_form(request)
    if form.is_valid():
        actions.add_account(household=request.household, by=request.user, **form.values())
        return done(request, "account_list")
    return _form_page(request, "ledger/account_add.html", form)


@member("editor", "GET", "POST")
def account_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account = _account(uid)
    form = _account_form(request, account)
    if form.is_valid():
        seen = form.cleaned_data["edit_version"]
        try:
            actions.change_account(account=account, by=request.user, edit_version=seen, **form.values())
            return done(request, "account_list")
        except EditConflict as conflict:
            return _conflict_page(request, "ledger/account_edit.html", form, conflict)
    return _form_page(request, "ledger/account_edit.html", form, account=account)


@member("editor", "POST")
def account_close(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.close_account(account=_account(uid), by=request.user, on=today_in(request.household.time_zone))
    return done(request, "account_list")


@member("editor", "POST")
def account_reopen(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.reopen_account(account=_account(uid), by=request.user)
    return done(request, "account_list")


@member("editor", "POST")
def account_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.delete_account(account=_account(uid), by=request.user)
    return done(request, "account_list")


@member("editor", "POST")
def account_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_account(account=_account(uid), by=request.user, step=_step(request.POST))
    return done(request, "account_list")


@member("viewer")
def category_list(request: MemberRequest) -> HttpResponse:
    return page(request, "ledger/category_list.html", {"groups": queries.category_groups()}, partial="categories")


@member("editor", "GET", "POST")
def category_add(request: MemberRequest) -> HttpResponse:
    form = CategoryForm(posted(request), initial=_group_asked(request))
    if form.is_valid():
        actions.add_category(household=request.household, by=request.user, **form.values())
        return done(request, "category_list")
    return _form_page(request, "ledger/category_add.html", form)


@member("editor", "GET", "POST")
def category_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    category = _category(uid)
    form = CategoryForm(posted(request), category=category)
    if form.is_valid() and (response := _change_category(request, category, form)):
        return response
    return _form_page(request, "ledger/category_edit.html", form, category=category)


def _change_category(request: MemberRequest, category: Category, form: CategoryForm) -> HttpResponse | None:
    """The answer to a change, or none when a rule said no and the form must say so."""
    seen = form.cleaned_data["edit_version"]
    try:
        actions.change_category(category=category, by=request.user, edit_version=seen, **form.values())
    except EditConflict as conflict:
        return _conflict_page(request, "ledger/category_edit.html", form, conflict)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return done(request, "category_list")


@member("editor", "POST")
def category_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        actions.delete_category(category=_category(uid), by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return HttpResponse(status=409) if is_htmx(request) else redirect("category_list")
    return done(request, "category_list")


@member("editor", "POST")
def category_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_category(category=_category(uid), by=request.user, step=_step(request.POST))
    return done(request, "category_list")


def _account(uid: uuid.UUID) -> Account:
    return get_object_or_404(queries.accounts(), uid=uid)


def _category(uid: uuid.UUID) -> Category:
    return get_object_or_404(queries.categories(), uid=uid)


def _account_form(request: MemberRequest, account: Account | None = None) -> AccountForm:
    today = today_in(request.household.time_zone)
    return AccountForm(posted(request), household=request.household, account=account, today=today)


def _group_asked(request: MemberRequest) -> dict[str, Any]:
    """The group that a link to the form names, where there is such a one."""
    try:
        group = queries.groups().get(uid=uuid.UUID(request.GET["group"]))
    except (KeyError, ValueError, Category.DoesNotExist):
        return {}
    return {"parent": group, "kind": group.kind, "hue": group.hue}


def _step(sent: QueryDict) -> int:
    if sent.get("step") not in ("up", "down"):
        raise BadRequest("A step is up or down.")
    return -1 if sent["step"] == "up" else 1


def _form_page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    return page(request, template, {"form": form, **context}, partial="form", status=422 if form.is_bound else 200)


def _conflict_page(request: MemberRequest, template: str, form: Any, conflict: EditConflict) -> HttpResponse:
    """The form as it was sent, with what changed meanwhile; sent once more it is meant."""
    things = wording.in_words(conflict.changes, locale=request.household.locale)
    current: Any = conflict.row
    form.data = {**form.data.dict(), "edit_version": current.edit_version}
    edits = [(change.change_set, things[change.pk]) for change in conflict.changes]
    context = {"form": form, "conflict": conflict, "edits": edits, current._meta.model_name: current}
    return page(request, template, context, partial="form", status=422)
