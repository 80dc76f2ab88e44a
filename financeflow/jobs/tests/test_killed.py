"""A killed process loses no job: real processes, killed in mid-work, embedded and on Redis."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

EFFECTS = 20
EMBEDDED = [sys.executable, "manage.py", "serve"]
WORKER = [sys.executable, "-m", "celery", "-A", "financeflow", "worker", "-P", "threads", "-c", "1"]
BEAT = [sys.executable, "-m", "celery", "-A", "financeflow", "beat", "-s"]


class Place:
    """A database of its own in a folder of its own, and the processes that work on it."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder, self.database = folder, folder / "financeflow.sqlite3"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        own = {"DJANGO_SETTINGS_MODULE": "financeflow.jobs.tests.killed_settings", "FINANCEFLOW_VAR": str(folder)}
        self.env = {**inherited, **own, "PORT": port, **env}
        self.log = folder / "log.txt"
        plant = [sys.executable, "-m", "financeflow.jobs.tests.plant_job"]
        subprocess.run(plant, env=self.env, cwd=settings.BASE_DIR, check=True, timeout=60)  # noqa: S603

    @contextmanager
    def running(self, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        with (
            self.log.open("ab") as log,
            subprocess.Popen(  # noqa: S603
                command, env=self.env, cwd=settings.BASE_DIR, stdout=log, stderr=log
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def ask(self, question: str) -> tuple[int | str, ...]:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return tuple(connection.execute(question).fetchone())

    def effects(self) -> tuple[int | str, ...]:
        return self.ask("SELECT count(*), count(DISTINCT subject) FROM events_event WHERE name = 'test.effect'")

    def job(self) -> tuple[int | str, ...]:
        return self.ask("SELECT state, attempts, done FROM jobs_job")

    def wait(self, until: Callable[[], bool], seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.05)


def in_the_middle(place: Place, process: subprocess.Popen[bytes], end: signal.Signals, effects: int) -> int:
    """End the process by this signal once it has done some work, and say how it ended."""
    place.wait(lambda: int(place.effects()[0]) >= effects)
    process.send_signal(end)
    code = process.wait(timeout=20)
    assert int(place.effects()[0]) < EFFECTS
    return code


def finished_once(place: Place) -> None:
    place.wait(lambda: place.job()[0] == "done")
    assert place.job() == ("done", 2, EFFECTS)
    assert place.effects() == (EFFECTS, EFFECTS)


@pytest.mark.once
def test_make_run_hands_its_work_to_the_next_start_when_asked_to_stop_and_when_killed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with place.running(EMBEDDED) as process:
        assert in_the_middle(place, process, signal.SIGINT, effects=2) == 0
    assert place.job()[:2] == ("queued", 0)
    with place.running(EMBEDDED) as process:
        in_the_middle(place, process, signal.SIGKILL, effects=8)
    assert place.job()[:2] == ("running", 1)
    with place.running(EMBEDDED) as process:
        finished_once(place)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


@pytest.mark.redis
def test_a_killed_worker_on_redis_has_its_work_finished_by_another(tmp_path: Path) -> None:
    place = Place(tmp_path, REDIS_URL=settings.REDIS_URL)
    with place.running(WORKER) as process:
        in_the_middle(place, process, signal.SIGKILL, effects=3)
    assert place.job()[:2] == ("running", 1)
    with place.running(WORKER), place.running([*BEAT, str(tmp_path / "schedule")]):
        finished_once(place)
