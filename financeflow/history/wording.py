"""What changed, in words: names of fields, choices, amounts and dates as the household reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.history.models import Change
from financeflow.history.states import State
from financeflow.money.text import format_money
from financeflow.web import dates

Found = dict[type[models.Model], dict[Any, models.Model]]


@dataclass(frozen=True)
class Line:
    """One field: what it was and what it became; either may be empty."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Thing:
    """One row that a change touched."""

    kind: str
    label: str
    deed: str
    lines: list[Line]


def in_words(changes: Iterable[Change], *, locale: str) -> dict[int, Thing]:
    """Each change in words, by its key; what the rows point at is looked up once for all."""
    changes = list(changes)
    found = _pointed_at(changes)
    return {change.pk: _thing(change, found, locale) for change in changes}


def _thing(change: Change, found: Found, locale: str) -> Thing:
    model = apps.get_model(change.model)
    deed = "added" if change.before is None else "removed" if change.after is None else "changed"
    lines = [
        Line(_name_of(field), before, after)
        for field in _told_fields(model)
        for before, after in [_pair(field, change, found, locale)]
        if before != after
    ]
    return Thing(str(model._meta.verbose_name), change.label, deed, lines)


def _told_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.editable and field.name not in ("id", "household")]


def _name_of(field: models.Field[Any, Any]) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _pair(field: models.Field[Any, Any], change: Change, found: Found, locale: str) -> tuple[str, str]:
    # What never had a value is not worth a line; what lost or got one is.
    may_be_empty = field.null or field.blank
    blank = _("nothing") if may_be_empty and change.before and change.after else ""
    return _value(field, change.before, found, locale) or blank, _value(field, change.after, found, locale) or blank


def _value(field: models.Field[Any, Any], state: State | None, found: Found, locale: str) -> str:
    if state is None or field.attname not in state:
        return ""
    value = field.to_python(state[field.attname])
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        row = found.get(field.related_model, {}).get(value)
        return str(row) if row else _("something that is gone")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field, value, state, locale)


def _plain(field: models.Field[Any, Any], value: Any, state: State, locale: str) -> str:
    currency = state.get(getattr(field.model, "history_money", {}).get(field.name, ""))
    if currency:
        return str(format_money(value, currency, locale))
    if tell := getattr(field, "in_words", None):  # a field may know better than anybody what its values say
        return str(tell(value, locale))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    language = get_language() or "en"
    if isinstance(value, datetime):
        here = value.astimezone(timezone.get_current_timezone())
        return dates.moment_text(here, language=language, locale=locale)
    if isinstance(value, date):
        return dates.day_text(value, "medium", language=language, locale=locale)
    return Truncator(str(value)).chars(160)


def _pointed_at(changes: list[Change]) -> Found:
    """The rows that the changes name, one query a table."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        for field in _told_fields(apps.get_model(change.model)):
            if isinstance(field, models.ForeignKey):
                keys = {(state or {}).get(field.attname) for state in (change.before, change.after)}
                wanted[field.related_model] |= keys - {None}
    return {model: _rows(model).in_bulk(keys) for model, keys in wanted.items() if keys}


def _rows(model: type[models.Model]) -> Any:
    return model._default_manager
