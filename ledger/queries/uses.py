"""How often payees and tags are used, and when last: read off the indexes, never more than a page needs."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from ledger.models.sight import hidden_accounts

# Counted one by one up to here; what is used more often is “more than”.
MOST: Final = 200

_TIMES = {
    "payee": """(SELECT COUNT(*) FROM (SELECT 1 FROM ledger_transaction AS t
        WHERE t.payee_id = {key} AND t.trashed_at IS NULL {sight} LIMIT {most}) AS few)""",
    "tag": """(SELECT COUNT(*) FROM (SELECT 1 FROM ledger_transactiontag AS g
        JOIN ledger_transaction AS t ON t.id = g.transaction_id
        WHERE g.tag_id = {key} AND t.trashed_at IS NULL {sight} LIMIT {most}) AS few)""",
}
_LAST = """(SELECT t.date FROM ledger_transaction AS t
    WHERE t.payee_id = {key} AND t.trashed_at IS NULL {sight} ORDER BY t.date DESC LIMIT 1)"""


class _Seen(Func):
    """A figure over the transactions of a row that the member who looks may see.

    Rows are of one household and their transactions of the same: so the index on them says it all.
    """

    template_of: ClassVar[dict[str, str]] = {}

    def __init__(self, *, of: str, **extra: Any) -> None:
        super().__init__(F("pk"), **extra)
        self.of = of

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        key, params = compiler.compile(self.source_expressions[0])
        hidden = ", ".join(str(int(each)) for each in hidden_accounts(connection))
        sight = f"AND t.account_id NOT IN ({hidden})" if hidden else ""
        return self.template_of[self.of].format(key=key, sight=sight, most=MOST + 1), [*params]


class Times(_Seen):
    """How many transactions, up to one more than MOST."""

    output_field = models.IntegerField()
    template_of = _TIMES


class LastUse(_Seen):
    """The day of the latest transaction, if there is one."""

    output_field = models.DateField(null=True)
    template_of: ClassVar[dict[str, str]] = {"payee": _LAST}
