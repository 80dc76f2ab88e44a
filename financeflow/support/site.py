"""The admin under our own name: it stands in the scope of every household and sends people to our own log-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financeflow.events.hit_rates import hit_rates
from financeflow.support import queries
from financeflow.tenancy.scope import every_household


class SupportSite(AdminSite):
    """FinanceFlow's admin."""

    site_header = _("FinanceFlow support")
    site_title = _("FinanceFlow support")
    index_title = _("At a glance")
    index_template = "admin/support_index.html"
    empty_value_display = "–"

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied(_("Only support staff may enter here."))
            with every_household("support staff look after all of them"):
                response = inner(request, *args, **kwargs)
                # A template response reads its rows when it is rendered: here, while they may be seen.
                return response.render() if isinstance(response, TemplateResponse) else response

        enter.door = ("staff", "", frozenset({"GET", "HEAD", "OPTIONS", "POST"}))  # type: ignore[attr-defined]
        return enter

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(_("Only support staff may enter here."))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    login.door = ("passer_by", "", frozenset({"GET", "HEAD", "OPTIONS", "POST"}))  # type: ignore[attr-defined]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        shown = {"figures": queries.figures(), "hit_rates": hit_rates()}
        return super().index(request, {**(extra_context or {}), **shown})
