"""The pages that belong to no table: landing, toasts, search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financeflow.tenancy.guards import MemberRequest, member, passer_by
from financeflow.web.gathering import gathered
from financeflow.web.pages import page


@passer_by()
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("dashboard")
    return render(request, "landing.html")


@passer_by()
def toast_list(request: HttpRequest) -> HttpResponse:
    return render(request, "components/toasts.html")


@member("viewer")
def search(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    groups: dict[str, list[Any]] = {}
    for gather in gathered("SEARCH"):
        for title, found in gather(request, words):
            groups.setdefault(str(title), []).extend(found)
    return page(request, "search.html", {"groups": list(groups.items()), "words": words}, partial="results")


@passer_by()
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


@passer_by()
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root, so that it may answer for every page."""
    source = Path(settings.BASE_DIR, "static", "js", "service_worker.js").read_bytes()
    return HttpResponse(source, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
