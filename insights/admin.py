"""Insights in the admin: how far a household lets the app go, and how much was learned; never what."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from financeflow.support.rows import BooksAdmin
from insights.models import Lesson, Outcome, School


@admin.register(School)
class SchoolAdmin(BooksAdmin[School]):
    list_display = ("household", "files_by_itself", "filed_from", "suggested_from", "lesson_count", "outcome_count")
    list_filter = ("files_by_itself",)
    search_fields = ("uid",)
    list_select_related = ("household",)
    fields = ("household", "files_by_itself", "filed_from", "suggested_from", "version", "epoch", "is_new")

    def get_queryset(self, request: HttpRequest) -> QuerySet[School]:
        counted = {"lesson_count": _count(Lesson), "outcome_count": _count(Outcome)}
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description=gettext_lazy("lessons"))
    def lesson_count(self, row: Any) -> int:
        count: int = row.lesson_count
        return count

    @admin.display(description=gettext_lazy("guesses judged"))
    def outcome_count(self, row: Any) -> int:
        count: int = row.outcome_count
        return count


def _count(model: Any) -> Coalesce:
    of_it = model.objects.filter(household=OuterRef("household")).order_by().values("household")
    return Coalesce(Subquery(of_it.annotate(count=Count("pk")).values("count")), 0)
