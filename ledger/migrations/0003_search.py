"""The full-text index of transactions, and the balances of accounts that were there before balances were kept.

On SQLite the index is a table of its own that triggers keep. Whenever SQLite must remake ledger_transaction (Django
does that to change a column), the triggers go with the old table: call `keep_index` again after such a migration.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F

SQLITE = [
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS ledger_search USING fts5(
        payee_words, words, content='ledger_transaction', content_rowid='id', tokenize='unicode61', detail='none'
    )
    """,
    """
    CREATE TRIGGER ledger_search_added AFTER INSERT ON ledger_transaction BEGIN
        INSERT INTO ledger_search(rowid, payee_words, words) VALUES (new.id, new.payee_words, new.words);
    END
    """,
    """
    CREATE TRIGGER ledger_search_removed AFTER DELETE ON ledger_transaction BEGIN
        INSERT INTO ledger_search(ledger_search, rowid, payee_words, words)
        VALUES ('delete', old.id, old.payee_words, old.words);
    END
    """,
    """
    CREATE TRIGGER ledger_search_changed AFTER UPDATE OF payee_words, words ON ledger_transaction
    WHEN old.payee_words <> new.payee_words OR old.words <> new.words BEGIN
        INSERT INTO ledger_search(ledger_search, rowid, payee_words, words)
        VALUES ('delete', old.id, old.payee_words, old.words);
        INSERT INTO ledger_search(rowid, payee_words, words) VALUES (new.id, new.payee_words, new.words);
    END
    """,
]
POSTGRESQL = [
    "CREATE INDEX ledger_search ON ledger_transaction"
    " USING gin (to_tsvector('simple'::regconfig, payee_words || ' ' || words))"
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS ledger_search_added",
    "DROP TRIGGER IF EXISTS ledger_search_removed",
    "DROP TRIGGER IF EXISTS ledger_search_changed",
    "DROP TABLE IF EXISTS ledger_search",
]


def keep_index(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE_BACK, "postgresql": ["DROP INDEX IF EXISTS ledger_search"]}[vendor]:
        schema_editor.execute(statement)


def keep_balances(apps: Any, schema_editor: Any) -> None:
    """Until now nothing could stand in an account but its opening balance."""
    accounts = apps.get_model("ledger", "Account")
    accounts._base_manager.update(balance=F("opening_balance"))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_books")]

    operations = [
        migrations.RunPython(keep_index, drop_index),
        migrations.RunPython(keep_balances, migrations.RunPython.noop),
    ]
