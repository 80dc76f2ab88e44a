"""Questions about categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Max, Q, Sum

from financeflow.events.remembering import remember
from financeflow.households.models import Household
from financeflow.tenancy.scope import current_viewer, whole_household
from ledger.models import Category, MonthTotal
from ledger.queries.ordering import place_of


def categories() -> models.QuerySet[Category]:
    """The household's categories, archived ones too, in their order."""
    return Category.objects.filter(trashed_at=None).select_related("parent")


def offered_categories() -> models.QuerySet[Category]:
    """Those to choose from: neither archived nor in a group that is."""
    return categories().filter(Q(parent=None) | Q(parent__archived_at=None), archived_at=None)


def groups() -> models.QuerySet[Category]:
    """The categories that may hold others."""
    return categories().filter(parent=None)


def categories_beside(category: Category) -> list[Category]:
    """The categories of the same group, or the groups of the same kind, in order."""
    rows = Category.objects.filter(trashed_at=None, parent_id=category.parent_id).select_for_update()
    if category.parent_id is None:
        rows = rows.filter(kind=category.kind)
    return sorted(rows, key=place_of)


@dataclass(frozen=True)
class CategoryGroup:
    """One group and the categories in it."""

    category: Category
    children: list[Category]


def category_groups(rows: Iterable[Category] | None = None) -> list[CategoryGroup]:
    """Groups with their categories, expenses first."""
    below: dict[int, list[Category]] = defaultdict(list)
    tops: list[Category] = []
    for category in categories() if rows is None else rows:
        if category.parent_id is None:
            tops.append(category)
        else:
            below[category.parent_id].append(category)
    tops.sort(key=lambda top: (top.kind != Category.Kind.EXPENSE, *place_of(top)))
    return [CategoryGroup(top, below[top.pk]) for top in tops]


@dataclass(frozen=True)
class Filed:
    """How often something is filed under a category, and the last month of it."""

    times: int
    last: date


def filed_by_category(household: Household) -> dict[int, Filed]:
    """For each category that is in use, as far as the member who looks may see; from the kept totals."""
    eyes = current_viewer()

    def build() -> dict[int, Filed]:
        used = MonthTotal.objects.filter(slot__gt=0).order_by().values_list("slot")
        found = used.annotate(times=Sum("count"), last=Max("month")).filter(times__gt=0)
        return {slot: Filed(int(times), last) for slot, times, last in found}

    return remember("filed_by_category", household_id=household.pk, build=build, viewer=eyes and eyes.user_id)


def category_sheet(household: Household) -> list[CategoryGroup]:
    """All categories by group; `filed` of each says how often it is used."""
    rows, filed = list(categories()), filed_by_category(household)
    for row in rows:
        row.filed = filed.get(row.pk)  # type: ignore[attr-defined]
    return category_groups(rows)


@dataclass(frozen=True)
class Holdings:
    """What a category holds: the categories in it, how much is filed there, and how much of that one may see."""

    inside: list[Category]
    lines: int
    seen: int

    @property
    def is_empty(self) -> bool:
        return not (self.inside or self.lines)


def holdings_of(category: Category) -> Holdings:
    """What has to go somewhere when the category goes."""
    inside = list(categories().filter(parent=category))
    totals = MonthTotal.objects.filter(slot__in=[category.pk, *(child.pk for child in inside)]).order_by()
    seen = totals.aggregate(all=Sum("count", default=0))["all"]
    with whole_household():
        lines = totals.aggregate(all=Sum("count", default=0))["all"]
    return Holdings(inside, lines, seen)
