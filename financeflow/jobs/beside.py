"""Telling of progress from within one long transaction: past it, so that others see how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy

from django.core.cache import cache
from django.db import DatabaseError, connection

from financeflow.jobs.models import Job
from financeflow.jobs.progress import JobCancelled, JobInterrupted, JobLost, Progress
from financeflow.tenancy.scope import household_scope

Step = Callable[[int, int], None]
TELL_EVERY = 0.5
KEPT_SECONDS = 600


@contextmanager
def told_beside(progress: Progress) -> Iterator[Step]:
    """A `step` to call in a transaction. It waits for nothing, and raises when the work is to stop.

    SQLite has one writer at a time: there nothing is written until the transaction ends, and the cache tells how far it
    is. Who wants to stop it then waits for its end.
    """
    if connection.vendor == "sqlite" or connection.in_atomic_block:
        yield Whisper(progress.job).step
        return
    teller = Teller(progress)
    teller.thread.start()
    try:
        yield teller.step
    finally:
        teller.over.set()
        # It may itself wait for the transaction to end, and is then left to end by itself.
        teller.thread.join(timeout=2 * TELL_EVERY)


class Whisper:
    """Keeps in the cache how far the work is, as often as somebody looks."""

    def __init__(self, job: Job) -> None:
        self.key, self.told_at = _key(job), 0.0

    def step(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told_at >= TELL_EVERY:
            self.told_at = now
            cache.set(self.key, (done, total), KEPT_SECONDS)


def as_whispered(job: Job) -> Job:
    """The job, as far as it is by now; what stands in its row is behind while its transaction is open."""
    if job.state == Job.State.RUNNING and (told := cache.get(_key(job))):
        job.done, job.total = told
    return job


def _key(job: Job) -> str:
    return f"job:{job.uid}:{job.claim}"


class Teller:
    """Writes what it was last told, twice a second, and learns whether the work should stop."""

    def __init__(self, progress: Progress) -> None:
        # To announce would be to wait for the household, which the transaction holds; pages ask again by themselves.
        self.progress = Progress(copy(progress.job), announces=False)
        self.told = (progress.job.done, progress.job.total)
        self.stop: Exception | None = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._tell, name=f"teller of job {progress.job.pk}", daemon=True)

    def step(self, done: int, total: int) -> None:
        if self.stop:
            raise self.stop
        self.told = (done, total)

    def _tell(self) -> None:
        try:
            with household_scope(self.progress.job.household_id):
                while self.stop is None and not self.over.wait(TELL_EVERY):
                    self._tell_once()
        finally:
            connection.close()

    def _tell_once(self) -> None:
        try:
            self.progress.step(*self.told)
        except (JobCancelled, JobInterrupted, JobLost) as stop:
            self.stop = stop
        except DatabaseError:
            return  # told the next time
