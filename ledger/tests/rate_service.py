"""A service on this machine that speaks the API of Frankfurter, and can be made to misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]


class RateService:
    """Knows rates of working days; `faults` are answered first, one each time it is asked."""

    def __init__(self, worths: dict[str, str]) -> None:
        self.worths = worths
        self.asked: list[str] = []
        self.faults: list[Answer] = []
        self.url = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        if self.faults:
            self.faults.pop(0)(handler)
        elif handler.path.endswith("/currencies"):
            say(json.dumps(dict.fromkeys(self.worths, "A currency")))(handler)
        else:
            say(self._rates(handler.path))(handler)

    def _rates(self, path: str) -> str:
        parts = urlsplit(path)
        first, last = (date.fromisoformat(day) for day in parts.path.rpartition("/")[2].split(".."))
        symbols = parse_qs(parts.query)["symbols"][0].split(",")
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        rows = ", ".join(
            f'"{day}": {{{", ".join(f"{json.dumps(code)}: {self.worths[code]}" for code in symbols)}}}'
            for day in days
            if day.weekday() < 5
        )
        return f'{{"amount": 1.0, "base": "EUR", "start_date": "{first}", "rates": {{{rows}}}}}'


def say(text: str, status: int = 200) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = text.encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than anybody waits."""
    time.sleep(2)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it says."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Never silent for long, and never done."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.05)


@contextmanager
def rate_service(**worths: str) -> Iterator[RateService]:
    service = RateService(worths)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.answer(self)

        def log_message(self, *args: Any) -> None:
            """Says nothing in the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
