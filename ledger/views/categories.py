"""Pages of categories."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger import actions, queries
from ledger.forms.categories import CategoryForm, EndForm, MergeForm
from ledger.models import Category
from ledger.queries.categories import category_sheet, holdings_of
from ledger.views.answers import conflict_page, form_page, step_asked
from ledger.views.later import now_or_later


@member("viewer")
def category_list(request: MemberRequest) -> HttpResponse:
    context = {"groups": category_sheet(request.household)}
    return page(request, "ledger/category_list.html", context, partial="categories")


@member("editor", "GET", "POST")
def category_add(request: MemberRequest) -> HttpResponse:
    form = CategoryForm(posted(request), initial=_group_asked(request))
    if form.is_valid():
        actions.add_category(household=request.household, by=request.user, **form.values())
        return done(request, "category_list")
    return form_page(request, "ledger/category_add.html", form)


@member("editor", "GET", "POST")
def category_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    category = _category(uid)
    form = CategoryForm(posted(request), category=category)
    if form.is_valid() and (response := _change_category(request, category, form)):
        return response
    return form_page(request, "ledger/category_edit.html", form, category=category)


def _change_category(request: MemberRequest, category: Category, form: CategoryForm) -> HttpResponse | None:
    """The answer to a change, or none when a rule said no and the form must say so."""
    seen = form.cleaned_data["edit_version"]
    try:
        actions.change_category(category=category, by=request.user, edit_version=seen, **form.values())
    except EditConflict as conflict:
        return conflict_page(request, "ledger/category_edit.html", form, conflict)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return done(request, "category_list")


@member("editor", "POST")
def category_archive(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.archive_category(category=_category(uid), by=request.user)
    return done(request, "category_list")


@member("editor", "POST")
def category_unarchive(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.unarchive_category(category=_category(uid), by=request.user)
    return done(request, "category_list")


@member("editor", "GET", "POST")
def category_merge(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    category = _category(uid)
    holdings = holdings_of(category)
    form = MergeForm(posted(request), category=category, holdings=holdings)
    if form.is_valid() and (response := _end(request, category, form, form.cleaned_data["into"], "merge")):
        return response
    return form_page(request, "ledger/category_merge.html", form, category=category, holdings=holdings)


@member("editor", "GET", "POST")
def category_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    category = _category(uid)
    holdings = holdings_of(category)
    form = EndForm(posted(request), category=category, holdings=holdings)
    if form.is_valid() and (response := _end(request, category, form, form.values()["move_to"], "delete")):
        return response
    return form_page(request, "ledger/category_delete.html", form, category=category, holdings=holdings)


def _end(request: MemberRequest, category: Category, form: Any, into: Any, verb: str) -> HttpResponse | None:
    """Merge or delete it, now or later; none when a rule said no."""
    count, answer = holdings_of(category).lines, partial(done, request, "category_list")
    return now_or_later(request, form, ("category", verb), [category], into, count=count, answer=answer)


@member("editor", "POST")
def category_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_category(category=_category(uid), by=request.user, step=step_asked(request.POST))
    return done(request, "category_list")


def _category(uid: uuid.UUID) -> Category:
    return get_object_or_404(queries.categories(), uid=uid)


def _group_asked(request: MemberRequest) -> dict[str, Any]:
    """The group that a link to the form names, where there is such a one."""
    try:
        group = queries.groups().get(uid=uuid.UUID(request.GET["group"]))
    except (KeyError, ValueError, Category.DoesNotExist):
        return {}
    return {"parent": group, "kind": group.kind, "hue": group.hue}
