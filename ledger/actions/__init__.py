"""Every write to the ledger, one verb each."""

from ledger.actions.accounts import (
    add_account,
    add_accounts,
    change_account,
    close_account,
    delete_account,
    move_account,
    reopen_account,
)
from ledger.actions.attachments import add_attachments, trash_attachment
from ledger.actions.books import BooksDoNotAdd, books_of
from ledger.actions.bulk import (
    Outcome,
    file_transactions,
    mark_transactions,
    move_transactions,
    set_payee,
    shift_transactions,
    tag_transactions,
    trash_transactions,
)
from ledger.actions.categories import (
    add_category,
    add_default_categories,
    archive_category,
    change_category,
    move_category,
    unarchive_category,
)
from ledger.actions.lines import Part
from ledger.actions.moving import NewTransfer, add_transfers
from ledger.actions.refiling import delete_category, merge_category
from ledger.actions.reshaping import duplicate_transaction, split_transaction, turn_transaction
from ledger.actions.saved_reports import (
    add_saved_report,
    change_saved_report,
    delete_saved_report,
    move_saved_report,
)
from ledger.actions.saved_views import add_saved_view, change_saved_view, delete_saved_view, move_saved_view
from ledger.actions.transactions import (
    NewTransaction,
    add_transaction,
    add_transactions,
    change_transaction,
    trash_transaction,
)
from ledger.actions.transfers import add_transfer, change_transfer, make_transfer, pair_transfer, part_transfer

__all__ = [
    "BooksDoNotAdd",
    "NewTransaction",
    "NewTransfer",
    "Outcome",
    "Part",
    "add_account",
    "add_accounts",
    "add_attachments",
    "add_category",
    "add_default_categories",
    "add_saved_report",
    "add_saved_view",
    "add_transaction",
    "add_transactions",
    "add_transfer",
    "add_transfers",
    "archive_category",
    "books_of",
    "change_account",
    "change_category",
    "change_saved_report",
    "change_saved_view",
    "change_transaction",
    "change_transfer",
    "close_account",
    "delete_account",
    "delete_category",
    "delete_saved_report",
    "delete_saved_view",
    "duplicate_transaction",
    "file_transactions",
    "make_transfer",
    "mark_transactions",
    "merge_category",
    "move_account",
    "move_category",
    "move_saved_report",
    "move_saved_view",
    "move_transactions",
    "pair_transfer",
    "part_transfer",
    "reopen_account",
    "set_payee",
    "shift_transactions",
    "split_transaction",
    "tag_transactions",
    "trash_attachment",
    "trash_transaction",
    "trash_transactions",
    "turn_transaction",
    "unarchive_category",
]
