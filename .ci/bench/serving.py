"""Servers to measure, one process each, on loopback; and a browser that only counts milliseconds."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(application: str, *, folder: Path, env: Mapping[str, str], log: Path, processes: int = 1) -> Iterator[int]:
    """The port of an application while it is served; the server ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--log-level", "warning"]
    command += ["--workers", str(processes)] if processes > 1 else []
    with (
        log.open("ab") as said,
        subprocess.Popen(command, cwd=folder, env={**os.environ, **env}, stderr=said) as server,
    ):
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("A server to measure did not start.")


@dataclass
class Timing:
    """How long requests took, in milliseconds, and how much the last answer weighed."""

    samples: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def p50(self) -> float:
        return median(self.samples)

    @property
    def p95(self) -> float:
        return sorted(self.samples)[int(len(self.samples) * 0.95)]


class Browser:
    """A signed-in person with one connection kept open."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {"sessionid": session}

    def get(self, path: str, **headers: str) -> str:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, **fields: str) -> str:
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": cookies, "Host": "localhost", **headers})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in re.findall(r"(csrftoken|sessionid)=([^;]+)", str(answer.headers)):
            self.cookies[name] = value
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} was answered with {answer.status}: {text[:300]}")
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self.token = found[1]
        return text

    def timed(self, paths: Iterator[str], times: int) -> Timing:
        """So many different pages, one after another, after three that do not count."""
        found = Timing()
        for number in range(times + 3):
            path = next(paths)
            started = time.perf_counter()
            text = self.get(path)
            if number >= 3:
                found.samples.append((time.perf_counter() - started) * 1000)
            found.size = len(text.encode())
        return found
