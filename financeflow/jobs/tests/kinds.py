"""Kinds of work that only tests know."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext as _

from financeflow.events.models import Event
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress, stopping


@titled("Counting")
def count(job: Job, progress: Progress) -> dict[str, Any]:
    total = job.params.get("to", 3)
    for done in range(total):
        progress.step(done + 1, total, f"{done + 1} counted")
    return {"url": "/jobs/", "word": _("Saturday"), "counted": total}


def fail(job: Job, progress: Progress) -> None:
    raise ValueError("the inner reason, with a name nobody should read")


def refuse(job: Job, progress: Progress) -> None:
    raise JobFailed("The file has no rows.")


def lose_database(job: Job, progress: Progress) -> None:
    raise OperationalError("database is locked")


def asked_to_stop(job: Job, progress: Progress) -> None:
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    progress.step(1, 1)


def taken_over(job: Job, progress: Progress) -> None:
    Job.objects.filter(pk=job.pk).update(claim=uuid.uuid4())
    progress.step(1, 1)


def end_of_process(job: Job, progress: Progress) -> None:
    stopping.set()
    progress.step(1, 1)


def slow(job: Job, progress: Progress) -> dict[str, Any]:
    """Two seconds of steps, each with an effect that is the same however often it is done."""
    total = 20
    for done in range(total):
        effect = uuid.uuid5(job.uid, str(done))
        Event.objects.get_or_create(household_id=job.household_id, name="test.effect", subject=effect)
        progress.step(done + 1, total)
        time.sleep(0.1)
    return {"effects": total}
