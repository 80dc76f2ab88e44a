"""Around every request of a person: left alone too long is logged out, and a guest has no account to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from financeflow.households.signin import inactivity

Answer = Callable[[HttpRequest], HttpResponse]

# Pages about an account that a guest has not got yet.
ACCOUNT_PAGES = (
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_",
    "usersessions_",
)


def watch_inactivity(get_response: Answer) -> Answer:
    """Log out whoever was away too long, and say how long is left otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast(Any, request)
        asked.inactivity = None
        if not asked.user.is_authenticated:
            return get_response(request)
        watch = inactivity.watch_of(request, asked.user)
        if watch and watch.left <= 0:
            return _log_out(request)
        if inactivity.is_activity(request):
            inactivity.note_activity(request)
            watch = inactivity.watch_of(request, asked.user)
        asked.inactivity = watch
        return get_response(request)

    return middleware


def guests_have_no_account(get_response: Answer) -> Answer:
    """Send a guest who asks for account pages to where the demo can be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not (match.url_name or "").startswith(ACCOUNT_PAGES):
            return None
        return redirect("settings_security") if getattr(request.user, "is_guest", False) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _log_out(request: HttpRequest) -> HttpResponse:
    asked = cast(Any, request)
    logout(request)
    if asked.htmx:
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = log_in_address(asked.htmx.current_url_abs_path or "")
        return answer
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return JsonResponse({"left": 0}, status=401)
    wanted = request.get_full_path() if request.method == "GET" else _came_from(request)
    return HttpResponseRedirect(log_in_address(wanted))


def log_in_address(wanted: str) -> str:
    """The log-in page, told why one is there and where to go on."""
    asked = {"why": "inactive"}
    if wanted.startswith("/") and wanted != reverse("account_logout"):
        asked["next"] = wanted
    return f"{reverse('account_login')}?{urlencode(asked)}"


def _came_from(request: HttpRequest) -> str:
    """The page a form stood on; only when it was one of ours."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return ""
    parts = urlsplit(referrer)
    return parts.path + (f"?{parts.query}" if parts.query else "")
