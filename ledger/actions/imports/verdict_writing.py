"""What was found out about rows is written to thousands of them at once, by the way each database does it fastest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.models import ImportRow

VERDICT: Final = ("verdict", "reason", "match", "other", "other_row", "deed")
# Of a row that is here already and was never part of a transfer.
SETTLED: Final = ("verdict", "reason", "match", "deed")
FILING: Final = ("payee_name", "category", "category_reason", "confidence")
AT_ONCE: Final = 5000
Lines = Sequence[tuple[Any, ...]]


def write_columns(names: Sequence[str], lines: Lines) -> None:
    """For each row its new values of these columns, and its key at the end."""
    connection = connections[router.db_for_write(ImportRow)]
    columns: list[Any] = [ImportRow._meta.get_field(name) for name in names]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for start in range(0, len(lines), AT_ONCE):
            some = lines[start : start + AT_ONCE]
            if connection.vendor == "postgresql":
                cursor.execute(
                    _update_from_lists(connection, columns), [list(values) for values in zip(*some, strict=True)]
                )
            else:
                cursor.executemany(_update_by_key(connection, columns), list(some))


def _update_by_key(connection: BaseDatabaseWrapper, columns: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    return f"UPDATE {quote(ImportRow._meta.db_table)} SET {values} WHERE {quote('id')} = %s"  # noqa: S608 - our own names


def _update_from_lists(connection: BaseDatabaseWrapper, columns: Sequence[Any]) -> str:
    """One parameter for each column, however many rows there are."""
    quote = connection.ops.quote_name
    table = quote(ImportRow._meta.db_table)
    values = ", ".join(f"{quote(column.column)} = given.c{at}" for at, column in enumerate(columns))
    lists = "".join(f"%s::{_type(column, connection)}[], " for column in columns)
    names = "".join(f"c{at}, " for at in range(len(columns)))
    given = f"unnest({lists}%s::bigint[]) AS given ({names}key)"
    return f"UPDATE {table} SET {values} FROM {given} WHERE {table}.{quote('id')} = given.key"  # noqa: S608 - our own names


def _type(column: Any, connection: BaseDatabaseWrapper) -> str:
    kind = str(column.db_type(connection))
    return "text" if kind.startswith("varchar") else kind
