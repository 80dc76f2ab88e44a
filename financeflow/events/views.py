"""The event stream, for servers that speak ASGI."""

from __future__ import annotations

import uuid

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from financeflow.events.queries import Listener
from financeflow.events.streaming import Seat, stream
from financeflow.tenancy.guards import MemberRequest, listening_member

MOST_DIGITS = 18
# Nothing on the way may keep, press or hold back what is sent.
UNTOUCHED = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


@listening_member("viewer")
async def events_stream(request: MemberRequest) -> HttpResponseBase:
    if not isinstance(request, ASGIRequest):
        return _later(503, _("This server does not send events."), 60)
    try:
        listener, after = _asked(request)
    except ValueError:
        return HttpResponse(_("Unknown place to go on from."), status=400, content_type="text/plain")
    seat = Seat(listener.user_id)
    if not seat.is_taken:
        return _later(429, _("Too many pages are open."), 30)
    response = StreamingHttpResponse(stream(listener, after), content_type="text/event-stream", headers=UNTOUCHED)
    response._resource_closers.append(seat.close)  # type: ignore[attr-defined]
    return response


def _asked(request: MemberRequest) -> tuple[Listener, int | None]:
    """Who asks, for what, from where on; ValueError when that cannot be read."""
    subject = uuid.UUID(request.GET["subject"]) if request.GET.get("subject") else None
    text = request.headers.get("Last-Event-ID") or request.GET.get("after") or ""
    if text and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text)
    session_key = request.session.session_key or ""
    listener = Listener(request.user.pk, request.membership.household_id, session_key, subject)
    return listener, int(text) if text else None


def _later(status: int, why: str, seconds: int) -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain", headers={"Retry-After": str(seconds)})
