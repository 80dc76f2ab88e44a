"""How much one request may carry: what is larger is refused before any of it is kept on disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

MOST_BYTES = 32 * 1024 * 1024
WORDS = b"This is more than one request may carry: 32 MB.\n"
STATUS, HEADERS = 413, [("Content-Type", "text/plain"), ("Connection", "close")]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[..., Coroutine[Any, Any, None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def limited_wsgi(application: Wsgi) -> Wsgi:
    """The application, for requests that say how long they are; of others no body is read."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_too_long(environ.get("CONTENT_LENGTH", "")):
            start_response(f"{STATUS} Content Too Large", HEADERS)
            return [WORDS]
        return application(environ, start_response)

    return answer


def limited_asgi(application: Asgi) -> Asgi:
    """The application; a request that goes on for too long looks to it as if the caller had left."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        lengths = [value for name, value in scope.get("headers", ()) if name == b"content-length"]
        if any(_is_too_long(length.decode("latin-1")) for length in lengths):
            await _refuse(send)
            return
        body = _Counted(receive)
        await application(scope, body.receive, send)
        if body.is_too_long:
            await _refuse(send)

    return answer


class _Counted:
    """The pieces of one request's body, up to the limit."""

    def __init__(self, receive: Receive) -> None:
        self.pieces = receive
        self.taken = 0

    @property
    def is_too_long(self) -> bool:
        return self.taken > MOST_BYTES

    async def receive(self) -> Message:
        message = await self.pieces()
        self.taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_too_long else message


async def _refuse(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS]
    await send({"type": "http.response.start", "status": STATUS, "headers": headers})
    await send({"type": "http.response.body", "body": WORDS})


def _is_too_long(length: str) -> bool:
    return length.isdecimal() and int(length[:20]) > MOST_BYTES
