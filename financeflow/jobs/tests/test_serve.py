"""Tests of `make run` itself: one command, from an empty folder to pages, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
SERVE = [sys.executable, "manage.py", "serve"]


def environment(folder: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ["PATH", "HOME", "LANG"] if name in os.environ}
    return {**kept, "FINANCEFLOW_VAR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(env: dict[str, str], said: Path) -> Iterator[subprocess.Popen[bytes]]:
    with said.open("wb") as out, subprocess.Popen(SERVE, cwd=settings.BASE_DIR, env=env, stdout=out, stderr=out) as run:  # noqa: S603
        try:
            yield run
        finally:
            run.kill()


def answer(env: dict[str, str], path: str, wait: float = 30) -> str:
    """What this address answers, as soon as it does."""
    deadline = time.monotonic() + wait
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{env['PORT']}{path}", timeout=5) as response:
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_one_command_serves_from_an_empty_folder_and_stops_cleanly(tmp_path: Path) -> None:
    env, said = environment(tmp_path / "var"), tmp_path / "said.txt"
    with serving(env, said) as first:
        assert "FinanceFlow" in answer(env, "/")
        words = said.read_text()
        assert f"FinanceFlow is at http://localhost:{env['PORT']}" in words
        assert re.search(r"Log in as owner@localhost with the password \S{19}", words)
        while json.loads(answer(env, "/readyz"))["status"] != "ready":
            time.sleep(0.1)
        again = subprocess.run(SERVE, cwd=settings.BASE_DIR, env={**env, "PORT": "0"}, capture_output=True, text=True)  # noqa: S603
        assert "is running already" in again.stderr
        first.send_signal(signal.SIGINT)
        assert first.wait(timeout=20) == 0
    with serving(env, said) as second:
        started = time.monotonic()
        answer(env, "/healthz")
        assert time.monotonic() - started < 10
        assert "Preparing the database" not in said.read_text()
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=20) == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    env = environment(tmp_path / "var")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(env["PORT"])))
        taken.listen()
        done = subprocess.run(SERVE, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=30)  # noqa: S603
    assert done.returncode == 1
    assert re.fullmatch(
        r"CommandError: Port \d+ on 127\.0\.0\.1 cannot be used \(.+\): try PORT=\d+ make run\.\n", done.stderr
    )
