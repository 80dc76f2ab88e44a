"""Questions to the table of jobs."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from financeflow.jobs.models import Job

QUEUED_TOO_LONG = timedelta(minutes=1)
SILENT_TOO_LONG = timedelta(minutes=1)


def recent_jobs(*, limit: int = 50) -> QuerySet[Job]:
    """The household's latest work, with who asked for it."""
    return Job.objects.select_related("by")[:limit]


def stuck_jobs() -> QuerySet[Job]:
    """Work that waits though nobody may have heard of it, and work whose heart has stopped."""
    now = timezone.now()
    waits = Q(state=Job.State.QUEUED, heartbeat_at__lt=now - QUEUED_TOO_LONG)
    silent = Q(state=Job.State.RUNNING, heartbeat_at__lt=now - SILENT_TOO_LONG)
    return Job.objects.filter(waits | silent).order_by("id")


def unfinished_jobs() -> QuerySet[Job]:
    """All that waits or runs: stuck, every one, when the only process that works has just started."""
    return Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).order_by("id")
