"""Tags as JSON."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger.actions.tags import add_tag, change_tag
from ledger.api.accounts import paged
from ledger.api.later import at_once_or_later
from ledger.models import Tag
from ledger.queries.payees import taggings_of
from ledger.queries.payees import tags as every_tag
from ledger.schemas.accounts import Paging
from ledger.schemas.filing import Into, JobStarted, TagChange, TagIn, TagOut, TagPage

tags = Router(tags=["tags"])


@tags.get("", response={200: TagPage, **PROBLEMS}, summary="All tags by name")
def tag_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    return paged(every_tag(), paging)


@tags.post("", response={201: TagOut, **PROBLEMS}, auth=editor, summary="Add a tag")
def tag_add(request: MemberRequest, sent: TagIn) -> Any:
    return Status(201, add_tag(household=request.household, by=request.user, **sent.model_dump()))


@tags.get("/{uuid:uid}", response={200: TagOut, **PROBLEMS}, summary="One tag")
def tag_show(request: MemberRequest, uid: uuid.UUID) -> Tag:
    return _tag(uid)


@tags.patch("/{uuid:uid}", response={200: TagOut, **PROBLEMS}, auth=editor, summary="Change a tag")
def tag_edit(request: MemberRequest, uid: uuid.UUID, sent: TagChange) -> Tag:
    return change_tag(tag=_tag(uid), by=request.user, **sent.values())


@tags.post(
    "/{uuid:uid}/merge",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Merge a tag into another: what has the one has the other",
)
def tag_merge(request: MemberRequest, uid: uuid.UUID, sent: Into) -> Any:
    tag, into = _tag(uid), every_tag().filter(uid=sent.into).first()
    if into is None:
        raise ValidationError({"into": _("There is no such tag.")})
    return at_once_or_later(request, "tag", "merge", tag, into, count=taggings_of(tag)[1])


@tags.delete(
    "/{uuid:uid}",
    response={202: JobStarted, 204: None, **PROBLEMS},
    auth=editor,
    summary="Delete a tag: it comes off all transactions",
)
def tag_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    tag = _tag(uid)
    return at_once_or_later(request, "tag", "delete", tag, None, count=taggings_of(tag)[1])


def _tag(uid: uuid.UUID) -> Tag:
    return get_object_or_404(every_tag(), uid=uid)
