"""What a person changes about getting in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from financeflow.households import actions
from financeflow.households.models import Household, User
from financeflow.households.signin.guessing import guess_household


def open_first_household(*, by: User, languages: str, time_zone: str, name: str) -> Household:
    """The household of somebody new, set up as their browser suggests."""
    guess: dict[str, Any] = guess_household(languages=languages, time_zone=time_zone)
    return actions.open_household(by=by, name=name, **guess)


@transaction.atomic
def set_inactivity(*, by: User, minutes: int | None) -> None:
    """How long a session may be left alone; None is as usual here, 0 is for ever."""
    by.inactivity_minutes = minutes
    by.full_clean()
    by.save(update_fields=["inactivity_minutes"])


def end_sessions(*, by: User, but: str = "", only: int | None = None) -> int:
    """Log other devices out: one of them, or all but the session at hand."""
    found = UserSession.objects.filter(user=by).exclude(session_key=but)
    chosen = list(found.filter(pk=only) if only is not None else found)
    get_adapter().end_sessions(chosen)
    return len(chosen)


def forget_sessions() -> int:
    """Remove sessions that are over, and the devices that stood for them."""
    SessionStore.clear_expired()
    gone, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()
    return int(gone)
