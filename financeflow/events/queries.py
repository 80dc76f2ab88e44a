"""Questions to the announcements: what came after, and whether one may still hear it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from financeflow.events.models import Event
from financeflow.tenancy.scope import household_scope

# A page that missed more than this refreshes as a whole.
MOST_REPLAYED = 500


@dataclass(frozen=True)
class Listener:
    """Who listens to what."""

    user_id: int
    household_id: int
    session_key: str
    subject: uuid.UUID | None = None


@dataclass(frozen=True)
class Heard:
    """What one question to the table gave."""

    position: int
    events: tuple[Event, ...] = ()
    is_gap: bool = False
    is_ended: bool = False


def hear(listener: Listener, after: int | None) -> Heard:
    """What was announced after this id; a gap when what came after is no longer all there."""
    with household_scope(listener.household_id):
        if not may_listen(listener):
            return Heard(after or 0, is_ended=True)
        if after is None:
            return Heard(last_event_id())
        found = list(Event.objects.filter(id__gt=after)[: MOST_REPLAYED + 1])
        if len(found) > MOST_REPLAYED or not _is_kept(after, bool(found)):
            return Heard(last_event_id(), is_gap=True)
    position = found[-1].pk if found else after
    return Heard(position, tuple(event for event in found if listener.subject in {None, event.subject}))


def _is_kept(after: int, has_later: bool) -> bool:
    """Whether nothing between this id and the first that is kept was forgotten: true where the id itself is kept."""
    return Event.objects.filter(id=after).exists() or (after == 0 and not has_later)


def last_event_id() -> int:
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def may_listen(listener: Listener) -> bool:
    """Whether the person is still logged in, still a member, and still in this household."""
    memberships: Any = apps.get_model("households", "Membership").objects
    membership = (
        memberships.select_related("user", "household").filter(user=listener.user_id, user__is_active=True).first()
    )
    if membership is None or _is_over(membership.household.expires_at):
        return False
    session = SessionStore(listener.session_key).load()
    return (
        session.get(SESSION_KEY) == str(listener.user_id)
        and session.get("household", listener.household_id) == listener.household_id
        and _is_fresh(membership.user, session.get(HASH_SESSION_KEY, ""))
    )


def _is_over(expires_at: datetime | None) -> bool:
    return expires_at is not None and expires_at <= timezone.now()


def _is_fresh(user: Any, kept_hash: str) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(kept_hash, each) for each in hashes)


def forgettable_events(before: datetime) -> models.QuerySet[Event]:
    """Announcements older than this, but never a household's latest: who has heard that one has missed nothing."""
    later = Event.objects.filter(household=models.OuterRef("household"), id__gt=models.OuterRef("id"))
    return Event.objects.filter(models.Exists(later), at__lt=before)
