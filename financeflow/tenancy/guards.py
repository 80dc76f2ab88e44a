"""The doorkeeper: who may enter a view and by which methods, said in one decorator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from financeflow.households.models import Household, Membership, User

P = ParamSpec("P")
RANKS = {"viewer": 1, "editor": 2, "owner": 3}


class MemberRequest(HttpRequest):
    """A request whose person, household and role are known."""

    user: User
    household: Household
    membership: Membership
    htmx: HtmxDetails


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
StreamView = Callable[[MemberRequest], Awaitable[HttpResponseBase]]
StreamDoor = Callable[[HttpRequest], Coroutine[Any, Any, HttpResponseBase]]


def _opening_for(methods: tuple[str, ...]) -> frozenset[str]:
    """The methods named, and HEAD beside GET only: neither HEAD nor OPTIONS is asked for the token of a form."""
    named = frozenset(methods or ("GET",))
    return named | {"HEAD"} if "GET" in named else named


def member(role: str, *methods: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let in members of the household in force who are at least `role`, by the methods named (GET when none is)."""
    allowed = _opening_for(methods)
    rank = RANKS[role]

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def enter(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _log_in_first(request, allowed)
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            membership = cast(Any, request).membership
            if membership is None:
                return redirect("household_none")
            if RANKS[membership.role] < rank:
                raise PermissionDenied(_("Your role in this household does not allow this."))
            return view(cast(MemberRequest, request), *args, **kwargs)

        enter.door = ("member", role, allowed)  # type: ignore[attr-defined]
        return enter

    return guard


def listening_member(role: str) -> Callable[[StreamView], StreamDoor]:
    """The door of an asynchronous stream that a script reads: bare statuses, and nobody is sent elsewhere."""

    def guard(view: StreamView) -> StreamDoor:
        @wraps(view)
        async def enter(request: HttpRequest) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return HttpResponse(_("Log in first."), status=401, content_type="text/plain")
            if request.method != "GET":
                return HttpResponseNotAllowed(["GET"])
            membership = cast(Any, request).membership
            if membership is None or RANKS[membership.role] < RANKS[role]:
                return HttpResponse(_("You are in no household."), status=403, content_type="text/plain")
            return await view(cast(MemberRequest, request))

        enter.door = ("member", role, frozenset({"GET"}))  # type: ignore[attr-defined]
        return enter

    return guard


def passer_by(*methods: str) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Let anyone in: said aloud, so that a view without a guard stands out."""
    allowed = _opening_for(methods)

    def guard(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def enter(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = cast(HttpRequest, args[0])
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            return view(*args, **kwargs)

        enter.door = ("passer_by", "", allowed)  # type: ignore[attr-defined]
        return enter

    return guard


def signed_in(*methods: str) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Let in anyone who is logged in, with a household or without: for what belongs to the person alone."""
    allowed = _opening_for(methods)

    def guard(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def enter(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = cast(HttpRequest, args[0])
            if not request.user.is_authenticated:
                return _log_in_first(request, allowed)
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            return view(*args, **kwargs)

        enter.door = ("signed_in", "", allowed)  # type: ignore[attr-defined]
        return enter

    return guard


def _log_in_first(request: HttpRequest, allowed: frozenset[str]) -> HttpResponse:
    """Afterwards on to what was asked for; an address that only takes forms has no page to go on to."""
    return redirect_to_login(request.get_full_path() if "GET" in allowed else reverse("dashboard"))
