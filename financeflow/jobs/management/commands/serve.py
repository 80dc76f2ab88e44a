"""Serve FinanceFlow from one process: pages, events, background work and its clock."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
from typing import IO, Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from financeflow.celery import app
from financeflow.jobs.embedded import EmbeddedWorker
from financeflow.settings import env
from financeflow.web.static_files import collect_if_changed

WORK_MAY_TAKE = 20
STREAMS_MAY_TAKE = 2


class Command(BaseCommand):
    help = "Serve FinanceFlow from one process (what `make run` does). HOST and PORT say where."
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000)
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        alone = not settings.REDIS_URL
        lock = only_one() if alone else None
        door = bound(host, port)
        self._prepare_database()
        if not settings.DEBUG:
            collect_if_changed()
        self._welcome(host, port)
        worker = EmbeddedWorker(app, alone=alone)
        worker.start()
        serve(door)
        self.stdout.write("Stopping …")
        ended = worker.stop(within=WORK_MAY_TAKE)
        if lock:
            lock.close()
        self._leave(ended)

    def _prepare_database(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)

    def _welcome(self, host: str, port: int) -> None:
        name = "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0", "::", "localhost"} else host  # noqa: S104
        self.stdout.write(self.style.SUCCESS(f"\nFinanceFlow is at http://{name}:{port}"))
        for line in import_string(settings.FIRST_LOGIN)():
            self.stdout.write(f"  {line}")
        self.stdout.write("  Ctrl-C stops it.\n")
        self.stdout.flush()

    def _leave(self, ended: bool) -> None:
        """Work that would not stop is left to the next start, which runs it again."""
        connection.close()
        if ended:
            return
        self.stderr.write("Some work did not stop in time; it starts again with the next start.")
        self.stderr.flush()
        os._exit(0)


def only_one() -> IO[str]:
    """Without Redis the queue lives in one process, so there is one per var/; the lock goes with its process."""
    lock = (settings.VAR_DIR / "serving.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CommandError("FinanceFlow is running already from this folder: stop that one first.") from None
    return lock


def bound(host: str, port: int) -> socket.socket:
    """The door, taken before anything else is done, so that a taken port is said in one sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise CommandError(
            f"Port {port} on {host} cannot be used ({error.strerror}): try PORT={port + 1} make run."
        ) from None
    return door


def serve(door: socket.socket) -> None:
    """Answer until Ctrl-C or SIGTERM; open event streams are given a moment and then closed."""
    config = uvicorn.Config(
        "financeflow.asgi:application",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STREAMS_MAY_TAKE,
    )
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: None)  # uvicorn raises it again when it has stopped; the worker still has to
    uvicorn.Server(config).run(sockets=[door])
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: os._exit(1))  # asked twice: at once, and what ran is run again at the next start
