"""Transactions by the words in them: an index asked on each database in its own way, for the beginnings of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.expressions import F, Func
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

from ledger.models import Transaction

LONGEST_WORD = 60


class Indexed(Func):
    """`each of these words begins a word of the transaction`, by PostgreSQL's full-text index."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, words: Sequence[str], **extra: Any) -> None:
        super().__init__(F("payee_words"), F("words"), **extra)
        self.wanted = " & ".join(f"'{word[:LONGEST_WORD]}':*" for word in words)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        payee, words = (compiler.compile(source)[0] for source in self.source_expressions)
        text = f"to_tsvector('simple'::regconfig, {payee} || ' ' || {words})"
        return f"{text} @@ to_tsquery('simple', %s)", [self.wanted]


def holding(texts: Sequence[str]) -> Q:
    """One of these texts, read off each row: where many rows meet it, walking the newest finds a page of them soon."""
    words = Concat(Value(" "), F("payee_words"), Value(" "), F("words"), output_field=models.TextField())
    found = Q()
    for text in texts:
        found |= Q(Contains(words, f" {text}"))
    return found


class Contains(Func):
    """`the text holds these characters as they are`."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, text: Any, part: str, **extra: Any) -> None:
        super().__init__(text, Value(part), **extra)

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
    rows = Transaction.objects.filter(Indexed(words)).order_by()
    return list(rows.values_list("pk", flat=True)[:most])


def first_of_any(choices: Sequence[Sequence[str]], most: int) -> list[int]:
    """Keys of transactions with all the words of one choice; stops once there are `most`."""
    found: set[int] = set()
    for words in choices:
        found.update(first_matches(words, most))
    return list(found)[:most]
