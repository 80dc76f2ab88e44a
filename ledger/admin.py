"""The ledger in the admin: read-only, and only while its household's books are open to who looks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from financeflow.support.rows import BooksAdmin
from ledger.models import Account, Category, Import


@admin.register(Account)
class AccountAdmin(BooksAdmin[Account]):
    list_display = ("name", "household", "kind", "currency", "opening_balance", "opened_on", "closed_on", "trashed_at")
    list_filter = ("kind", "currency")
    search_fields = ("name", "uid")
    list_select_related = ("household",)


@admin.register(Category)
class CategoryAdmin(BooksAdmin[Category]):
    list_display = ("name", "household", "parent", "kind", "archived_at", "trashed_at")
    list_filter = ("kind",)
    search_fields = ("name", "uid")
    list_select_related = ("household", "parent")


@admin.register(Import)
class ImportAdmin(BooksAdmin[Import]):
    """How far a file has come; what stands in it is nobody's business here."""

    list_display = ("name", "household", "state", "format", "size", "sheet_count", "created_at", "done_at")
    list_filter = ("state", "format")
    search_fields = ("name", "uid")
    list_select_related = ("household",)
    fields = ("name", "household", "state", "format", "size", "refusal", "is_a_book", "created_at", "done_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        return super().get_queryset(request).annotate(sheet_count=Count("sheets"))

    @admin.display(description=gettext_lazy("accounts in it"))
    def sheet_count(self, row: Any) -> int:
        count: int = row.sheet_count
        return count
