"""Whether a session has been left alone too long, and what counts as somebody being there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from financeflow.households.models import User
from financeflow.web.client import client_address

SESSION_KEY = "active_at"
WARN_SECONDS = 60
# Activity is written down at most this often, so that a busy page does not write with every click.
GRAIN_SECONDS = 60


@dataclass(frozen=True)
class Watch:
    """How long this session may still be left alone."""

    left: int
    warn: int = WARN_SECONDS


def now() -> int:
    return int(timezone.now().timestamp())


def minutes_for(user: User) -> int:
    """Minutes without activity after which the person is logged out; 0 is never."""
    chosen = user.inactivity_minutes
    return settings.INACTIVITY_MINUTES if chosen is None else chosen


def is_watched(request: HttpRequest, user: User) -> bool:
    """Guests would lose their demo, and who asked to stay logged in on a device shall."""
    if user.is_guest or SESSION_KEY not in request.session:
        return False
    return minutes_for(user) > 0 and request.session.get_expire_at_browser_close()


def watch_of(request: HttpRequest, user: User) -> Watch | None:
    if not is_watched(request, user):
        return None
    return Watch(left=request.session[SESSION_KEY] + minutes_for(user) * 60 - now())


def is_activity(request: Any) -> bool:
    """Whether somebody did something: a write or a page gone to. What a page fetches by itself says nothing."""
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        return True
    if request.htmx:
        return bool(request.htmx.boosted)
    return bool(request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate")


def note_activity(request: HttpRequest) -> None:
    """Remember that somebody is there; at most once a minute."""
    last = request.session.get(SESSION_KEY)
    if last is None or now() - last < GRAIN_SECONDS:
        return
    request.session[SESSION_KEY] = now()
    seen: dict[str, Any] = {"last_seen_at": timezone.now()}
    if (address := client_address(request)) != "unknown":
        seen["ip"] = address
    UserSession.objects.filter(session_key=request.session.session_key).update(**seen)
