"""What was learned, as JSON: how guesses fared, from when on the app acts by itself, names, and forgetting."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from insights.actions.forgetting import forget_all, forget_name, forget_private
from insights.actions.schooling import change_school
from insights.models import School
from insights.queries.learned import name_page, names, read_place
from insights.queries.sheet import LearningSheet
from insights.schemas.learning import BoundsChange, BoundsOut, LearningOut, NamesOut

learning = Router(tags=["insights"])
Words = Annotated[str, Field(max_length=100, description="Letters in the name")]
After = Annotated[str, Field(max_length=250, description="`next` of the page before")]
Key = Annotated[str, Field(min_length=1, max_length=160, description="The key of a name")]


@learning.get("", response={200: LearningOut, **PROBLEMS}, summary="How guesses fared, and when the app acts by itself")
def learning_read(request: MemberRequest) -> LearningSheet:
    return LearningSheet(today_in(request.household.time_zone))


@learning.patch("", response={200: BoundsOut, **PROBLEMS}, auth=editor, summary="Change when the app acts by itself")
def learning_change(request: MemberRequest, sent: BoundsChange) -> School:
    return change_school(household=request.household, by=request.user, **sent.values())


@learning.delete(
    "",
    response={204: None, **PROBLEMS},
    auth=editor,
    summary="Forget all that was learned, or only what one's private accounts taught; what is filed stays filed",
)
def learning_forget_all(request: MemberRequest, private: bool = False) -> Any:
    forget = forget_private if private else forget_all
    forget(household=request.household, by=request.user)
    return Status(204, None)


@learning.get("/names", response={200: NamesOut, **PROBLEMS}, summary="The names that are known, those said last first")
def learned_names(request: MemberRequest, q: Words = "", after: After = "") -> dict[str, Any]:
    place = read_place(after, is_back=False)
    if after and place is None:
        raise Http404
    found = name_page(q.replace("\x00", ""), place)
    return {"items": found.rows, "next": found.last if found.next else ""}


@learning.delete("/names", response={204: None, **PROBLEMS}, auth=editor, summary="Forget a name; what is filed stays")
def learned_name_forget(request: MemberRequest, key: Key) -> Any:
    known = names([key]).get(key)
    if known is None:
        raise Http404
    forget_name(household=request.household, by=request.user, key=key, name=known.name)
    return Status(204, None)
