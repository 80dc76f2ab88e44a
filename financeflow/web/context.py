"""The context processor: one name, `frame`, for all that stands around a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from financeflow import VERSION
from financeflow.web.frame import Deletion, Frame, OtherHousehold, Person, navigation, sandbox_of
from financeflow.web.gathering import gathered


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": SimpleLazyObject(lambda: _frame_of(request))}


def _frame_of(request: HttpRequest) -> Frame:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(version=VERSION)
    person = Person(user.name or user.email, user.email, user.initials, f"/people/{user.uid}/" if user.picture else "")
    looks = {"theme": user.theme, "density": user.density, "blur_amounts": user.blur_amounts}
    membership: Any = getattr(request, "membership", None)
    if membership is None:
        return Frame(version=VERSION, member=person, items=navigation(request, "person"), **looks)
    household = membership.household
    return Frame(
        version=VERSION,
        member=person,
        household=household.name,
        role=membership.role,
        last_event_id=membership.last_event_id or 0,
        sandbox=sandbox_of(household),
        deletion=Deletion(household.delete_at) if household.delete_at else None,
        households=[OtherHousehold(*other) for gather in gathered("HOUSEHOLDS") for other in gather(request)],
        items=navigation(request, membership.role),
        **looks,
    )
