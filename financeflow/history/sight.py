"""What a member did in private is out of the others' sight: the change-set, and the rows it touched."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.models import HouseholdManager, HouseholdOwned
from financeflow.tenancy.scope import current_scope, current_viewer

_PRIVATE = "SELECT 1 FROM history_changeset hidden WHERE hidden.id = {column} AND hidden.private_to_id <> %s"


class InSight(Func):
    """`nobody else keeps it private`, decided when the SQL is compiled."""

    conditional = True
    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        viewer = current_viewer()
        if viewer is None:
            return "1 = 1", []
        column, params = compiler.compile(self.source_expressions[0])
        return f"NOT EXISTS ({_PRIVATE.format(column=column)})", [*params, viewer.user_id]


_LATEST = """
    SELECT c.change_set_id FROM history_change c
    WHERE c.household_id = %s AND c.model = %s AND c.row_id = {column} ORDER BY c.id DESC LIMIT 1
"""


class LatestInSight(Func):
    """`the latest change of the row of this key is not one that somebody else made in private`."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, label: str, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.label = label

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        viewer = current_viewer()
        if viewer is None:
            return "1 = 1", []
        column, params = compiler.compile(self.source_expressions[0])
        latest = _LATEST.format(column=column)
        sql = f"NOT EXISTS ({_PRIVATE.format(column=f'({latest})')})"
        return sql, [current_scope(), self.label, *params, viewer.user_id]


Owned = TypeVar("Owned", bound=HouseholdOwned)


class ChangeSetManager(HouseholdManager[Owned], Generic[Owned]):
    """Sees what was done in the household in scope but for what others did in private."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight(F("id")))


class ChangeManager(HouseholdManager[Owned], Generic[Owned]):
    """Sees the rows of such change-sets."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight(F("change_set")))
