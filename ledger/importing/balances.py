"""What a statement's own balances say about its rows: the witness where banks disagree on how to write something."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ledger.importing.found import FoundRow, FoundStatement, Remark


def missing_in(statement: FoundStatement) -> int | None:
    """By how much the booked rows fall short of the closing balance; None where that cannot be known."""
    if statement.opening_balance is None or statement.closing_balance is None or statement.unread:
        return None
    booked = sum(row.amount for row in statement.rows if not row.is_pending)
    return statement.closing_balance - statement.opening_balance - booked


def turn_reversals(statement: FoundStatement, reversals: list[FoundRow]) -> None:
    """Some banks write what is taken back with the direction of what it takes back: only the balances tell."""
    missing = missing_in(statement)
    if not missing or missing != -2 * sum(row.amount for row in reversals):
        return
    for row in reversals:
        row.amount = -row.amount
        if row.original_amount is not None:
            row.original_amount = -row.original_amount
    words = _("%(count)s reversed entries were read the other way round: only so do they fit the balances.")
    statement.remarks.append(Remark(words % {"count": len(reversals)}, reversals[0].line))
