"""Every change a request records is told on the page, with a way to undo it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from financeflow.history.recording import recorded_now
from financeflow.web.pages import announce, is_htmx


def offer_undo(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"} or request.path.startswith("/api/"):
            return get_response(request)
        token = recorded_now.set([])
        try:
            response = get_response(request)
            recorded = recorded_now.get() or []
            for change_set in recorded:
                way_back = "redo" if change_set.verb == "history.undone" else "undo"
                tag = f"{way_back}:{change_set.uid}" if change_set.is_undoable else ""
                messages.success(request, change_set.summary, extra_tags=tag)
        finally:
            recorded_now.reset(token)
        if is_htmx(request) and "HX-Redirect" not in response:
            # The page that asked hears of its own change at once; others by the stream of events.
            topics = [f"live:{topic}" for change_set in recorded for topic in (change_set.topic, "any")]
            told = ["toasts"] if getattr(messages.get_messages(request), "added_new", False) else []
            announce(response, *told, *topics)
        return response

    return middleware
