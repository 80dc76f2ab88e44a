"""What a row of a list shows of a transaction, worked out once so that drawing it is quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from ledger.models import Transaction
from ledger.queries.rows import Row

# A longer name may not fit into its column.
LONG = 30
LONG_NOTE = 100


def make_shown(rows: Iterable[Transaction | Row], household: Household) -> None:
    """Give rows that come joined (see listing) what their fragment reads of them.

    `key` (its public id as text), `name` in one line, `has_name`, `has_long_name`, `parts` (the category of each line,
    or None), `filed` (the one line's category), `learned` (how sure that was, where nobody said so), `tagged` (its
    tags), `abroad` (it is in another currency than the household's), `marked` (there is something to know of it at a
    glance), `note` (the beginning of its notes) and `whole_note` (where that is not all that one sees).
    """
    for each in rows:
        row: Any = each
        if isinstance(each, Transaction):
            row.parts = [line.category for line in row.lines.all()]
            row.tagged = [tagging.tag for tagging in row.taggings.all()]
            row.part = getattr(row, "part", None)
            row.learned = max((line.learned for line in row.lines.all()), default=0)
            row.guess = getattr(row, "guess", None)
        row.key = str(row.uid)
        row.filed = row.parts[0] if len(row.parts) == 1 else None
        row.learned = row.learned if row.filed else 0
        row.abroad = row.currency != household.base_currency
        row.name = name_of(row)
        row.has_name = bool(row.transfer_id or row.payee or row.description)
        row.has_long_name = len(row.name) > LONG
        row.note = Truncator(row.notes).chars(LONG_NOTE) if len(row.notes) > LONG_NOTE else row.notes
        row.whole_note = Truncator(row.notes).chars(3 * LONG_NOTE) if len(row.notes) > LONG else ""
        row.marked = (
            row.status != Transaction.Status.CLEARED
            or len(row.parts) > 1
            or row.is_refund
            or row.awaits_refund
            or row.has_papers
        )


def name_of(row: Any) -> str:
    """Who it was paid to or by; of a transfer where it went from and to."""
    if row.transfer_id:
        return _transfer_name(row)
    if row.payee:
        return str(row.payee.name)
    return str(row.description) or _("No payee")


def _transfer_name(row: Any) -> str:
    other = row.other_side
    if other is None:
        return _("Transfer to a private account") if row.amount < 0 else _("Transfer from a private account")
    source, target = (row, other) if row.amount < 0 else (other, row)
    return _("%(source)s → %(target)s") % {"source": source.account.name, "target": target.account.name}
