"""Questions to the ledger. Each returns a queryset or a frozen value; none writes."""

from ledger.queries.accounts import (
    AccountGroup,
    AccountSheet,
    account_sheet,
    accounts,
    accounts_beside,
    has_transactions,
    open_accounts,
)
from ledger.queries.categories import CategoryGroup, categories, categories_beside, category_groups, groups
from ledger.queries.ordering import next_position
from ledger.queries.payees import payees, payees_by_key, tags, tags_by_key
from ledger.queries.saved_views import saved_views
from ledger.queries.transactions import transactions

__all__ = [
    "AccountGroup",
    "AccountSheet",
    "CategoryGroup",
    "account_sheet",
    "accounts",
    "accounts_beside",
    "categories",
    "categories_beside",
    "category_groups",
    "groups",
    "has_transactions",
    "next_position",
    "open_accounts",
    "payees",
    "payees_by_key",
    "saved_views",
    "tags",
    "tags_by_key",
    "transactions",
]
