"""Sending a private file, in pieces, from whichever kind of server answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

PIECE = 256 * 1024


def send_file(request: HttpRequest, path: Path, *, name: str, content_type: str) -> StreamingHttpResponse:
    """The file as a download that no cache in between keeps."""
    pieces = _later(path) if isinstance(request, ASGIRequest) else _pieces(path)
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Length"] = str(path.stat().st_size)
    response["Cache-Control"] = "private, no-store"
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


async def _later(path: Path) -> AsyncIterator[bytes]:
    pieces = _pieces(path)
    while piece := await sync_to_async(lambda: next(pieces, b""))():
        yield piece
