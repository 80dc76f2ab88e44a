"""Questions to the notices: what a member was told, and how each member wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, Func, Q, QuerySet

from financeflow.notify.kinds import NoticeKind, kinds
from financeflow.notify.models import NoticeChoice, NoticeHours, Notification
from financeflow.notify.stopping import Stop
from financeflow.tenancy.prepared import Slot
from financeflow.tenancy.scope import every_household

# A letter is tried again after this long, as long as it is news, so many at a time.
TRIED_FOR, NEWS_FOR = timedelta(minutes=10), timedelta(days=3)
AT_ONCE = 200
# How many stand on a page of the list, and how many behind the bell.
A_PAGE, LATEST = 30, 5


def notices_of(user_id: int | Slot) -> QuerySet[Notification]:
    """What the member was told in the household in scope, the latest first."""
    return Notification.objects.filter(user_id=user_id, is_shown=True)


def unread_of(user_id: int | Slot) -> QuerySet[Notification]:
    return notices_of(user_id).filter(read_at=None)


def counted(notices: QuerySet[Notification]) -> QuerySet[Any, Any]:
    """How many they are, as part of another question."""
    return notices.order_by().annotate(count=Func("pk", function="COUNT")).values("count")


@dataclass(frozen=True)
class Told:
    """Some of what a member was told, each with the icon of its kind; `older` is the one after which there is more."""

    rows: list[tuple[Notification, str]]
    older: Notification | None = None


def told(user_id: int, *, only_new: bool = False, before: Notification | None = None, most: int = A_PAGE) -> Told:
    """A page of the list: from one notice back, whatever has come on top since."""
    rows = unread_of(user_id) if only_new else notices_of(user_id)
    found = list((rows.filter(pk__lt=before.pk) if before else rows)[: most + 1])
    icons = {name: kind.icon for name, kind in kinds().items()}
    shown = [(notice, icons.get(notice.kind, "bell")) for notice in found[:most]]
    return Told(shown, older=found[most - 1] if len(found) > most else None)


def unsent(keys: Iterable[int], now: datetime) -> QuerySet[Notification]:
    """Those of these that are to be mailed now and were not."""
    return _to_members(
        Notification.objects.filter(pk__in=list(keys)).filter(Q(held_until=None) | Q(held_until__lte=now))
    )


def left_behind(now: datetime) -> QuerySet[Notification]:
    """Letters of the last days that no mail server took, or that waited for the end of quiet hours."""
    waited = Q(held_until=None, created_at__lte=now - TRIED_FOR) | Q(held_until__lte=now)
    return _to_members(Notification.objects.filter(waited, created_at__gte=now - NEWS_FOR))[:AT_ONCE]


def _to_members(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """What is still to be mailed, in the order it was told; who has left the household since gets no letter of it."""
    waiting = rows.filter(is_mailed=True, mailed_at=None, household__memberships__user=F("user"))
    return waiting.select_related("user", "household").order_by("created_at", "pk")


def waiting_for(user_id: int) -> QuerySet[Notification]:
    """What the member is still to be mailed."""
    return Notification.objects.filter(user_id=user_id, is_mailed=True, mailed_at=None).order_by()


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


def hours_of(user_id: int) -> NoticeHours | None:
    """When the member wants no letters."""
    return NoticeHours.objects.filter(user_id=user_id).select_related("household").first()


def quiet_ends(user_ids: Iterable[int], now: datetime) -> dict[int, datetime | None]:
    """For each of these members who has quiet hours, when they end if it is quiet now."""
    rows = NoticeHours.objects.filter(user_id__in=list(user_ids)).select_related("household")
    return {row.user_id: row.end_of(now) for row in rows}


@dataclass(frozen=True)
class Reader:
    """Who got a letter, and of which kinds it was."""

    household_id: int
    user_id: int
    household: str
    language: str
    kinds: list[NoticeKind]


def reader_of(stop: Stop | None) -> Reader | None:
    """Whom a link in a letter was written for; nobody who has left the household since."""
    if stop is None:
        return None
    with every_household("whoever holds the letter may not be logged in"):
        members = apps.get_model("households", "Membership").objects.select_related("user", "household")
        member = members.filter(household__uid=stop.household, user__uid=stop.user).first()
    if member is None:
        return None
    named = [kind for name, kind in kinds().items() if name in stop.names]
    language = member.user.language or settings.LANGUAGE_CODE
    return Reader(member.household_id, member.user_id, member.household.name, language, named)
