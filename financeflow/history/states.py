"""The values of a row as history keeps them, and what the row is called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from financeflow.history.keys import rows_at
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.prepared import Keys, Prepared
from financeflow.tenancy.scope import current_viewer

State = dict[str, Any]
Row = HouseholdOwned | models.Model


class Seen(NamedTuple):
    """A row as it stands: its key, what it is called, and those of its values that were asked for."""

    pk: int
    label: str
    state: State


def kept_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    left_out = getattr(model, "history_leaves_out", ())
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def state_of(row: models.Model) -> State:
    """The row's own values, as JSON can keep them."""
    return {field.attname: plain(field.value_from_object(row)) for field in kept_fields(type(row))}


def set_state(row: models.Model, state: State) -> None:
    """Put kept values back onto a row."""
    fields = {field.attname: field for field in kept_fields(type(row))}
    for name, value in state.items():
        if name in fields:
            setattr(row, name, fields[name].to_python(value))


def plain(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | models.fields.files.FieldFile):
        return str(value)
    return value


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """A column's field, by the field's name or the column's (`category`, `category_id`)."""
    field: Any = model._meta.get_field(name)
    return field  # type: ignore[no-any-return]


def currencies_of(model: type[models.Model], names: Iterable[str]) -> set[str]:
    """An amount says nothing without its currency, so that is noted too."""
    money: dict[str, str] = getattr(model, "history_money", {})
    return {money[name] for name in names if name in money} if money else set()


def counts_as_edit(model: type[models.Model], changed: Collection[str]) -> bool:
    """Whether the rows have an edit version and this change is one that an open form must hear of."""
    return hasattr(model, "edit_version") and not set(changed) <= set(getattr(model, "edit_ignores", ()))


def seen(model: type[models.Model], pks: Sequence[int], names: Sequence[str]) -> list[Seen]:
    """Those of the rows that are there, held until the transaction ends, by key."""
    rows = rows_at(model, pks).order_by("pk").select_for_update(of=("self",))
    lookups = _label_lookups(model)
    if not lookups:
        return [Seen(row.pk, _short(str(row)), {name: plain(getattr(row, name)) for name in names}) for row in rows]
    width = len(names) + 1
    known: dict[tuple[Any, ...], State] = {}
    return [
        Seen(found[0], _label(model, found[width:]), _state(names, found[1:width], known))
        for found in rows.values_list("pk", *names, *lookups).iterator()
    ]


def _state(names: Sequence[str], values: tuple[Any, ...], known: dict[tuple[Any, ...], State]) -> State:
    """Rows with equal values share one state: what is said of many rows is thought of once."""
    try:
        state = known.get(values)
        if state is None:
            state = known[values] = dict(zip(names, map(plain, values), strict=True))
    except TypeError:  # a list or an object
        state = dict(zip(names, map(plain, values), strict=True))
    return state


def labels_of(rows: Sequence[Row]) -> list[str]:
    """What the rows of one table are called, at most by one query."""
    if not rows:
        return []
    model = type(rows[0])
    lookups = _label_lookups(model)
    if not lookups:
        return [_short(str(row)) for row in rows]
    keys = [row.pk for row in rows]
    of_whole = current_viewer() is None
    found = _labels(model).rows(keys=keys) if of_whole else rows_at(model, keys).values_list("pk", *lookups)
    labels = {pk: _label(model, words) for pk, *words in found}
    return [labels[key] for key in keys]


@cache
def _labels(model: type[models.Model]) -> Prepared:
    return Prepared(lambda: rows_at(model, Keys("keys")).values_list("pk", *_label_lookups(model)), whole=True)


def _label_lookups(model: type[models.Model]) -> tuple[str, ...]:
    return getattr(model, "history_label", ())


def _label(model: type[models.Model], words: Sequence[Any]) -> str:
    return _short(next((str(word) for word in words if word), "") or str(model()))


def _short(label: str) -> str:
    return label[:250]
