"""The transactions that GnuCash exports: every split on a line, or a line for each transaction."""

from __future__ import annotations

import re

from ledger.importing.apps.books import Book
from ledger.importing.apps.chart_of_accounts import Chart
from ledger.importing.apps.gnucash_rows import FULL, SIMPLE, Splits
from ledger.importing.apps.journals import book_of
from ledger.importing.apps.tables import has, headings_of, lines_of, second_cells
from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.source import Source

# The columns of the full layout, whose headings are translated.
_IN_ORDER = (
    "date",
    "transaction id",
    "number",
    "description",
    "notes",
    "commodity/currency",
    "void reason",
    "action",
    "memo",
    "full account name",
    "account name",
    "amount with sym",
    "amount num",
    "value with sym",
    "value num",
    "reconcile",
    "reconcile date",
    "rate/price",
)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class GnuCash:
    """“Date, Transaction ID, Number, Description …” in any language, or the simple layout with a category path."""

    key = "gnucash"
    title = "GnuCash"

    def knows(self, source: Source) -> bool:
        return _is_english(source) or _is_translated(source)

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        names = _IN_ORDER if not _is_english(source) and _is_translated(source) else ()
        lines = list(lines_of(source, how, book, ("date", "description", "reconcile"), names))
        chart = Chart()
        splits = Splits(book, how, chart)
        found = book_of(splits.take(lines), chart, book, how, self.key)
        found.mapping, found.questions = splits.days.mapping, splits.days.questions
        return found


def _is_english(source: Source) -> bool:
    head = headings_of(source)
    return has(head, FULL, damaged=1) or has(head, SIMPLE, damaged=1)


def _is_translated(source: Source) -> bool:
    """Told by the first row: the id of a transaction and the currency stand where they always do."""
    cells = second_cells(source)
    is_full = len(cells) == len(_IN_ORDER) == len(headings_of(source))
    return is_full and _ID.fullmatch(cells[1]) is not None and cells[5].startswith("CURRENCY::")


FORMAT = GnuCash()
