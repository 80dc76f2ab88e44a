"""Asking for thousands of rows by their keys, which travel as one parameter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.prepared import Keys


class Among(Func):
    """`the key is one of these`."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, keys: Iterable[int] | Keys, **extra: Any) -> None:
        super().__init__(*(expressions or (F("pk"),)), **extra)
        self.keys = keys if isinstance(keys, Keys) else list(keys)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        keys = "(SELECT value FROM json_each(%s))"
        parameter = self.keys if isinstance(self.keys, Keys) else json.dumps(self.keys)
        return f"{column} IN {keys}", [*params, parameter]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY (%s::bigint[])", [*params, self.keys]


def rows_of(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.all()


def rows_at(model: type[models.Model], keys: Iterable[int] | Keys) -> models.QuerySet[Any]:
    """Those of the rows that are there."""
    return rows_of(model).filter(Among(keys=keys))
