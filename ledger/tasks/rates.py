"""The daily look for new exchange rates."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from ledger.actions import rate_refresh
from ledger.queries import rates


@shared_task
def refresh_rates() -> bool:
    """Sent each hour; asks once a day, at this server's own hour, and each hour while nobody answers."""
    now = timezone.now()
    if not rates.refresh_is_due(now):
        return False
    return rate_refresh.refresh_rates(now=now)
