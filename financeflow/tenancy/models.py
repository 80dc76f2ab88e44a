"""The base of every table that belongs to a household, and the manager that will not look past it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.scope import EVERYONE, current_scope


class InScope(Func):
    """`household = the one in scope`, decided when the SQL is compiled and not when the queryset is made."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*(expressions or (F("household"),)), **extra)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        scope = current_scope()
        if scope is EVERYONE:
            return "1 = 1", []
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = %s", [*params, scope]


Owned = TypeVar("Owned", bound="HouseholdOwned")


class HouseholdManager(models.Manager[Owned], Generic[Owned]):
    """Sees only the rows of the household in scope."""

    def hides_rows(self) -> bool:
        """Whether some of the household's rows are out of the sight of the member who looks."""
        return False

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InScope())


class HouseholdOwned(models.Model):
    """A row of one household: an integer key inside, a random public id outside."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    household = models.ForeignKey("households.Household", on_delete=models.CASCADE)

    objects: ClassVar[HouseholdManager[Self]] = HouseholdManager()

    # Fields that history does not keep: they follow from others, or say nothing to a person.
    history_leaves_out: tuple[str, ...] = ()
    # Lookups (`payee__name`) of which the first that is not empty is what str() says: so thousands of rows are named by
    # the query that reads them. A table without them is asked for whole rows.
    history_label: tuple[str, ...] = ()
    # Which fields are minor units, and the field that names their currency.
    history_money: dict[str, str] = {}
    # A row with an edit_version counts its edits; a change of these alone is none.
    edit_ignores: tuple[str, ...] = ()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class Trashable(models.Model):
    """A row that goes to the trash before it goes for good."""

    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def trash_note(self, locale: str) -> str:
        """What tells it from others of its name in the trash: an amount, a day."""
        return ""

    def trashed_with(self) -> Iterable[Any]:
        """What went to the trash together with it, and comes back together with it."""
        return ()

    @classmethod
    def about_to_vanish(cls, rows: models.QuerySet[Any]) -> None:
        """Called with rows that are about to go for good, in the transaction in which they go."""
