"""One open stream: it sleeps without a database connection, and asks the table when it is woken."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections

from financeflow.events import draining
from financeflow.events.models import Event
from financeflow.events.queries import Heard, Listener, hear
from financeflow.events.waking import sleeping

PING_SECONDS = 15.0
LIFE_SECONDS = 60 * 60.0
RETRY_MS = 2000
MOST_PER_PERSON = 20
# Few threads ask for all streams, so that streams never take more connections than these from the pool.
_askers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="events")
_open: Counter[int] = Counter()
_counting = threading.RLock()


class Seat:
    """A place among a person's open streams; given back once, however the stream ends."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        with _counting:
            self.is_taken = _open[user_id] < MOST_PER_PERSON
            _open[user_id] += self.is_taken

    def close(self) -> None:
        with _counting:
            _open[self.user_id] -= self.is_taken
            self.is_taken = False
            if not _open[self.user_id]:
                del _open[self.user_id]

    def __del__(self) -> None:
        self.close()


async def stream(listener: Listener, after: int | None) -> AsyncIterator[bytes]:
    """What an open page hears: names and ids, a ping when it is quiet, and why it ended when it must."""
    ends_at = asyncio.get_running_loop().time() + LIFE_SECONDS
    await sync_to_async(connections.close_all)()  # what the middleware opened in this request's own thread
    draining.end_streams_on_shutdown()
    yield b"retry: %d\n\n" % RETRY_MS
    position = after
    with sleeping(listener.household_id) as bell:
        while not draining.is_shutting_down():
            bell.clear()
            heard = await _ask(listener, position)
            if heard is None:
                return
            for block in _told(heard, position):
                yield block
            position = heard.position
            if heard.is_ended or asyncio.get_running_loop().time() >= ends_at:
                return
            if not await _rings(bell):
                yield b": ping\n\n"


async def _ask(listener: Listener, after: int | None) -> Heard | None:
    """Ask the table in a thread; None when it is away, and the page had better come again."""
    try:
        return await asyncio.get_running_loop().run_in_executor(_askers, _hear_and_let_go, listener, after)
    except DatabaseError:
        return None


def _hear_and_let_go(listener: Listener, after: int | None) -> Heard:
    try:
        return hear(listener, after)
    finally:
        connections.close_all()


async def _rings(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), PING_SECONDS)
    except TimeoutError:
        return False
    return True


def _told(heard: Heard, before: int | None) -> list[bytes]:
    if heard.is_ended:
        return [_block("events.ended")]
    if heard.is_gap:
        return [_block("events.gap", heard.position)]
    blocks = [_told_event(event) for event in heard.events]
    last = heard.events[-1].pk if heard.events else before
    # An id alone moves the listener on past what was not for him.
    return blocks if heard.position == last else [*blocks, b"id: %d\n\n" % heard.position]


def _told_event(event: Event) -> bytes:
    return _block(event.name, event.pk, str(event.subject or ""))


def _block(name: str, number: int | None = None, data: str = "") -> bytes:
    place = f"id: {number}\n" if number is not None else ""
    return f"{place}event: {name}\ndata: {data}\n\n".encode()
