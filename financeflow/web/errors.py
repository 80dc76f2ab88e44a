"""The pages for what goes wrong, each with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_csrf.html", status=403)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "errors/503.html", status=503)
    response["Retry-After"] = "5"
    return response
