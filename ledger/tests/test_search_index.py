"""The full-text index is kept by the database itself: what keeps it must be there after every migration."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_index_of_words_is_there_and_kept() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'ledger_transaction' AND type = 'trigger'")
            expected = {"ledger_search_added", "ledger_search_changed", "ledger_search_removed"}
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'ledger_transaction'")
            expected = {"ledger_search"}
        assert expected <= {name for (name,) in cursor.fetchall()}
