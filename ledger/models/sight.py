"""What a member keeps private is out of the others' sight: accounts, and all that stands in them."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func
from django.db.models.sql.compiler import SQLCompiler

from financeflow.tenancy.models import HouseholdManager, HouseholdOwned
from financeflow.tenancy.prepared import Hidden
from financeflow.tenancy.scope import Viewer, current_scope, current_viewer

_HIDDEN = """
    SELECT id FROM ledger_account WHERE household_id = %s
        AND (sealed_at IS NOT NULL OR private_to_id IS NOT NULL AND private_to_id <> %s)
"""

# What is named by the column, and where its account is found.
_STANDING_IN = {
    "id": "{}",
    "account": "{}",
    "transaction": "SELECT id FROM ledger_transaction WHERE account_id IN ({})",
    "line": "SELECT id FROM ledger_line WHERE account_id IN ({})",
}


class InSight(Func):
    """`the account is not one that somebody else keeps private`, decided when the SQL is compiled.

    Of a transaction or a line (`of="transaction"`) it is the account that this one stands in that counts.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, of: str = "account", **extra: Any) -> None:
        super().__init__(*(expressions or (F(of),)), **extra)
        self.of = of

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        hidden = hidden_accounts(connection)
        if not hidden:
            return "1 = 1", []
        column, params = compiler.compile(self.source_expressions[0])
        out_of_sight = ", ".join(["%s"] * len(hidden))
        out_of_sight = _STANDING_IN[self.of].format(out_of_sight)
        return f"{column} NOT IN ({out_of_sight})", [*params, *hidden]


def hidden_accounts(connection: BaseDatabaseWrapper) -> list[int]:
    """Asked once for each request: the accounts of others that this member may not see."""
    viewer = current_viewer()
    if viewer is None:
        return []
    if OUT_OF_SIGHT.name not in viewer.seen:
        viewer.seen[OUT_OF_SIGHT.name] = _ask(viewer, connection)
    found: list[int] = viewer.seen[OUT_OF_SIGHT.name]
    return found


def _ask(viewer: Viewer, connection: BaseDatabaseWrapper) -> list[int]:
    scope = current_scope()
    if not isinstance(scope, int):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN, [scope, viewer.user_id])
        return [row[0] for row in cursor.fetchall()]


OUT_OF_SIGHT = Hidden("hidden accounts", hidden_accounts)
Owned = TypeVar("Owned", bound=HouseholdOwned)


class SightManager(HouseholdManager[Owned], Generic[Owned]):
    """The base of those that leave out what other members keep private."""

    def hides_rows(self) -> bool:
        return bool(hidden_accounts(connections[self.db]))


class AccountManager(SightManager[Owned], Generic[Owned]):
    """Sees the accounts of the household in scope but for those that others keep private."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight(of="id"))


class InAccountManager(SightManager[Owned], Generic[Owned]):
    """Sees rows that stand in such an account."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight())


class OfTransactionManager(SightManager[Owned], Generic[Owned]):
    """Sees rows that belong to a transaction in such an account."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight(of="transaction"))


class OfLineManager(SightManager[Owned], Generic[Owned]):
    """Sees rows that belong to a line in such an account."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(InSight(of="line"))


# What lies in the trash is seen by its members as well, with the name it has: an index over what is kept finds most.
_KNOWN_PAYEE = """
    (EXISTS (SELECT 1 FROM ledger_transaction AS t
        WHERE t.payee_id = {key} AND t.trashed_at IS NULL AND t.account_id NOT IN ({hidden}))
    OR {key} IN (SELECT t.payee_id FROM ledger_transaction AS t WHERE t.household_id = {scope}
        AND t.trashed_at IS NOT NULL AND t.payee_id IS NOT NULL AND t.account_id NOT IN ({hidden}))
    OR NOT EXISTS (SELECT 1 FROM ledger_transaction AS t WHERE t.payee_id = {key} AND t.trashed_at IS NULL)
        AND {key} NOT IN (SELECT t.payee_id FROM ledger_transaction AS t WHERE t.household_id = {scope}
            AND t.trashed_at IS NOT NULL AND t.payee_id IS NOT NULL AND t.account_id IN ({hidden})))
"""
_KNOWN_TAG = """
    (EXISTS (SELECT 1 FROM ledger_transactiontag AS g JOIN ledger_transaction AS t ON t.id = g.transaction_id
        WHERE g.tag_id = {key} AND t.account_id NOT IN ({hidden}))
    OR NOT EXISTS (SELECT 1 FROM ledger_transactiontag AS g WHERE g.tag_id = {key}))
"""


class Known(Func):
    """`the payee or tag is not one that stands only where this member may not look`, by the column with its key."""

    conditional = True
    output_field = models.BooleanField()
    conditions: ClassVar = {"payee": _KNOWN_PAYEE, "tag": _KNOWN_TAG}

    def __init__(self, *expressions: Any, of: str, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.of = of

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        keys = hidden_accounts(connection)
        if not keys:
            return "1 = 1", []
        column, _params = compiler.compile(self.source_expressions[0])
        marks = {"hidden": ", ".join(["%s"] * len(keys)), "scope": "%s"}
        values: dict[str, list[Any]] = {"hidden": keys, "scope": [current_scope()]}
        condition = self.conditions[self.of]
        named = re.findall(r"{(hidden|scope)}", condition)
        return condition.format(key=column, **marks), [value for name in named for value in values[name]]


class PayeeManager(SightManager[Owned], Generic[Owned]):
    """Sees payees but for those that stand in nothing but what others keep private."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(Known(F("pk"), of="payee"))


class OfPayeeManager(SightManager[Owned], Generic[Owned]):
    """Sees rows that belong to such a payee."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(Known(F("payee"), of="payee"))


class TagManager(SightManager[Owned], Generic[Owned]):
    """Sees tags but for those that stand on nothing but what others keep private."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        return super().get_queryset().filter(Known(F("pk"), of="tag"))
