"""Django behind ASGI with one step into a thread for each request, rather than one for each middleware.

Our middleware and views are synchronous. Django's own handler would leave and enter a thread between every two that
are not of the same kind; here the whole chain runs as it does behind WSGI, and only streams are read asynchronously.
"""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django import setup
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneHop(ASGIHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


def application() -> OneHop:
    """As django.core.asgi.get_asgi_application makes one."""
    setup(set_prefix=False)
    return OneHop()
