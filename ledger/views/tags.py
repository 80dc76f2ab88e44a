"""Pages of tags: words of one's own across categories."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import EditConflict
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger.actions import tags as actions
from ledger.forms.tag_words import TagForm, TagMergeForm
from ledger.models import Tag
from ledger.queries.payees import taggings_of, tags, used_tags
from ledger.queries.uses import MOST
from ledger.views.answers import conflict_page, form_page
from ledger.views.later import now_or_later


@member("viewer")
def tag_list(request: MemberRequest) -> HttpResponse:
    return page(request, "ledger/tag_list.html", {"tags": used_tags(), "up_to": MOST}, partial="tags")


@member("editor", "GET", "POST")
def tag_add(request: MemberRequest) -> HttpResponse:
    form = TagForm(posted(request))
    if form.is_valid() and _told(form, partial(actions.add_tag, household=request.household, by=request.user)):
        return done(request, "tag_list")
    return form_page(request, "ledger/tag_add.html", form)


@member("editor", "GET", "POST")
def tag_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    tag = _tag(uid)
    form = TagForm(posted(request), tag=tag)
    try:
        if form.is_valid() and _told(form, _changing(request, tag, form)):
            return done(request, "tag_list")
    except EditConflict as conflict:
        return conflict_page(request, "ledger/tag_edit.html", form, conflict)
    return form_page(request, "ledger/tag_edit.html", form, tag=tag)


def _changing(request: MemberRequest, tag: Tag, form: TagForm) -> Any:
    return partial(actions.change_tag, tag=tag, by=request.user, edit_version=form.cleaned_data["edit_version"])


def _told(form: TagForm, act: Any) -> bool:
    """Do it; what the action has against it stands on the form."""
    try:
        act(**form.values())
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


@member("editor", "GET", "POST")
def tag_merge(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    tag = _tag(uid)
    seen, count = taggings_of(tag)
    form = TagMergeForm(posted(request), tag=tag)
    if form.is_valid() and (response := _merge(request, tag, form, count)):
        return response
    return form_page(request, "ledger/tag_merge.html", form, tag=tag, seen=seen)


def _merge(request: MemberRequest, tag: Tag, form: TagMergeForm, count: int) -> HttpResponse | None:
    into, answer = form.cleaned_data["into"], partial(done, request, "tag_list")
    return now_or_later(request, form, ("tag", "merge"), [tag], into, count=count, answer=answer)


@member("editor", "GET", "POST")
def tag_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    tag = _tag(uid)
    seen, count = taggings_of(tag)
    form = Form(posted(request))
    if form.is_valid() and (response := _delete(request, tag, form, count)):
        return response
    return form_page(request, "ledger/tag_delete.html", form, tag=tag, seen=seen)


def _delete(request: MemberRequest, tag: Tag, form: Form, count: int) -> HttpResponse | None:
    answer = partial(done, request, "tag_list")
    return now_or_later(request, form, ("tag", "delete"), [tag], None, count=count, answer=answer)


def _tag(uid: uuid.UUID) -> Tag:
    return get_object_or_404(tags(), uid=uid)
