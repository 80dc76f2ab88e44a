"""The doorkeeper of the API: the same roles as for pages, said where an operation is declared."""

from __future__ import annotations

import time
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError
from ninja.security import APIKeyCookie
from ninja.throttling import BaseThrottle

from financeflow.tenancy.guards import RANKS
from financeflow.web.limits import seconds_to_wait


class Problem(Schema):
    """What went wrong, in words; and by field where fields are to blame."""

    detail: str
    fields: dict[str, list[str]] = {}


# What any operation may answer besides what it is for.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)


class Session(APIKeyCookie):
    """Members of the household in force who are at least `role`, known by their log-in; writes need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, role: str = "viewer") -> None:
        self.role = role
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        membership = cast(Any, request).membership
        if membership is None:
            raise HttpError(403, _("You are in no household."))
        if RANKS[membership.role] < RANKS[self.role]:
            raise HttpError(403, _("Your role in this household does not allow this."))
        return request.user


class Pace(BaseThrottle):
    """So many requests a minute for each person."""

    PER = 60

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def allow_request(self, request: HttpRequest) -> bool:
        return not seconds_to_wait("api", str(request.user.pk), limit=self.limit, per=self.PER)

    def wait(self) -> float:
        return float(self.PER - int(time.time()) % self.PER)


viewer, editor, owner = Session("viewer"), Session("editor"), Session("owner")
