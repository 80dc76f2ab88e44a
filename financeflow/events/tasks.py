"""Chores of announcements."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from financeflow.events import actions

KEPT_FOR = timedelta(days=7)


@shared_task
def forget_events() -> int:
    return actions.forget_events(before=timezone.now() - KEPT_FOR)
