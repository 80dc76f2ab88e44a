"""Ending open streams when the server is told to stop, so that it need not wait for them."""

from __future__ import annotations

import signal
import threading
from types import FrameType

from financeflow.events.waking import wake_all_here

_shutting_down = threading.Event()
_watching = False


def is_shutting_down() -> bool:
    return _shutting_down.is_set()


def end_streams_on_shutdown() -> None:
    """Hear the signals that stop the server before the server does, from the first stream on."""
    global _watching
    if _watching or threading.current_thread() is not threading.main_thread():
        return
    _watching = True
    for number in (signal.SIGTERM, signal.SIGINT):
        _hear_first(number)


def _hear_first(number: signal.Signals) -> None:
    servers_own = signal.getsignal(number)
    if not callable(servers_own):
        return

    def on_signal(received: int, frame: FrameType | None) -> None:
        _shutting_down.set()
        wake_all_here()
        servers_own(received, frame)

    signal.signal(number, on_signal)
