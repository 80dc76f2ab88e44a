"""A request that carries too much is refused by both doors before it is kept."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest

from financeflow.web.bodies import MB, MOST_BYTES, Message, limited_asgi, limited_wsgi, most_bytes

pytestmark = pytest.mark.once
PIECE = b"x" * (1024 * 1024)


async def reads_all(scope: Message, receive: Any, send: Any) -> None:
    """An application that keeps a whole body before it answers, and gives up when the caller leaves."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})


def sent_by_asgi(pieces: int, *headers: tuple[bytes, bytes], path: str = "/") -> tuple[int, int]:
    """How many pieces were taken, and with which status it ended."""
    taken, answers = 0, []

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": PIECE, "more_body": taken < pieces}

    async def send(message: Message) -> None:
        answers.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"host", b"localhost"), *headers]}
    asyncio.run(limited_asgi(reads_all)(scope, receive, send))
    return taken, answers[0]["status"]


def test_a_body_that_says_it_is_too_long_is_not_read() -> None:
    assert sent_by_asgi(5, (b"content-length", str(MOST_BYTES + 1).encode())) == (0, 413)


def test_a_body_that_says_nothing_is_read_no_further_than_the_limit() -> None:
    assert sent_by_asgi(500) == (33, 413)


def test_a_body_within_the_limit_is_read_whole() -> None:
    assert sent_by_asgi(32) == (32, 200)


@pytest.mark.parametrize(
    ("length", "status"), [(str(MOST_BYTES), "200 OK"), (str(MOST_BYTES + 1), "413 Content Too Large"), ("", "200 OK")]
)
def test_the_other_door_looks_at_what_is_said(length: str, status: str) -> None:
    said: list[str] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b""]

    list(limited_wsgi(application)({"CONTENT_LENGTH": length}, lambda status, _headers: said.append(status)))
    assert said == [status]


def test_where_people_bring_files_too_much_is_poured_away_so_that_they_read_the_answer() -> None:
    length = (b"content-length", str(200 * MB).encode())
    assert sent_by_asgi(200, length, path="/imports/add/") == (200, 413)
    assert sent_by_asgi(10_000, (b"content-length", str(10_000 * MB).encode()), path="/imports/add/") == (513, 413)


def refused_by_wsgi(path: str) -> tuple[dict[str, str], str]:
    said: list[dict[str, str]] = []

    def never(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise AssertionError

    environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(1024 * MB), "wsgi.input": io.BytesIO(b"x" * 100)}
    body = limited_wsgi(never)(environ, lambda _status, headers: said.append(dict(headers)))
    return said[0], b"".join(body).decode()


def test_the_address_that_takes_files_takes_more_than_the_others() -> None:
    assert most_bytes("/imports/add/") // MB == 128
    assert most_bytes("/imports/") == MOST_BYTES
    for path, status in (("/imports/add/", "200 OK"), ("/transactions/add/", "413 Content Too Large")):
        said: list[str] = []

        def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            start_response("200 OK", [])
            return [b""]

        environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(100 * MB)}
        list(limited_wsgi(application)(environ, lambda status, _headers, said=said: said.append(status)))
        assert said == [status]


def test_people_are_told_by_a_page_and_programs_by_a_line() -> None:
    headers, page = refused_by_wsgi("/imports/add/")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "That is too large" in page
    assert "One upload carries up to 128 MB" in page
    headers, line = refused_by_wsgi("/api/v1/papers")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert line == "This is more than one request may carry: 32 MB.\n"
