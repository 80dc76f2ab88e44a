"""Categories as JSON."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import actions, queries
from ledger.api.accounts import paged
from ledger.api.later import at_once_or_later
from ledger.models import Category
from ledger.queries.categories import holdings_of
from ledger.schemas.accounts import Paging
from ledger.schemas.filing import CategoryChange, CategoryIn, CategoryOut, CategoryPage, Into, JobStarted

categories = Router(tags=["categories"])


@categories.get("", response={200: CategoryPage, **PROBLEMS}, summary="All categories and their groups, in order")
def category_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    return paged(queries.categories(), paging)


@categories.post("", response={201: CategoryOut, **PROBLEMS}, auth=editor, summary="Add a category or a group")
def category_add(request: MemberRequest, sent: CategoryIn) -> Any:
    values = {**sent.model_dump(), "parent": _named(sent.parent, "parent")}
    return Status(201, actions.add_category(household=request.household, by=request.user, **values))


@categories.get("/{uuid:uid}", response={200: CategoryOut, **PROBLEMS}, summary="One category")
def category_show(request: MemberRequest, uid: uuid.UUID) -> Category:
    return _category(uid)


@categories.patch("/{uuid:uid}", response={200: CategoryOut, **PROBLEMS}, auth=editor, summary="Change a category")
def category_edit(request: MemberRequest, uid: uuid.UUID, sent: CategoryChange) -> Category:
    category, values = _category(uid), sent.values()
    archived = values.pop("archived", None)
    if "parent" in values:
        values["parent"] = _named(values["parent"], "parent")
    actions.change_category(category=category, by=request.user, **values)
    if archived is not None:
        (actions.archive_category if archived else actions.unarchive_category)(category=category, by=request.user)
    return _category(uid)


@categories.post(
    "/{uuid:uid}/merge",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Merge a category into another: everything filed there follows",
)
def category_merge(request: MemberRequest, uid: uuid.UUID, sent: Into) -> Any:
    category, into = _category(uid), _named(sent.into, "into")
    return at_once_or_later(request, "category", "merge", category, into, count=holdings_of(category).lines)


@categories.delete(
    "/{uuid:uid}",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Delete a category; `move_to` says where what it holds goes: another one, or “none”",
)
def category_delete(request: MemberRequest, uid: uuid.UUID, move_to: str = "") -> Any:
    category = _category(uid)
    holdings = holdings_of(category)
    if not holdings.is_empty and not move_to:
        raise Refused(_("“%(name)s” is in use. Say with move_to where that goes, or “none”.") % {"name": category})
    into = None if move_to in ("", "none") else _named(move_to, "move_to")
    return at_once_or_later(request, "category", "delete", category, into, count=holdings.lines)


def _category(uid: uuid.UUID) -> Category:
    return get_object_or_404(queries.categories(), uid=uid)


def _named(uid: uuid.UUID | str | None, field: str) -> Category | None:
    """The category that was sent in a field; one that is not there is said at it."""
    if uid is None:
        return None
    try:
        return queries.categories().get(uid=uuid.UUID(str(uid)))
    except (ValueError, Category.DoesNotExist) as error:
        raise ValidationError({field: _("There is no such category.")}) from error
