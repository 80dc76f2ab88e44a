"""Running jobs, and finding those that got stuck."""

from celery import shared_task


@shared_task
def recover_jobs() -> int:
    return 0


@shared_task
def beat_heart() -> None:
    return None
