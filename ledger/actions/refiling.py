"""Categories that go: into another one, or away; whatever was filed there, or hung on it, follows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.editing import locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import User
from ledger.actions.books import Books, filed_under
from ledger.actions.lines import file_lines
from ledger.actions.mentions import follow_in_rules
from ledger.actions.writing import writing
from ledger.models import Category, Line, Payee, RefundLink


def merge_category(*, category: Category, into: Category, by: User | None) -> None:
    """Everything filed under the one is filed under the other; what stands in a group moves to the other group."""
    words = {"name": category.name, "into": into.name}
    summary = _("Merged the category “%(name)s” into “%(into)s”") % words
    _end(category, into, by, "category.merged", summary)


def delete_category(*, category: Category, by: User | None, move_to: Category | None = None) -> None:
    """To the trash, for thirty days; what is filed there goes to another category, or has none from then on.

    A group with categories in it goes into another group, or takes them along.
    """
    words = {"name": category.name, "into": move_to}
    told = _("Deleted the category “%(name)s”, moved what was in it to “%(into)s”")
    summary = (told if move_to else _("Deleted the category “%(name)s”")) % words
    _end(category, move_to, by, "category.deleted", summary)


def _end(category: Category, into: Category | None, by: User | None, verb: str, summary: str) -> None:
    frame: dict[str, Any] = {"household": category.household, "by": by, "verb": verb, "summary": summary}
    with writing(**frame, settles=False) as (record, books):
        category, into = locked(category), locked(into) if into else None
        inside = list(Category.objects.filter(parent=category, trashed_at=None).select_for_update(of=("self",)))
        _check(category, into, inside)
        for child in inside:
            if into is None:
                _empty(record, books, child, None)
                record.change(child, trashed_at=timezone.now())
            else:
                _move(record, books, child, into)
        _empty(record, books, category, into)
        record.change(category, trashed_at=timezone.now())


def _check(category: Category, into: Category | None, inside: list[Category]) -> None:
    if category.trashed_at:
        raise Refused(_("“%(name)s” is in the trash already.") % {"name": category})
    if into is None:
        return
    if into.pk == category.pk or into.parent_id == category.pk:
        raise Refused(_("A category cannot go into itself."))
    if into.trashed_at:
        raise Refused(_("“%(name)s” is in the trash.") % {"name": into})
    if inside and into.parent_id:
        raise Refused(_("“%(name)s” holds categories, so they can only move to another group.") % {"name": category})


def _move(record: Recording, books: Books, child: Category, group: Category) -> None:
    """Into the other group, and of its kind from then on."""
    if child.kind != group.kind:
        books.open(filed_under([child]))
    record.change(child, parent=group, kind=group.kind)


def _empty(record: Recording, books: Books, category: Category, into: Category | None) -> None:
    """File elsewhere what is filed here, with the money that came back for it; payees and rules follow."""
    lines = Line.objects.filter(category=category)
    books.open(filed_under([category]))
    books.open(_refunds_of(lines))
    file_lines(record, lines, into, learned=None)
    record.change_many(Payee.objects.filter(default_category=category), default_category=into)
    if into is not None:
        follow_in_rules(record, category, into)


def _refunds_of(lines: QuerySet[Line]) -> Any:
    return RefundLink.objects.filter(line__in=lines, refund__isnull=False).values_list("refund_id", flat=True)
