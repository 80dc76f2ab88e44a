"""Every write to the ledger, one verb each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger import queries
from ledger.models import Account, Category
from ledger.opening import DEFAULT_CATEGORIES


def add_account(*, household: Household, by: User | None, **values: Any) -> Account:
    """A new account, last in order."""
    account = Account(household=household, **values)
    summary = _("Added the account “%(name)s”") % {"name": account.name}
    with recording(household=household, by=by, verb="account.added", summary=summary) as record:
        account.position = queries.next_position(Account)
        record.add(account)
    return account


def add_accounts(*, household: Household, by: User | None, rows: list[dict[str, Any]]) -> list[Account]:
    """Many accounts at once, in the order given, as one change."""
    summary = ngettext("Added %(count)s account", "Added %(count)s accounts", len(rows)) % {"count": len(rows)}
    with recording(household=household, by=by, verb="account.added", summary=summary) as record:
        first = queries.next_position(Account)
        accounts = [Account(household=household, position=first + place, **row) for place, row in enumerate(rows)]
        record.add_many(accounts)
    return accounts


def change_account(*, account: Account, by: User | None, edit_version: int, **values: Any) -> Account:
    """New values for an account, if it still is what the person saw."""
    summary = _("Changed the account “%(name)s”") % {"name": account.name}
    with recording(household=account.household, by=by, verb="account.changed", summary=summary) as record:
        account = claimed(account, edit_version=edit_version)
        record.change(account, **values)
    return account


def close_account(*, account: Account, by: User | None, on: date) -> None:
    """Nothing new goes into it; what happened stays."""
    summary = _("Closed the account “%(name)s”") % {"name": account.name}
    with recording(household=account.household, by=by, verb="account.closed", summary=summary) as record:
        record.change(locked(account), closed_on=on)


def reopen_account(*, account: Account, by: User | None) -> None:
    summary = _("Reopened the account “%(name)s”") % {"name": account.name}
    with recording(household=account.household, by=by, verb="account.reopened", summary=summary) as record:
        record.change(locked(account), closed_on=None)


def delete_account(*, account: Account, by: User | None) -> None:
    """To the trash, for thirty days."""
    summary = _("Deleted the account “%(name)s”") % {"name": account.name}
    with recording(household=account.household, by=by, verb="account.deleted", summary=summary) as record:
        record.change(locked(account), trashed_at=timezone.now())


def move_account(*, account: Account, by: User | None, step: int) -> None:
    """One place up (-1) or down (1) among the accounts of its group."""
    summary = _("Moved the account “%(name)s”") % {"name": account.name}
    with recording(household=account.household, by=by, verb="account.moved", summary=summary) as record:
        _move(record, queries.accounts_beside(account), account, step)


def _move(record: Recording, beside: list[Any], row: Account | Category, step: int) -> None:
    """Trade places with the neighbour; past the end nothing moves."""
    here = next((place for place, each in enumerate(beside) if each.pk == row.pk), None)
    if here is None or not 0 <= here + step < len(beside):
        return
    places = sorted(each.position for each in beside)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    beside[here], beside[here + step] = beside[here + step], beside[here]
    for each, place in zip(beside, places, strict=True):
        record.change(each, position=place)


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


def change_category(*, category: Category, by: User | None, edit_version: int, **values: Any) -> Category:
    """New values for a category, if it still is what the person saw."""
    summary = _("Changed the category “%(name)s”") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.changed", summary=summary) as record:
        category = claimed(category, edit_version=edit_version)
        values = _of_its_group(values.get("parent", category.parent), values)
        if queries.categories().filter(parent=category).exists():
            _refuse_to_split(category, values)
        record.change(category, **values)
    return category


def _of_its_group(parent: Category | None, values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "kind": parent.kind} if parent else values


def _refuse_to_split(group: Category, values: dict[str, Any]) -> None:
    if values.get("parent"):
        raise Refused(_("“%(name)s” holds categories, so it cannot stand in a group itself.") % {"name": group})
    if values.get("kind", group.kind) != group.kind:
        raise Refused(_("“%(name)s” holds categories of its kind. Move them to another group first.") % {"name": group})


def delete_category(*, category: Category, by: User | None) -> None:
    """To the trash, for thirty days; a group must be empty first."""
    summary = _("Deleted the category “%(name)s”") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.deleted", summary=summary) as record:
        category = locked(category)
        inside = queries.categories().filter(parent=category).count()
        if inside:
            words = ngettext(
                "“%(name)s” still holds %(count)s category. Move or delete it first.",
                "“%(name)s” still holds %(count)s categories. Move or delete them first.",
                inside,
            )
            raise Refused(words % {"name": category.name, "count": inside})
        record.change(category, trashed_at=timezone.now())


def move_category(*, category: Category, by: User | None, step: int) -> None:
    """One place up (-1) or down (1) within its group; a group among those of its kind."""
    summary = _("Moved the category “%(name)s”") % {"name": category.name}
    with recording(household=category.household, by=by, verb="category.moved", summary=summary) as record:
        _move(record, queries.categories_beside(category), category, step)
