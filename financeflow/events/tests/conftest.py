"""A real server for the stream, and a reader that hears it line by line."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from django.test import Client

from financeflow.events import streaming
from financeflow.households.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Block = dict[str, str]


@dataclass
class Line:
    """One open stream as its reader sees it."""

    connection: http.client.HTTPConnection
    answer: http.client.HTTPResponse
    last_id: str = ""

    @property
    def status(self) -> int:
        return self.answer.status

    def block(self) -> Block | None:
        """The next thing said, or None when the stream has ended."""
        block: Block = {}
        while line := self.answer.readline().decode():
            if line.startswith(":"):
                continue
            if line.strip():
                key, _, value = line.rstrip("\n").partition(":")
                block[key] = value.removeprefix(" ")
            elif block:
                self.last_id = block.get("id", self.last_id)
                return block
        return None

    def event(self) -> Block | None:
        """The next block that names an event."""
        while (block := self.block()) is not None:
            if "event" in block:
                return block
        return None

    def ready(self) -> Line:
        """Wait until the stream listens: a stream opened from now on first says where it stands."""
        while not self.last_id and self.block():
            pass
        return self

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


class Reader:
    """A logged-in person who opens streams and pages of the running server."""

    def __init__(self, address: tuple[str, int], user: User | None) -> None:
        self.address = address
        self.client = Client()
        self.lines: list[Line] = []
        if user:
            self.client.force_login(user, backend=BACKEND)

    @property
    def session_key(self) -> str:
        return str(self.client.session.session_key)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Line:
        connection = http.client.HTTPConnection(*self.address, timeout=5)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())
        connection.request(method, path, headers={"Cookie": cookies, **headers})
        line = Line(connection, connection.getresponse())
        self.lines.append(line)
        return line

    def listen(self, query: str = "", **headers: str) -> Line:
        return self.ask(f"/events/{query}", **headers)


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[tuple[str, int]]:
    """One uvicorn on the test database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address: tuple[str, int] = probe.getsockname()
    config = uvicorn.Config(
        "financeflow.asgi:application", host=address[0], port=address[1], log_level="warning", lifespan="off", ws="none"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    wait_until(lambda: running.started)
    yield address
    running.should_exit = running.force_exit = True
    thread.join(timeout=10)


@pytest.fixture
def reader(server: tuple[str, int], transactional_db: None) -> Iterator[Callable[[User | None], Reader]]:
    """Readers of the running server, whose streams are closed after the test."""
    readers: list[Reader] = []

    def open_reader(user: User | None) -> Reader:
        readers.append(Reader(server, user))
        return readers[-1]

    yield open_reader
    for each in readers:
        for line in each.lines:
            line.close()
    wait_until(lambda: not streaming._open)


@pytest.fixture
def quick_pings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PING_SECONDS", 0.1)


def wait_until(is_so: Callable[[], Any], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
