"""How much one request may carry: what is larger is refused before any of it is kept on disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

MB = 1024 * 1024
MOST_BYTES = 32 * MB
STATUS = 413
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[..., Coroutine[Any, Any, None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def limited_wsgi(application: Wsgi) -> Wsgi:
    """The application, for requests that say how long they are; of others no body is read."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if _is_too_long(environ.get("CONTENT_LENGTH", ""), path):
            _pour_away(environ, path)
            headers, words = _refusal(path)
            start_response(f"{STATUS} Content Too Large", headers)
            return [words]
        return application(environ, start_response)

    return answer


def limited_asgi(application: Asgi) -> Asgi:
    """The application; a request that goes on for too long looks to it as if the caller had left."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        lengths = [value for name, value in scope.get("headers", ()) if name == b"content-length"]
        if any(_is_too_long(length.decode("latin-1"), path) for length in lengths):
            await _pour_away_pieces(receive, path)
            await _refuse(send, path)
            return
        body = _Counted(receive, most_bytes(path))
        await application(scope, body.receive, send)
        if body.is_too_long:
            await _refuse(send, path)

    return answer


class _Counted:
    """The pieces of one request's body, up to the limit."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.pieces = receive
        self.most = most
        self.taken = 0

    @property
    def is_too_long(self) -> bool:
        return self.taken > self.most

    async def receive(self) -> Message:
        message = await self.pieces()
        self.taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_too_long else message


def _most_poured(path: str) -> int:
    """A browser shows no answer before all is sent: where people bring files, some of what is too much is taken."""
    return 4 * most_bytes(path) if path in settings.LARGE_BODIES else 0


def _pour_away(environ: dict[str, Any], path: str) -> None:
    left = min(int(environ["CONTENT_LENGTH"][:20]), _most_poured(path))
    while left > 0 and (piece := environ["wsgi.input"].read(min(left, MB))):
        left -= len(piece)


async def _pour_away_pieces(receive: Receive, path: str) -> None:
    left = _most_poured(path)
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            return


def most_bytes(path: str) -> int:
    """Most addresses take a form and some papers; the settings name those that take whole files."""
    return int(settings.LARGE_BODIES.get(path, MOST_BYTES))


async def _refuse(send: Send, path: str) -> None:
    said, words = _refusal(path)
    headers = [(name.lower().encode(), value.encode()) for name, value in said]
    await send({"type": "http.response.start", "status": STATUS, "headers": headers})
    await send({"type": "http.response.body", "body": words})


def _refusal(path: str) -> tuple[list[tuple[str, str]], bytes]:
    """A page for people and a line for programs; either is all that is made, for the request was not read."""
    most = most_bytes(path) // MB
    kind, words = "text/plain", f"This is more than one request may carry: {most} MB.\n"
    if not path.startswith("/api/"):
        kind, words = "text/html", render_to_string("errors/413.html", {"most": most})
    return [("Content-Type", f"{kind}; charset=utf-8"), ("Connection", "close")], words.encode()


def _is_too_long(length: str, path: str) -> bool:
    return length.isdecimal() and int(length[:20]) > most_bytes(path)
