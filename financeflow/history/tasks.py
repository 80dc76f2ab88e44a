"""Chores of history."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from financeflow.history import actions


@shared_task
def empty_trash() -> int:
    return actions.empty_trash(before=timezone.now() - timedelta(days=settings.TRASH_DAYS))
