"""The ledger in the admin: read-only, and only while its household's books are open to who looks."""

from __future__ import annotations

from django.contrib import admin

from financeflow.support.rows import BooksAdmin
from ledger.models import Account, Category


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
