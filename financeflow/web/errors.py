"""The pages for what goes wrong, each with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_csrf.html", status=403)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Try again in a moment; made without the request, whose session and person may be what is away."""
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse(
            {"detail": _("The server is busy. Try again in a few seconds.")}, status=503
        )
    else:
        response = HttpResponse(render_to_string("errors/503.html"), status=503)
    response["Retry-After"] = "5"
    return response


def no_page(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address that only takes forms, opened like a page."""
    response = render(request, "errors/405.html", status=405)
    response["Allow"] = refused["Allow"]
    return response


def too_many(request: HttpRequest, *, wait: int, template: str = "errors/429.html") -> HttpResponse:
    """Asked too often: a page that says when to try again."""
    response = render(request, template, {"wait": wait, "wait_minutes": -(-wait // 60)}, status=429)
    response["Retry-After"] = str(wait)
    return response


def handler429(request: HttpRequest) -> HttpResponse:
    """What sign-in answers when one of its limits is reached; each of them is over within a minute."""
    return too_many(request, wait=60)
