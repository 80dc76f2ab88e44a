"""Running jobs, finding those that got stuck, and showing that a worker lives."""

from __future__ import annotations

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from financeflow.jobs import actions, queries
from financeflow.jobs.progress import stopping
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.web.health import HEART, HEART_SECONDS


@shared_task
def run_job(household_id: int, job_id: int) -> None:
    """Run one job if it still waits; a message that comes twice or late does nothing."""
    if stopping.is_set():
        return
    with household_scope(household_id):
        job = actions.claim_job(job_id)
        if job is not None:
            carry_out(job)


@shared_task
def recover_jobs(after_start: bool = False) -> int:
    """Bring back work nobody does; after the start of the only worker that is everything unfinished."""
    with every_household("work of all households may have got stuck"):
        found = list(queries.unfinished_jobs() if after_start else queries.stuck_jobs())
        for job in found:
            actions.recover_job(job)
    return len(found)


@shared_task
def beat_heart() -> None:
    """Sent by beat, done by a worker: where this is fresh, both live."""
    cache.set(HEART, timezone.now().timestamp(), HEART_SECONDS)
