"""Writing notices: telling a member once, marking as read, choosing how to be told and when not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from financeflow.events.publishing import publish
from financeflow.notify import queries
from financeflow.notify.kinds import kinds
from financeflow.notify.models import NoticeChoice, NoticeHours, Notification

CHANGED = "notices.changed"


@dataclass(frozen=True)
class Notice:
    """What one member is told: a line, a sentence, where it leads, and what the letter needs to know."""

    user_id: int
    title: str
    text: str = ""
    path: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def notify(*, household_id: int, kind: str, once: str, notices: Sequence[Notice]) -> list[Notification]:
    """Tell each member what is meant for that member, unless it was told before; what is new."""
    channels = queries.channels_for(kinds()[kind], [notice.user_id for notice in notices])
    mailed = [user_id for user_id, channel in channels.items() if channel.mailed]
    quiet = queries.quiet_ends(mailed, timezone.now()) if mailed else {}
    told = set(Notification.objects.filter(kind=kind, once=once).values_list("user_id", flat=True))
    rows = [
        Notification(
            household_id=household_id,
            user_id=notice.user_id,
            kind=kind,
            once=once,
            title=notice.title[:200],
            text=notice.text[:500],
            path=notice.path,
            params=notice.params,
            is_shown=channels[notice.user_id].shown,
            is_mailed=channels[notice.user_id].mailed,
            held_until=quiet.get(notice.user_id),
        )
        for notice in notices
        if notice.user_id not in told
    ]
    # Two who tell at once: the table keeps one row of each, and only what was written is told.
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    uids = [row.uid for row in rows]
    added = list(Notification.objects.filter(uid__in=uids))
    if any(row.is_shown for row in added):
        publish(CHANGED, household_id=household_id, refreshes=False)
    return added


@transaction.atomic
def mark_read(*, household_id: int, user_id: int, notice: Notification | None = None) -> int:
    """Take one notice, or all of them, as read; how many were new."""
    rows = queries.unread_of(user_id).order_by()
    count = (rows.filter(pk=notice.pk) if notice else rows).update(read_at=timezone.now())
    if count:
        publish(CHANGED, household_id=household_id, refreshes=False)
    return count


@transaction.atomic
def choose_channels(*, household_id: int, user_id: int, chosen: Mapping[str, tuple[bool, bool]]) -> None:
    """How the member wants to be told from now on: by kind, whether it is shown and whether it is mailed."""
    for kind, (shown, mailed) in chosen.items():
        NoticeChoice.objects.update_or_create(
            household_id=household_id, user_id=user_id, kind=kind, defaults={"shown": shown, "mailed": mailed}
        )
    unwanted = [kind for kind, (_shown, mailed) in chosen.items() if not mailed]
    queries.waiting_for(user_id).filter(kind__in=unwanted).update(is_mailed=False)


def stop_letters(*, household_id: int, user_id: int, names: Iterable[str]) -> None:
    """No more letters of these kinds; what is shown on the page stays as it was."""
    now = {each.kind.name: each.shown for each in queries.channels_of(user_id)}
    chosen = {name: (now[name], False) for name in names if name in now}
    choose_channels(household_id=household_id, user_id=user_id, chosen=chosen)


@transaction.atomic
def choose_hours(*, household_id: int, user_id: int, hours: tuple[time, time] | None, time_zone: str) -> None:
    """When the member wants no letters; what waits already waits by the new hours."""
    if hours is None:
        NoticeHours.objects.filter(user_id=user_id).delete()
    else:
        wanted = {"begins": hours[0], "ends": hours[1], "time_zone": time_zone}
        NoticeHours.objects.update_or_create(household_id=household_id, user_id=user_id, defaults=wanted)
    until = queries.quiet_ends([user_id], timezone.now()).get(user_id)
    queries.waiting_for(user_id).update(held_until=until)


def claim_mail(notice: Notification) -> bool:
    """Whether this is who sends the letter: of several that try, one; and nobody where it is no longer wanted."""
    waiting = Notification.objects.filter(pk=notice.pk, is_mailed=True, mailed_at=None)
    return bool(waiting.update(mailed_at=timezone.now()))


def release_mail(notices: Iterable[Notification]) -> None:
    """No mail goes out just now: somebody may try again."""
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)
