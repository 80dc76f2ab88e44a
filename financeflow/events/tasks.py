"""Chores of announcements, and of what is remembered until the next one."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from financeflow.events import actions
from financeflow.events.hit_rates import hit_rates

log = structlog.get_logger("financeflow.remembering")
KEPT_FOR = timedelta(days=7)


@shared_task
def forget_events() -> int:
    return actions.forget_events(before=timezone.now() - KEPT_FOR)


@shared_task
def log_hit_rates() -> None:
    """How often each number was at hand, in the log of whoever runs this server."""
    for rate in hit_rates():
        log.info("hit rate", name=rate.name, hits=rate.hits, misses=rate.misses, percent=round(rate.percent, 1))
