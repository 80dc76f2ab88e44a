"""When somebody wants to be left alone: hours of a clock that hangs where that somebody lives."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_end(now: datetime, begins: time, ends: time, zone: str) -> datetime | None:
    """When the quiet hours end in which `now` falls; none outside them. They may pass midnight."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    for day in (today - timedelta(days=1), today):
        last = day if begins < ends else day + timedelta(days=1)
        if _moment(day, begins, here) <= now < _moment(last, ends, here):
            return _moment(last, ends, here)
    return None


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """In one time for all, in which clocks that are put forward or back can be compared."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
