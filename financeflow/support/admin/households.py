"""Households, sandboxes, and the record of who looked at them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from financeflow.households.models import Household, Invitation, Membership
from financeflow.support import actions, queries
from financeflow.support.forms import LookForm
from financeflow.support.models import Sandbox, SupportLook
from financeflow.support.rows import HouseholdRowAdmin, ReadOnlyAdmin, ReadOnlyInline


class MemberInline(ReadOnlyInline):
    """Who is in it."""

    model = Membership
    fields = readonly_fields = ("user", "email", "role", "joined_at", "last_used_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user", "household")

    @admin.display(description=_("E-mail"))
    def email(self, membership: Membership) -> str:
        return membership.user.email


class InvitationInline(ReadOnlyInline):
    """Who was asked in; never the link."""

    model = Invitation
    fields = readonly_fields = ("email", "role", "created_at", "expires_at", "accepted_at", "withdrawn_at")


@admin.register(Household)
class HouseholdAdmin(HouseholdRowAdmin[Household]):
    """A household from outside: its people and settings, none of its books."""

    list_display = ("name", "members", "base_currency", "created_at", "delete_at")
    list_filter = (("expires_at", admin.EmptyFieldListFilter), "created_at", "base_currency")
    search_fields = ("name", "uid", "memberships__user__email")
    ordering = ("-id",)
    fields = (
        "name",
        "uid",
        "base_currency",
        "time_zone",
        "locale",
        "month_start_day",
        "created_at",
        "expires_at",
        "delete_at",
    )
    inlines = (MemberInline, InvitationInline)
    change_form_template = "admin/household_change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Household]:
        return super().get_queryset(request).annotate(count_of_members=Count("memberships", distinct=True))

    @admin.display(description=_("Members"), ordering="count_of_members")
    def members(self, household: Any) -> int:
        return int(household.count_of_members)

    def get_urls(self) -> list[URLPattern]:
        look = path("<int:pk>/look/", self.admin_site.admin_view(self.look_view), name="household_look")
        return [look, *super().get_urls()]

    def render_change_form(self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        context["open_look"] = queries.open_looks(request.user).filter(household=kwargs.get("obj")).first()
        return super().render_change_form(request, context, *args, **kwargs)

    def look_view(self, request: Any, pk: int) -> HttpResponse:
        """Ask a superuser why, then open the books."""
        if not request.user.is_superuser:
            raise PermissionDenied
        household = get_object_or_404(Household, pk=pk)
        form = LookForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            actions.open_books(
                by=request.user, household=household, path=request.path, reason=form.cleaned_data["reason"]
            )
            return redirect("admin:households_household_change", household.pk)
        context = {**self.admin_site.each_context(request), "household": household, "form": form, "opts": self.opts}
        context["title"] = _("Look into this household")
        return render(request, "admin/household_look.html", context, status=422 if form.errors else 200)


@admin.register(Sandbox)
class SandboxAdmin(HouseholdRowAdmin[Sandbox]):
    """Guests' households, until they end."""

    list_display = ("name", "created_at", "expires_at")
    list_filter = ("created_at",)
    search_fields = ("name", "uid")
    ordering = ("-id",)
    fields = ("name", "uid", "base_currency", "created_at", "expires_at")

    def household_of(self, row: Any) -> Household:
        return Household.objects.get(pk=row.pk)


@admin.register(SupportLook)
class SupportLookAdmin(ReadOnlyAdmin[SupportLook]):
    """Who of the staff looked at which household, when and why."""

    list_display = ("at", "by_email", "household", "path", "reason", "books_until")
    list_filter = ("at",)
    search_fields = ("by_email", "household_uid", "household__name", "reason")
    list_select_related = ("household",)
