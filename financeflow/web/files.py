"""Sending a private file, in pieces, from whichever kind of server answers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.core.files.storage import default_storage
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

PIECE = 256 * 1024


def written_first(suffix: str, write: Callable[[Path], object]) -> Path:
    """Where something was written that is sent afterwards: what goes wrong is told, and nothing is sent by half."""
    handle, name = tempfile.mkstemp(suffix=suffix)
    os.close(handle)
    path = Path(name)
    try:
        write(path)
    except BaseException:
        path.unlink()
        raise
    return path


def send_file(
    request: HttpRequest, path: Path, *, name: str, content_type: str, passing: bool = False, inline: bool = False
) -> StreamingHttpResponse:
    """The file, as a download or shown `inline`, that no cache in between keeps; one written for this goes with it."""
    size = path.stat().st_size
    file = path.open("rb")
    if passing:
        path.unlink()
    pieces = _later(file) if isinstance(request, ASGIRequest) else _pieces(file)
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Length"] = str(size)
    response["Cache-Control"] = "private, no-store"
    return response


def send_kept(
    request: HttpRequest, stored: str, *, name: str, content_type: str, inline: bool = True
) -> HttpResponseBase:
    """A file that somebody uploaded, from where such files are kept; nothing in it is ever run.

    What the browser has already is not sent again, for the stored name is new for each file.
    """
    path = Path(default_storage.path(stored))
    if not path.is_file():
        raise Http404
    etag = f'"{path.stem}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = send_file(request, path, name=name, content_type=content_type, inline=inline)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


async def _later(file: BinaryIO) -> AsyncIterator[bytes]:
    pieces = _pieces(file)
    while piece := await sync_to_async(lambda: next(pieces, b""))():
        yield piece
