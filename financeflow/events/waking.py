"""Waking the streams that wait: within this process, and in others by Redis."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import redis
from django.conf import settings

CHANNEL = "financeflow:events"
log = logging.getLogger(__name__)
_lock = threading.Lock()
_sleepers: dict[int, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = defaultdict(set)
_redis: redis.Redis | None = None


def wake(household_id: int) -> None:
    """Knock for every stream of this household, here and in other processes."""
    wake_here(household_id)
    if settings.REDIS_URL:
        try:
            _connection().publish(CHANNEL, str(household_id))
        except redis.RedisError as error:
            log.warning("event knock not sent: %s", type(error).__name__)


def wake_here(household_id: int) -> None:
    with _lock:
        sleepers = list(_sleepers.get(household_id, ()))
    for loop, bell in sleepers:
        if not loop.is_closed():
            loop.call_soon_threadsafe(bell.set)


@contextmanager
def sleeping(household_id: int) -> Iterator[asyncio.Event]:
    """A bell that rings when something was announced in this household."""
    sleeper = (asyncio.get_running_loop(), asyncio.Event())
    with _lock:
        _sleepers[household_id].add(sleeper)
    try:
        yield sleeper[1]
    finally:
        with _lock:
            _sleepers[household_id].discard(sleeper)
            if not _sleepers[household_id]:
                del _sleepers[household_id]


def _connection() -> redis.Redis:
    global _redis
    if _redis is None:
        _redis = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    return _redis
