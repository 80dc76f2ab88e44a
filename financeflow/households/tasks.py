"""Chores of households: what is over goes."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from financeflow.households import actions, exports, queries
from financeflow.households.signin import actions as signin

log = logging.getLogger(__name__)
AT_ONCE = 200


@shared_task
def purge_households() -> int:
    """Remove sandboxes and households whose time is over, some hundred a round, each by itself."""
    gone = 0
    for household in queries.households_over(timezone.now())[:AT_ONCE]:
        try:
            gone += actions.purge_if_over(household)
        except DatabaseError:
            log.exception("household %s could not be removed; the next round tries again", household.pk)
    actions.remove_lost_guests(before=timezone.now() - timedelta(hours=settings.SANDBOX_HOURS + 1))
    return gone


@shared_task
def forget_sessions() -> int:
    return signin.forget_sessions()


@shared_task
def forget_exports() -> int:
    return exports.remove_older(timezone.now() - timedelta(days=settings.EXPORT_DAYS))
