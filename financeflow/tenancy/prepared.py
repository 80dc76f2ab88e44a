"""Questions asked with every page: Django writes their SQL once, later only its values are filled in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.scope import OutsideScope, current_scope, current_viewer, every_household, household_scope

Row = Sequence[Any]


class Slot(Expression):
    """Where a value goes that is known only when the question is asked."""

    def __init__(self, name: str, output_field: models.Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]

    def filled(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return self.output_field.get_db_prep_value(value, connection, prepared=False)


class Keys(Slot):
    """Where keys go that travel as one parameter, however many there are."""

    def filled(self, value: Iterable[int], connection: BaseDatabaseWrapper) -> Any:
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class _Plain(Slot):
    """The household in scope, who looks, or an account out of their sight: a key, which goes in as it is."""

    def filled(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return value


@dataclass(frozen=True)
class _Made:
    """The SQL of a question with what goes in, in order; what makes of each column and row what Django would."""

    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]
    whole: Callable[[Row], Any] | None

    def ask(self, values: dict[str, Any]) -> list[Row]:
        filled = [
            each.filled(values[each.name], connection) if isinstance(each, Slot) else each for each in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows: list[Any] = cursor.fetchall()
        if self.converters:
            rows = [list(row) for row in rows]
        for column, converters, expression in self.converters:
            for convert in converters:
                for row in rows:
                    row[column] = convert(row[column], expression, connection)
        return rows


class Prepared:
    """A question with slots: `rows(first=…, keys=…)` of a `values_list`, `objects(…)` of whole rows.

    The scope and who looks are filled in like any other value, and so is what the viewer may not see: `hidden` says
    which keys those are, and under which name the viewer knows them. What is asked for the `whole` household alone
    needs none.
    """

    def __init__(
        self, question: Callable[[], models.QuerySet[Any, Any]], hidden: Hidden | None = None, *, whole: bool = False
    ) -> None:
        self.question, self.hidden, self.whole = question, hidden, whole
        self._made: dict[tuple[str, bool, int], _Made] = {}

    def rows(self, **values: Any) -> list[Row]:
        made, more = self._at_hand()
        return made.ask(values | more)

    def objects(self, **values: Any) -> list[Any]:
        """As the queryset would give them, with what it joins and annotates; it prefetches nothing."""
        made, more = self._at_hand()
        assert made.whole is not None
        return [made.whole(row) for row in made.ask(values | more)]

    def _at_hand(self) -> tuple[_Made, dict[str, Any]]:
        """The question for this database, scope and viewer, and what goes in of these."""
        if self.whole and current_viewer() is not None:
            raise OutsideScope("This is asked for a whole household: open whole_household() around it.")
        scope, hidden = current_scope(), self.hidden.keys(connection) if self.hidden else []
        known = (connection.vendor, isinstance(scope, int), len(hidden))
        made = self._made.get(known)
        if made is None:
            made = self._made[known] = self._make(isinstance(scope, int), len(hidden))
        viewer = current_viewer()
        # Without a viewer the whole household is meant: compared with null, no row is another's.
        who = {"scope": scope, "viewer": viewer.user_id if viewer else None}
        return made, {**who, **{f"hidden {place}": key for place, key in enumerate(hidden)}}

    def _make(self, one_household: bool, hidden: int) -> _Made:
        if not one_household:
            with every_household("the caller does"):
                return _compiled(self.question())
        looks = None if self.whole else cast(int, _Plain("viewer"))
        with household_scope(cast(int, _Plain("scope")), viewer=looks):
            viewer = current_viewer()
            if self.hidden and viewer:
                viewer.seen[self.hidden.name] = [_Plain(f"hidden {place}") for place in range(hidden)]
            return _compiled(self.question())


@dataclass(frozen=True)
class Hidden:
    """What a viewer may not see: the name it is noted under, and how it is found out."""

    name: str
    keys: Callable[[BaseDatabaseWrapper], Sequence[int]]


def _compiled(rows: models.QuerySet[Any, Any]) -> _Made:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    columns: Iterable[Any] = [each[0] for each in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    found = tuple((column, tuple(convert), expression) for column, (convert, expression) in converters.items())
    return _Made(sql, tuple(params), found, _whole(compiler) if compiler.klass_info else None)


def _whole(compiler: Any) -> Callable[[Row], Any]:
    """What ModelIterable does with a row of a model's queryset."""
    info, select = compiler.klass_info, compiler.select
    model, columns = info["model"], info["select_fields"]
    first, last = columns[0], columns[-1] + 1
    names = [each[0].target.attname for each in select[first:last]]
    joined = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    annotated = compiler.annotation_col_map.items()

    def build(row: Row) -> Any:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for each in joined:
            each.populate(row, found)
        for name, column in annotated:
            setattr(found, name, row[column])
        return found

    return build
