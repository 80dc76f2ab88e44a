"""The ledger's JSON face."""

from ledger.api.accounts import accounts
from ledger.api.categories import categories
from ledger.api.payees import payees
from ledger.api.rates import rates
from ledger.api.reports import reports
from ledger.api.rules import rules
from ledger.api.statements import statements
from ledger.api.suggestions import owed, suggestions
from ledger.api.tags import tags
from ledger.api.transactions import transactions

__all__ = [
    "accounts",
    "categories",
    "owed",
    "payees",
    "rates",
    "reports",
    "rules",
    "statements",
    "suggestions",
    "tags",
    "transactions",
]
