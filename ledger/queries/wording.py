"""Transactions by the words in them: an index asked on each database in its own way, for the beginnings of words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.expressions import F, Func
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.models import Transaction
from ledger.models.sight import OUT_OF_SIGHT

LONGEST_WORD = 60


class Indexed(Func):
    """`each of the words wanted begins a word of the transaction`, by PostgreSQL's full-text index; to be prepared."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, **extra: Any) -> None:
        super().__init__(F("payee_words"), F("words"), Slot("wanted", models.TextField()), **extra)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        payee, words, wanted = (compiler.compile(each) for each in self.source_expressions)
        text = f"to_tsvector('simple'::regconfig, {payee[0]} || ' ' || {words[0]})"
        return f"{text} @@ to_tsquery('simple', {wanted[0]})", [*wanted[1]]


def holding(texts: Sequence[str | Slot]) -> Q:
    """One of these texts, or slots for them with a blank before, read off each row.

    Where many rows meet it, walking the newest finds a page of them soon.
    """
    words = Concat(Value(" "), F("payee_words"), Value(" "), F("words"), output_field=models.TextField())
    found = Q()
    for text in texts:
        found |= Q(Contains(words, text if isinstance(text, Slot) else f" {text}"))
    return found


class Contains(Func):
    """`the text holds these characters as they are`."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, text: Any, part: str | Slot, **extra: Any) -> None:
        super().__init__(text, part if isinstance(part, Slot) else Value(part), **extra)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (text, params), (part, more) = (compiler.compile(source) for source in self.source_expressions)
        position = "strpos" if connection.vendor == "postgresql" else "instr"
        return f"{position}({text}, {part}) > 0", [*params, *more]


def first_matches(words: Sequence[str], most: int) -> list[int]:
    """Keys of transactions with these words, in no order; stops at `most`.

    SQLite asks its index alone, whichever household a row is of: the caller looks at the rows in scope.
    """
    if connection.vendor == "sqlite":
        wanted = " AND ".join(f'"{word[:LONGEST_WORD]}"*' for word in words)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM ledger_search WHERE ledger_search MATCH %s LIMIT %s", [wanted, most])
            return [key for (key,) in cursor.fetchall()]
    wanted = " & ".join(f"'{word[:LONGEST_WORD]}':*" for word in words)
    return [key for (key,) in _indexed(most).rows(wanted=wanted)]


@lru_cache(maxsize=16)
def _indexed(most: int) -> Prepared:
    return Prepared(lambda: Transaction.objects.filter(Indexed()).order_by().values_list("pk")[:most], OUT_OF_SIGHT)


def first_of_any(choices: Sequence[Sequence[str]], most: int) -> list[int]:
    """Keys of transactions with all the words of one choice; stops once there are `most`."""
    found: set[int] = set()
    for words in choices:
        found.update(first_matches(words, most))
    return list(found)[:most]
