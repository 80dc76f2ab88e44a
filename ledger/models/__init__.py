"""The tables of the ledger."""

from ledger.models.accounts import Account
from ledger.models.attachments import Attachment
from ledger.models.categories import Category, Payee, PayeeAlias, Tag
from ledger.models.imports import Import, ImportedAccount, ImportProfile, ImportRow
from ledger.models.rates import ExchangeRate, RateRefresh, TypedRate
from ledger.models.taggings import TransactionTag
from ledger.models.totals import DayTotal, MonthTotal
from ledger.models.transactions import (
    Line,
    RateState,
    RefundLink,
    Transaction,
    Transfer,
)
from ledger.models.working import NoPair, Rule, RuleRun, SavedReport, SavedView, Statement, Tick

__all__ = [
    "Account",
    "Attachment",
    "Category",
    "DayTotal",
    "ExchangeRate",
    "Import",
    "ImportProfile",
    "ImportRow",
    "ImportedAccount",
    "Line",
    "MonthTotal",
    "NoPair",
    "Payee",
    "PayeeAlias",
    "RateRefresh",
    "RateState",
    "RefundLink",
    "Rule",
    "RuleRun",
    "SavedReport",
    "SavedView",
    "Statement",
    "Tag",
    "Tick",
    "Transaction",
    "TransactionTag",
    "Transfer",
    "TypedRate",
]
