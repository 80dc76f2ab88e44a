"""Databases that came from outside: opened in memory, read only, with bounds on what a question may cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.utils.translation import gettext as _

from ledger.importing.found import Refused

# Of the machine inside SQLite: enough for millions of rows, and an end for views that never come to one.
_MOST_STEPS = 4000
_STEP = 1_000_000
_LONGEST_VALUE = 16 * 1024 * 1024


@contextmanager
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """The database in these bytes. Where it was kept with a write-ahead log, that is over: there is only this file."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content[:18] + b"\x01\x01" + content[20:])
        database.text_factory = lambda value: value.decode("utf-8", "replace")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON"):
            database.execute(f"PRAGMA {pragma}")
        steps = iter(range(_MOST_STEPS))
        database.set_progress_handler(lambda: next(steps, None) is None, _STEP)
        yield database


def columns_of(database: sqlite3.Connection, needed: dict[str, set[str]]) -> dict[str, set[str]]:
    """The columns of each plain table; raises Refused where one that is needed is missing."""
    found: dict[str, set[str]] = {}
    for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if isinstance(name, str) and isinstance(sql, str) and not sql.upper().startswith("CREATE VIRTUAL"):
            told = database.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
            found[name] = {str(column) for (column,) in told}
    for table, columns in needed.items():
        if not columns <= found.get(table, set()):
            raise Refused(_("This database is not one of Actual, or of a version that is not known here."))
    return found


def rows_of(database: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Row by row what a fixed question gives."""
    yield from database.execute(sql)
