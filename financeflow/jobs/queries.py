"""Questions to the table of jobs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from financeflow.jobs.models import Job


def recent_jobs(*, limit: int = 50) -> QuerySet[Job]:
    """The household's latest work, with who asked for it."""
    return Job.objects.select_related("by")[:limit]


def stuck_jobs() -> QuerySet[Job]:
    """Work that waits though nobody may have heard of it, and work whose heart has stopped."""
    return unfinished_jobs().filter(heartbeat_at__lt=timezone.now() - timedelta(seconds=settings.JOB_SILENT_SECONDS))


def unfinished_jobs() -> QuerySet[Job]:
    """All that waits or runs: stuck, every one, when the only process that works has just started."""
    return Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).order_by("id")
