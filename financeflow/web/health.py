"""What probes ask: /healthz, whether this process answers, and /readyz, whether what it needs is there."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import RedisError

HEART = "worker-heart"  # kept by a worker when beat asks for it: fresh where both live
HEART_SECONDS = 120
Answer = Callable[[HttpRequest], HttpResponse]
_migrated = False


def answer_probes(get_response: Answer) -> Answer:
    """Before hosts, sessions and redirects: a probe knows an address and a port, and nothing else."""
    probes: dict[str, Callable[[], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = probes.get(request.path) if request.method in {"GET", "HEAD"} else None
        if probe is None:
            return get_response(request)
        response = probe()
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def healthz() -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz() -> HttpResponse:
    """503 where no page could be answered; without cache or worker it answers, and says what is missing."""
    database = _database()
    cached = _cache()
    parts = {
        "database": database,
        "migrations": _migrations() if database == "ok" else "unknown",
        "cache": cached,
        "worker": _worker() if cached == "ok" else "unknown",
    }
    vital = parts["database"] == parts["migrations"] == "ok"
    whole = all(state == "ok" for state in parts.values())
    status = ("ready" if whole else "degraded") if vital else "unavailable"
    return JsonResponse({"status": status, **parts}, status=200 if vital else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return "away"
    return "ok"


def _migrations() -> str:
    """Once they are all there they stay: only a process that has not seen that looks again."""
    global _migrated
    if _migrated:
        return "ok"
    try:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return "ok" if _migrated else "missing"


def _cache() -> str:
    key = f"readyz:{uuid.uuid4().hex}"
    try:
        cache.set(key, "here", 10)
        return "ok" if cache.get(key) == "here" else "away"
    except RedisError:  # an answer that is none of Redis: something else listens there
        return "away"


def _worker() -> str:
    heard = cache.get(HEART)
    return "ok" if heard is not None and time.time() - heard < HEART_SECONDS else "silent"
