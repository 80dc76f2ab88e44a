"""What wants a decision, as JSON, and the answers to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router
from ninja.responses import Status

from financeflow.inbox import actions, queries
from financeflow.inbox.schemas import Answer, Question, QueueOut
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor

router = Router(tags=["inbox"])


@router.get("", response={200: QueueOut, **PROBLEMS}, summary="What wants a decision")
def inbox_list(request: MemberRequest, kind: str = "") -> Any:
    return queries.queue(request.household, kind)


@router.post("/accept", response={204: None, **PROBLEMS}, auth=editor, summary="Answer a question")
def inbox_accept(request: MemberRequest, sent: Answer) -> Any:
    _see_that_it_waits(request, sent)
    actions.decide_item(household=request.household, by=request.user, **sent.dict())
    return Status(204, None)


@router.post("/dismiss", response={204: None, **PROBLEMS}, auth=editor, summary="Do not ask again")
def inbox_dismiss(request: MemberRequest, sent: Question) -> Any:
    _see_that_it_waits(request, sent)
    actions.dismiss_item(household=request.household, by=request.user, **sent.dict())
    return Status(204, None)


def _see_that_it_waits(request: MemberRequest, sent: Question) -> None:
    if queries.find_item(request.household, sent.kind, sent.key) is None:
        raise Http404
