"""Values on their way into many rows at once: checked by their fields, and what they point at asked for once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from financeflow.history.states import Row, field_of

Values = dict[str, Any]


def columns(model: type[models.Model], values: Values) -> list[str]:
    """The columns that these values are for."""
    return [field_of(model, name).attname for name in values]


def cleaned(model: type[models.Model], values: Values) -> Values:
    """The values as the columns keep them; ValidationError when a field does not take its value."""
    probe: Any = model(**values)
    names = [field_of(model, name).name for name in values]
    probe.clean_fields(exclude=[field.name for field in model._meta.fields if field.name not in names])
    return {name: getattr(probe, name) for name in columns(model, values)}


def clean_fresh(rows: Sequence[Row]) -> None:
    """Rows of one table that are to be inserted; what they point at is not asked for."""
    relations = [field.name for field in type(rows[0])._meta.concrete_fields if field.is_relation]
    for row in rows:
        row.clean_fields(exclude=relations)
        row.clean()


def set_cleaned(changes: Iterable[tuple[Row, Values]]) -> None:
    """Give each row its values; ValidationError when a field does not take one, or it points at nothing."""
    pointed_at: dict[Any, set[Any]] = defaultdict(set)
    for row, values in changes:
        for name, value in values.items():
            field = field_of(type(row), name)
            setattr(row, name, value)
            if field.is_relation:
                pointed_at[field].add(getattr(row, field.attname))
            elif not (field.blank and value in field.empty_values):
                setattr(row, field.attname, _clean(field, value, row))
    for field, keys in pointed_at.items():
        for key in missing(field, keys):
            _clean(field, key, None)


def missing(field: Any, keys: set[Any]) -> set[Any]:
    """Those of the keys that a relation may not hold: they lead to no row that the running code may see."""
    rest = keys - {None} if field.null else keys
    if not rest:
        return set()
    name = field.target_field.attname
    return rest - set(field.related_model._base_manager.filter(**{f"{name}__in": rest}).values_list(name, flat=True))


def _clean(field: models.Field[Any, Any], value: Any, row: Row | None) -> Any:
    try:
        return field.clean(value, row)
    except ValidationError as error:
        raise ValidationError({field.name: error.error_list}) from error
