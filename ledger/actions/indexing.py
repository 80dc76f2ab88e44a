"""The full-text index while thousands of rows are added at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'ledger_search_added'"
_LAST = "SELECT coalesce(max(id), 0) FROM ledger_transaction"
_INDEX = """
    INSERT INTO ledger_search(rowid, payee_words, words)
    SELECT id, payee_words, words FROM ledger_transaction WHERE id > %s
"""


@contextmanager
def indexed_at_once() -> Iterator[None]:
    """Within a transaction: what is added inside can be found afterwards.

    On SQLite a trigger keeps the index, and writes it out for every row. Here it rests, and the rows come in together.
    Nobody else can write meanwhile; if anything fails, the trigger is back as well, for it is part of the transaction.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGER)
        trigger = cursor.fetchone()[0]
        cursor.execute(_LAST)
        last = cursor.fetchone()[0]
        cursor.execute("DROP TRIGGER ledger_search_added")
    yield
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, [last])
        cursor.execute(trigger)
