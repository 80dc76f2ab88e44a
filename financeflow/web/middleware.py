"""Around every request: its line in the log, and a kind answer when the database is away."""

from __future__ import annotations

import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any, cast

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from financeflow.web.errors import no_page, unavailable

Answer = Callable[[HttpRequest], HttpResponse]
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
OUTAGES = (OperationalError, InterfaceError)
log = structlog.get_logger("financeflow.request")


def request_log(get_response: Answer) -> Answer:
    """One line a request, under an id that everything said meanwhile carries too; the answer tells it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        asked = request.headers.get("X-Request-ID", "")
        request_id = asked if SANE_ID.fullmatch(asked) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = get_response(request)
            response["X-Request-ID"] = request_id
            took = round((time.perf_counter() - started) * 1000, 1)
            line = {"method": request.method, "route": _route(request), "status": response.status_code, "ms": took}
            _level(request, response)("request", **line, **_who(request))
        return response

    return middleware


def outages_answer_503(get_response: Answer) -> Answer:
    """Answer 503 with a time to try again when the database is locked or away; nothing was half written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 500 and getattr(request, "outage", False):
            return unavailable(request)
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if isinstance(exception, OUTAGES) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def forms_are_no_pages(get_response: Answer) -> Answer:
    """Whoever opens the address of a form in a browser reads so, on a page of ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and request.accepts("text/html"):
            return response if request.path.startswith("/api/") else no_page(request, response)
        return response

    return middleware


@receiver(got_request_exception)
def note_outage(request: HttpRequest | None = None, **_: Any) -> None:
    """Middleware that reads the session or the person fails before any view: Django has made a 500 of it by then."""
    if request is not None and isinstance(sys.exc_info()[1], OUTAGES):
        request.outage = True  # type: ignore[attr-defined]


def _level(request: HttpRequest, response: HttpResponse) -> Callable[..., Any]:
    if response.status_code >= 500:
        return cast(Callable[..., Any], log.warning)
    return cast(Callable[..., Any], log.debug if request.path.startswith(settings.STATIC_URL) else log.info)


def _route(request: HttpRequest) -> str:
    """The pattern that matched and not the path, which may hold a token; of unknown paths only the first step."""
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    return f"/{request.path.strip('/').partition('/')[0][:40]}"


def _who(request: HttpRequest) -> dict[str, int]:
    """Whoever was looked up on the way; nobody is looked up for the log."""
    user, household = getattr(request, "_cached_user", None), getattr(request, "household", None)
    who = {"user": getattr(user, "pk", None), "household": getattr(household, "pk", None)}
    return {name: key for name, key in who.items() if key is not None}
