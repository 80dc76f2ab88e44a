"""Fields that choose one row of a list the form was given: accounts, categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.models import Account, Category
from ledger.queries.categories import CategoryGroup

Choices = list[tuple[Any, Any]]


class RowSelect(forms.Select):
    """A select whose options may say which colour or icon they have; scripts make it one that can be searched."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(attrs, **kwargs)
        self.marks: dict[str, dict[str, Any]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= self.marks.get(str(value), {})
        return option


class RowField(forms.ChoiceField):
    """One of the rows that the form offers, known by its public id: so a hundred fields cost one query."""

    widget = RowSelect
    default_error_messages = {"invalid_choice": _("Choose one from the list.")}

    def __init__(self, *, empty_label: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.empty_label = empty_label
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any], choices: Choices | None = None) -> None:
        """Take these rows as what may be chosen, shown as `choices` says or one after the other."""
        self.rows = {str(row.uid): row for row in rows}
        shown = [(uid, str(row)) for uid, row in self.rows.items()] if choices is None else choices
        self.choices = [("", self.empty_label), *shown]

    def prepare_value(self, value: Any) -> Any:
        return str(value.uid) if hasattr(value, "uid") else value

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(self.prepare_value(value)))


class AccountField(RowField):
    """One of the accounts; each says its currency where there are several."""

    def offer_accounts(self, accounts: Iterable[Account]) -> None:
        rows = list(accounts)
        several = len({account.currency for account in rows}) > 1
        self.offer(
            rows,
            [
                (str(account.uid), f"{account.name} · {account.currency}" if several else account.name)
                for account in rows
            ],
        )


class CategoryField(RowField):
    """One of the categories, in their groups; a group is a category too."""

    def offer_groups(self, groups: Iterable[CategoryGroup], *, also: Category | None = None) -> None:
        """These groups, and one more that is chosen already though it is no longer offered."""
        kept = list(groups)
        rows = [row for group in kept for row in (group.category, *group.children)]
        choices: Choices = [_group_of(group) for group in kept]
        if also is not None and also not in rows:
            rows.append(also)
            choices.append((str(also.uid), str(also)))
        self.offer(rows, choices)
        select: Any = self.widget
        select.marks = {str(row.uid): {"data-hue": row.hue} for row in rows}


def _group_of(group: CategoryGroup) -> tuple[Any, Any]:
    named = (str(group.category.uid), str(group.category))
    return (str(group.category), [named, *((str(each.uid), str(each)) for each in group.children)])
