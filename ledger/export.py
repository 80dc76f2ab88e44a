"""The ledger's part in the export of everything: accounts and categories, also those in the trash."""

from __future__ import annotations

from financeflow.households.exporting import ExportTable
from ledger.models import Account, Category

ACCOUNT = (
    "name",
    "kind",
    "currency",
    "opening_balance",
    "opened_on",
    "in_net_worth",
    "closed_on",
    "position",
    "trashed_at",
)
CATEGORY = ("key", "name", "kind", "hue", "icon", "position", "archived_at", "trashed_at")


def tables() -> list[ExportTable]:
    return [
        ExportTable("accounts", Account, ACCOUNT),
        ExportTable("categories", Category, CATEGORY, references={"parent": "categories"}),
    ]
