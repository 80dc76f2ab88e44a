"""Now and today as a household sees them, and the time zones there are."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

TIME_ZONES = [
    (zone, zone.replace("_", " "))
    for zone in sorted(available_timezones())
    if "/" in zone and not zone.startswith("Etc/")
] + [("UTC", "UTC")]


def now_in(zone: str) -> datetime:
    return timezone.now().astimezone(ZoneInfo(zone))


def today_in(zone: str) -> date:
    return now_in(zone).date()
