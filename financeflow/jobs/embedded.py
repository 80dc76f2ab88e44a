"""A worker and beat inside the web process: one command runs everything, and stops everything."""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery import Celery
from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController
from kombu.exceptions import OperationalError as QueueError

from financeflow.jobs.progress import stopping

RUNNING_AT_ONCE = 2
log = logging.getLogger(__name__)


class EmbeddedWorker:
    """Celery's worker and beat as threads of this process, on whatever queue settings name."""

    def __init__(self, app: Celery, *, alone: bool) -> None:
        self.app = app
        self.alone = alone  # no other process works on this database: what is unfinished at the start is nobody's
        self.controller: Any = WorkController(
            app=app,
            hostname="embedded@localhost",
            concurrency=RUNNING_AT_ONCE,
            pool="threads",
            loglevel="WARNING",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self.beat: Any = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
        self.thread = threading.Thread(target=self._work, name="worker", daemon=True)

    def start(self) -> None:
        """Begin, with every chore due at once: how long ago they last ran is not known."""
        stopping.clear()
        self.thread.start()
        try:
            self.app.send_task("financeflow.jobs.tasks.recover_jobs", (self.alone,), retry=False)
            for chore in self.app.conf.beat_schedule.values():
                self.app.send_task(chore["task"], retry=False)
        except (QueueError, OSError) as error:
            log.warning("the queue is away (%s); the worker waits for it", type(error).__name__)
        self.beat.start()

    def stop(self, within: float) -> bool:
        """Take nothing new and let running work end or go back to the queue; false when it did not in time."""
        stopping.set()
        self.beat.service.stop()
        ending = threading.Thread(target=self.controller.stop, name="worker's end", daemon=True)
        ending.start()
        ending.join(within)
        return not ending.is_alive()

    def _work(self) -> None:
        self.app.set_current()
        try:
            self.controller.start()
        except SystemExit:
            log.info("the worker has ended")
