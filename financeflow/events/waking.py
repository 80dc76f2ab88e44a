"""Waking the streams that wait: within this process at once, and in others by Redis."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from weakref import WeakKeyDictionary

import redis
from django.conf import settings
from redis import asyncio as redis_async

Sleeper = tuple[asyncio.AbstractEventLoop, asyncio.Event]
CHANNEL = "financeflow:events"
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
# After a knock that could not be sent, writes do not wait for Redis again for this long.
PAUSE = 5.0
log = logging.getLogger(__name__)
_here = uuid.uuid4().hex
# Reentrant: a signal that ends the streams may arrive while this thread holds it.
_lock = threading.RLock()
_sleepers: dict[int, set[Sleeper]] = defaultdict(set)
_ears: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[None]] = WeakKeyDictionary()
_redis: redis.Redis | None = None
_silent_until = 0.0


def wake(household_id: int) -> None:
    """Knock for every stream of this household, here and in other processes."""
    global _silent_until
    wake_here(household_id)
    if not settings.REDIS_URL or time.monotonic() < _silent_until:
        return
    try:
        _connection().publish(CHANNEL, f"{household_id}:{_here}")
    except redis.RedisError as error:
        _silent_until = time.monotonic() + PAUSE
        log.warning("event knock not sent: %s", type(error).__name__)


def wake_here(household_id: int) -> None:
    with _lock:
        _ring(_sleepers.get(household_id, ()))


def wake_all_here() -> None:
    with _lock:
        for sleepers in _sleepers.values():
            _ring(sleepers)


def _ring(sleepers: Iterable[Sleeper]) -> None:
    for loop, bell in sleepers:
        with suppress(RuntimeError):  # the loop was closed in the meantime
            loop.call_soon_threadsafe(bell.set)


@contextmanager
def sleeping(household_id: int) -> Iterator[asyncio.Event]:
    """A bell that rings when something was announced in this household."""
    sleeper = (asyncio.get_running_loop(), asyncio.Event())
    _listen_to_others(sleeper[0])
    with _lock:
        _sleepers[household_id].add(sleeper)
    try:
        yield sleeper[1]
    finally:
        with _lock:
            _sleepers[household_id].discard(sleeper)
            if not _sleepers[household_id]:
                del _sleepers[household_id]


def _listen_to_others(loop: asyncio.AbstractEventLoop) -> None:
    """Have one ear a process on Redis, from its first stream on."""
    if settings.REDIS_URL and (loop not in _ears or _ears[loop].done()):
        _ears[loop] = loop.create_task(_hear_others(), name="event knocks")


async def _hear_others() -> None:
    wait = FIRST_WAIT
    while True:
        try:
            async with (
                redis_async.Redis.from_url(
                    settings.REDIS_URL, socket_timeout=None, socket_connect_timeout=3, health_check_interval=30
                ) as connection,
                connection.pubsub(ignore_subscribe_messages=True) as subscription,
            ):
                await subscription.subscribe(CHANNEL)
                wait = FIRST_WAIT
                wake_all_here()  # knocks may have been missed while there was no ear
                async for message in subscription.listen():
                    _pass_on(message["data"])
        except (redis.RedisError, OSError) as error:
            log.warning("event knocks are not heard: %s, again in %.1f s", type(error).__name__, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _pass_on(knock: bytes) -> None:
    household_id, _, sender = knock.decode("ascii", "replace").partition(":")
    if sender != _here and household_id.isdigit():
        wake_here(int(household_id))


def _connection() -> redis.Redis:
    global _redis
    if _redis is None:
        _redis = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    return _redis
