"""How running work says how far it is, shows that it lives, and learns that it should stop."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from financeflow.events.publishing import publish
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope

WRITE_EVERY = 0.5
ANNOUNCE_EVERY = 1.0
log = logging.getLogger(__name__)

# Set when this process is told to end: running work goes back to the queue at its next step.
stopping = threading.Event()


class JobCancelled(Exception):
    """Somebody pressed Stop."""


class JobLost(Exception):
    """Another worker has taken this job over: whatever this one still does must not count."""


class JobInterrupted(Exception):
    """This process is about to end: the job goes back to the queue."""


class Progress:
    """What a kind of work is given to tell of its progress."""

    def __init__(self, job: Job, *, announces: bool = True) -> None:
        self.job = job
        self.announces = announces
        self._wrote = self._announced = time.monotonic()

    def step(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Say how far the work is, as often as wanted: it is written twice a second, and at the end."""
        job = self.job
        job.done, job.total = done, job.total if total is None else total
        job.message = job.message if message is None else message[:250]
        now = time.monotonic()
        if now - self._wrote < WRITE_EVERY and not (job.total and done >= job.total):
            return
        self._wrote = now
        self._write()
        if self.announces and now - self._announced >= ANNOUNCE_EVERY:
            self._announced = now
            announce(job)

    def _write(self) -> None:
        job = self.job
        mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=Job.State.RUNNING)
        if not mine.update(done=job.done, total=job.total, message=job.message, heartbeat_at=timezone.now()):
            raise JobLost
        if mine.filter(cancel_asked=True).exists():
            raise JobCancelled
        if stopping.is_set():
            raise JobInterrupted


class Heart:
    """Beats beside work that is slow between two steps, so that only the work of a dead process looks dead."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name=f"heart of job {job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()

    def _beat(self) -> None:
        while not self.over.wait(settings.JOB_SILENT_SECONDS / 4):
            try:
                with household_scope(self.job.household_id):
                    Job.objects.filter(pk=self.job.pk, claim=self.job.claim, state=Job.State.RUNNING).update(
                        heartbeat_at=timezone.now()
                    )
            except DatabaseError as error:
                log.warning("a heartbeat was not written: %s", type(error).__name__)
            finally:
                connection.close()


def announce(job: Job) -> None:
    """Tell open pages to look at this job again; no number of the household has changed by it."""
    publish("job.changed", household_id=job.household_id, subject=job.uid, refreshes=False)
