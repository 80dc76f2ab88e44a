"""Every write to categories."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger import queries
from ledger.actions.books import filed_under
from ledger.actions.ordering import move_beside
from ledger.actions.writing import writing
from ledger.calc.words import name_key
from ledger.models import Category
from ledger.opening import DEFAULT_CATEGORIES


def add_default_categories(*, household: Household, by: User | None) -> None:
    """The groups and categories a new household starts with; part of opening it, so no change to take back."""
    tops = [_opening(household, place * 100, top) for place, top in enumerate(DEFAULT_CATEGORIES)]
    Category.objects.bulk_create(tops)
    Category.objects.bulk_create(
        [
            _opening(household, parent.position + place, child, parent)
            for parent, top in zip(tops, DEFAULT_CATEGORIES, strict=True)
            for place, child in enumerate(top.children, start=1)
        ]
    )


def _opening(household: Household, position: int, each: Any, parent: Category | None = None) -> Category:
    return Category(
        household=household,
        parent=parent,
        key=each.key,
        name=str(each.name),
        kind=each.kind,
        hue=each.hue,
        icon=each.icon,
        position=position,
    )


def add_category(*, household: Household, by: User | None, parent: Category | None = None, **values: Any) -> Category:
    """A new category, last in its group; one in a group is of the group's kind."""
    category = Category(household=household, parent=parent, **_of_its_group(parent, values))
    summary = _("Added the category “%(name)s”") % {"name": category.name}
    with recording(household=household, by=by, verb="category.added", summary=summary) as record:
        category.position = queries.next_position(Category)
        record.add(category)
    return category


def category_named(record: Recording, household: Household, name: str, *, amount: int) -> Category:
    """The category of this name; added where there is none, among the others of the kind that the amount says."""
    known = sorted(queries.categories(), key=lambda each: each.parent_id is None)
    if same := next((each for each in known if name_key(each.name) == name_key(name)), None):
        return same
    kind, key = ("income", "income") if amount > 0 else ("expense", "everything-else")
    groups = [each for each in known if each.kind == kind and not (each.parent_id or each.archived_at)]
    group = min(groups, key=lambda each: each.key != key, default=None)
    look = {"hue": group.hue, "icon": group.icon} if group else {}
    category = Category(household=household, parent=group, name=name.strip(), kind=kind, **look)
    category.position = queries.next_position(Category)
    record.add(category)
    return category


def change_category(*, category: Category, by: User | None, edit_version: int, **values: Any) -> Category:
    """New values for a category, if it still is what the person saw; what is filed there counts as its kind says."""
    summary = _("Changed the category “%(name)s”") % {"name": category.name}
    frame: dict[str, Any] = {"household": category.household, "by": by, "verb": "category.changed", "summary": summary}
    with writing(**frame, settles=False) as (record, books):
        category = claimed(category, edit_version=edit_version)
        values = _of_its_group(values.get("parent", category.parent), values)
        if queries.categories().filter(parent=category).exists():
            _refuse_to_split(category, values)
        if values.get("kind", category.kind) != category.kind:
            books.open(filed_under([category]))
        record.change(category, **values)
    return category


def _of_its_group(parent: Category | None, values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "kind": parent.kind} if parent else values


def _refuse_to_split(group: Category, values: dict[str, Any]) -> None:
    if values.get("parent"):
        raise Refused(_("“%(name)s” holds categories, so it cannot stand in a group itself.") % {"name": group})
    if values.get("kind", group.kind) != group.kind:
        raise Refused(_("“%(name)s” holds categories of its kind. Move them to another group first.") % {"name": group})


def archive_category(*, category: Category, by: User | None) -> None:
    """No longer offered, nor what stands in it where it is a group; what is filed there stays."""
    summary = _("Archived the category “%(name)s”") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.archived", summary=summary) as record:
        category = locked(category)
        if category.archived_at is None:
            record.change(category, archived_at=timezone.now())


def unarchive_category(*, category: Category, by: User | None) -> None:
    """Offered again."""
    summary = _("Took the category “%(name)s” out of the archive") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.unarchived", summary=summary) as record:
        record.change(locked(category), archived_at=None)


def move_category(*, category: Category, by: User | None, step: int) -> None:
    """One place up (-1) or down (1) within its group; a group among those of its kind."""
    summary = _("Moved the category “%(name)s”") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.moved", summary=summary) as record:
        move_beside(record, queries.categories_beside(category), category, step)
