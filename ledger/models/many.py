"""Asking for thousands of rows by their keys: one parameter, however many there are."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.prepared import Keys

__all__ = ["Keys", "OneOf", "one_of"]


class OneOf(Func):
    """`the column is one of these keys`."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: str, keys: Collection[int] | Keys, **extra: Any) -> None:
        super().__init__(F(column), **extra)
        self.keys: Collection[int] | Keys = keys if isinstance(keys, Keys) else tuple(keys)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        if isinstance(self.keys, Keys):
            return one_of(column, (), connection)[0], [*params, self.keys]
        condition, parameter = one_of(column, self.keys, connection)
        return condition, [*params, parameter]


def one_of(column: str, keys: Collection[int], connection: BaseDatabaseWrapper) -> tuple[str, Any]:
    """The condition in SQL and its one parameter."""
    if connection.vendor == "postgresql":
        # Of the column's own type: an array of small numbers would be gone through for every row, and not hashed.
        return f"{column} = ANY(%s::bigint[])", list(keys)
    return column + " IN (SELECT value FROM json_each(%s))", json.dumps(list(keys))  # noqa: S608
