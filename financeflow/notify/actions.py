"""Writing notices: telling a member once, marking as read, choosing how to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from financeflow.events.publishing import publish
from financeflow.notify import queries
from financeflow.notify.kinds import kinds
from financeflow.notify.models import NoticeChoice, Notification

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


def claim_mail(notice: Notification) -> bool:
    """Whether this is who sends the letter: of several that try, one."""
    now = timezone.now()
    return bool(Notification.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=now))


def release_mail(notice: Notification) -> None:
    """No mail goes out just now: somebody may try again."""
    Notification.objects.filter(pk=notice.pk).update(mailed_at=None)
