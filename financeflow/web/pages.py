"""How a view answers: a page, its partial for htmx, or a dialog that is done."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django_htmx.middleware import HtmxDetails

Context = dict[str, Any]


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; a whole page restored from history is not a part."""
    details = cast(HtmxDetails, request.htmx)  # type: ignore[attr-defined]
    return bool(details) and not details.boosted and not details.history_restore_request


def page(
    request: HttpRequest, template: str, context: Context | None = None, *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The page, or only its named partial when htmx asks for it."""
    name = f"{template}#{partial}" if partial and is_htmx(request) else template
    response = render(request, name, context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing before it is sent, even when it is sent empty."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, to: str, *args: Any) -> HttpResponse:
    """After a write: close the dialog it came from, or go to `to` where there is no JavaScript."""
    if not is_htmx(request):
        return redirect(to, *args)
    response = HttpResponse(status=204)
    announce(response, "dialog:close")
    return response


def go(request: HttpRequest, to: str, *args: Any) -> HttpResponse:
    """Leave for a whole other page, also from within a dialog."""
    if not is_htmx(request):
        return redirect(to, *args)
    return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to, *args)})


def announce(response: HttpResponse, *names: str) -> None:
    """Add names to the events htmx triggers on the page when this answer arrives."""
    known = json.loads(response.headers.get("HX-Trigger", "{}"))
    response["HX-Trigger"] = json.dumps({**known, **dict.fromkeys(names, "")})
