"""Questions to the notices: what a member was told, and how each member wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Func, QuerySet

from financeflow.notify.kinds import NoticeKind, kinds
from financeflow.notify.models import NoticeChoice, Notification
from financeflow.tenancy.prepared import Slot

# A letter is tried again after this long, as long as it is news, so many at a time.
TRIED_FOR, NEWS_FOR = timedelta(minutes=10), timedelta(days=3)
AT_ONCE = 200


def notices_of(user_id: int | Slot) -> QuerySet[Notification]:
    """What the member was told in the household in scope, the latest first."""
    return Notification.objects.filter(user_id=user_id, is_shown=True)


def unread_of(user_id: int | Slot) -> QuerySet[Notification]:
    return notices_of(user_id).filter(read_at=None)


def counted(notices: QuerySet[Notification]) -> QuerySet[Any, Any]:
    """How many they are, as part of another question."""
    return notices.order_by().annotate(count=Func("pk", function="COUNT")).values("count")


def unsent(keys: Iterable[int]) -> QuerySet[Notification]:
    """Those of these that are to be mailed and were not."""
    rows = Notification.objects.filter(pk__in=list(keys), is_mailed=True, mailed_at=None)
    return rows.select_related("user", "household")


def left_behind(now: datetime) -> QuerySet[Notification]:
    """Letters of the last days that no mail server took; of every household in scope."""
    span = (now - NEWS_FOR, now - TRIED_FOR)
    waiting = Notification.objects.filter(is_mailed=True, mailed_at=None, created_at__range=span)
    return waiting.select_related("user", "household")[:AT_ONCE]


@dataclass(frozen=True)
class Channels:
    """How a member is told of one kind."""

    kind: NoticeKind
    shown: bool
    mailed: bool


def channels_of(user_id: int) -> list[Channels]:
    """How the member wants to be told of each kind."""
    chosen = {row.kind: row for row in NoticeChoice.objects.filter(user_id=user_id)}
    return [_channels(kind, chosen.get(kind.name)) for kind in kinds().values()]


def channels_for(kind: NoticeKind, user_ids: Iterable[int]) -> dict[int, Channels]:
    """How each of these members wants to be told of one kind."""
    users = list(user_ids)
    chosen = {row.user_id: row for row in NoticeChoice.objects.filter(kind=kind.name, user_id__in=users)}
    return {user: _channels(kind, chosen.get(user)) for user in users}


def _channels(kind: NoticeKind, chosen: NoticeChoice | None) -> Channels:
    if chosen is None:
        return Channels(kind, kind.shown, kind.mailed)
    return Channels(kind, chosen.shown, chosen.mailed)
