"""Writing thousands of rows at once, by the way that each database does it fastest."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from financeflow.history.keys import rows_at
from financeflow.history.models import Change
from financeflow.history.states import State, field_of, set_state

# So many rows are read and written by one statement.
CHUNK = 2000
FEW = 100
COLUMNS = ("uid", "household_id", "change_set_id", "model", "row_id", "label", "before", "after")

Note = tuple[str, int, str, State | None, State | None]


def insert_changes(notes: Sequence[Note], *, household_id: int, change_set_id: int) -> None:
    """The changes of one change-set: (model, row, label, before, after) each."""
    if len(notes) <= FEW:
        models.QuerySet[Change](Change).bulk_create(
            Change(
                household_id=household_id,
                change_set_id=change_set_id,
                model=model,
                row_id=row_id,
                label=label,
                before=before,
                after=after,
            )
            for model, row_id, label, before, after in notes
        )
        return
    copy_in(Change, COLUMNS, _lines(notes, household_id, change_set_id))


def _lines(notes: Sequence[Note], household_id: int, change_set_id: int) -> Iterable[tuple[Any, ...]]:
    texts: dict[int, str] = {}
    for (model, row_id, label, before, after), uid in zip(notes, growing_uids(), strict=False):
        yield uid, household_id, change_set_id, model, row_id, label, _text(before, texts), _text(after, texts)


def _text(state: State | None, texts: dict[int, str]) -> str | None:
    """The state as JSON; one that many rows share is written once."""
    if state is None:
        return None
    text = texts.get(id(state))
    if text is None:
        text = texts[id(state)] = json.dumps(state)
    return text


def growing_uids() -> Iterator[str]:
    """Random in front, counted behind: their index takes a long row of neighbours, and not a page for each."""
    first = uuid.uuid4().int & ~((1 << 32) - 1)
    return (f"{first + number:032x}" for number in range(1 << 32))


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows as the columns keep them, past everything but the database's own checks."""
    connection = _connection(model)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write("".join(map(_copied, rows)))
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608 - our own names


def _copied(row: Iterable[Any]) -> str:
    """A row as COPY reads it."""
    return "\t".join("\\N" if value is None else _escaped(str(value)) for value in row) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys for rows to be, which nobody else will use; on SQLite the transaction at hand is the only writer."""
    connection = _connection(model)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = last[0] + 1 if last else 1
    return list(range(first, first + count))


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Rows of one table; one that has its own way to be saved may say what that comes to, as `before_save`."""
    model = type(rows[0])
    if before_save := getattr(model, "before_save", None):
        for row in rows:
            before_save(row)
    elif _saves_itself(model):
        for row in rows:
            row.save(force_insert=True)
        return
    models.QuerySet[Any](model).bulk_create(rows)


def update_rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[int, State]], *, counted: bool
) -> None:
    """For each of these rows its new values of these columns; `counted` raises its edit version."""
    new = {name: rows[0][1][name] for name in names}
    states = {id(state): state for _pk, state in rows}.values()
    if _saves_itself(model):
        _update_by_save(model, names, dict(rows), counted)
    elif all(state[name] == value for state in states for name, value in new.items()):
        _update_alike(model, [pk for pk, _state in rows], new, counted)
    else:
        _update_each(model, names, rows, counted)


def _saves_itself(model: type[models.Model]) -> bool:
    """Whether the table has its own way to be saved, which no set-based SQL would take."""
    return model.save is not models.Model.save


def _update_by_save(model: type[models.Model], names: Sequence[str], states: dict[int, State], counted: bool) -> None:
    for row in rows_at(model, states):
        set_state(row, {name: states[row.pk][name] for name in names})
        fields = [field_of(model, name).name for name in names]
        if counted:
            row.edit_version += 1
            fields.append("edit_version")
        row.save(update_fields=fields)


def _update_alike(model: type[models.Model], pks: Sequence[int], state: State, counted: bool) -> None:
    values = {name: field_of(model, name).to_python(value) for name, value in state.items()}
    if counted:
        values["edit_version"] = models.F("edit_version") + 1
    rows_at(model, pks).update(**values)


def _update_each(
    model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[int, State]], counted: bool
) -> None:
    connection = _connection(model)
    fields: list[Any] = [field_of(model, name) for name in names]
    lines = [
        [*(field.get_db_prep_save(field.to_python(state[field.attname]), connection) for field in fields), pk]
        for pk, state in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = _update_from_values(connection, model, fields, len(lines), counted)
            cursor.execute(sql, [value for line in lines for value in line])
        else:
            cursor.executemany(_update_by_key(connection, model, fields, counted), lines)


def _update_by_key(
    connection: BaseDatabaseWrapper, model: type[models.Model], fields: Sequence[Any], counted: bool
) -> str:
    table, key, quote = _names(connection, model)
    columns = [f"{quote(field.column)} = %s" for field in fields] + _raised(table, quote, counted)
    return f"UPDATE {table} SET {', '.join(columns)} WHERE {key} = %s"  # noqa: S608 - our own names


def _update_from_values(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    fields: Sequence[Any],
    lines: int,
    counted: bool,
) -> str:
    table, key, quote = _names(connection, model)
    line = "".join(f"%s::{field.db_type(connection)}, " for field in fields)
    lists = ", ".join([f"({line}%s::bigint)"] * lines)
    columns = [f"{quote(field.column)} = v.c{at}" for at, field in enumerate(fields)] + _raised(table, quote, counted)
    named = "".join(f"c{at}, " for at in range(len(fields)))
    given = f"(VALUES {lists}) AS v ({named}key)"
    return f"UPDATE {table} SET {', '.join(columns)} FROM {given} WHERE {key} = v.key"  # noqa: S608 - our own names


def _names(connection: BaseDatabaseWrapper, model: type[models.Model]) -> tuple[str, str, Callable[[str], str]]:
    quote = connection.ops.quote_name
    key: Any = model._meta.pk
    table = quote(model._meta.db_table)
    return table, f"{table}.{quote(key.column)}", quote


def _raised(table: str, quote: Callable[[str], str], counted: bool) -> list[str]:
    version = quote("edit_version")
    return [f"{version} = {table}.{version} + 1"] if counted else []


def _connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    return connections[router.db_for_write(model)]
