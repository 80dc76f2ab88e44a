"""Now and today as a household sees them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now_in(zone: str) -> datetime:
    return timezone.now().astimezone(ZoneInfo(zone))


def today_in(zone: str) -> date:
    return now_in(zone).date()
