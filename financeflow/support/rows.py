"""How rows are shown to support: read-only, each look at a household written down, books only when opened."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.admin import ModelAdmin, TabularInline
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, HttpResponse

from financeflow.households.models import Household
from financeflow.support import actions, queries

Row = TypeVar("Row", bound=models.Model)


class NamedFiltersAdmin(ModelAdmin[Row]):
    """Rows looked up only by the filters the list offers: any other one would let what is not shown be guessed at."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        filters: list[Any] = list(self.get_list_filter(request))
        offered = {"household", *(each if isinstance(each, str) else each[0] for each in filters)}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(lookup, value, request)


class ReadOnlyAdmin(NamedFiltersAdmin[Row]):
    """Rows that nobody adds, changes or deletes here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


class ReadOnlyInline(TabularInline[Any, Any]):
    """Rows beneath another row that nobody adds, changes or deletes here."""

    template = "admin/read_only_inline.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HouseholdRowAdmin(ReadOnlyAdmin[Row]):
    """A household or something of it: whoever opens one leaves a line in the record of looks."""

    def household_of(self, row: Any) -> Household | None:
        return row if isinstance(row, Household) else row.household

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().change_view(request, object_id, form_url, extra_context)
        self._note(request, object_id)
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        self._note(request, object_id)
        return response

    def _note(self, request: Any, object_id: str) -> None:
        row = self.get_object(request, unquote(object_id))
        household = self.household_of(row) if row else None
        if household:
            actions.note_look(by=request.user, household=household, path=request.path)


class BooksAdmin(HouseholdRowAdmin[Row]):
    """Rows with amounts: seen only by who opened that household's books, with a reason, and only for a while."""

    def get_queryset(self, request: Any) -> models.QuerySet[Row]:
        opened = queries.open_looks(request.user).values("household")
        return super().get_queryset(request).filter(household__in=opened)

    def has_view_permission(self, request: Any, obj: Row | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: Any) -> bool:
        return self.has_view_permission(request)
