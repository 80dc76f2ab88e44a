"""Chores of support."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from financeflow.support import actions

KEPT_FOR = timedelta(days=30)


@shared_task
def forget_problems() -> int:
    return actions.forget_problems(before=timezone.now() - KEPT_FOR)
