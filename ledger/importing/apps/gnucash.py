"""The transactions that GnuCash exports: every split on a line, or a line for each transaction."""

from __future__ import annotations

from ledger.importing.apps.books import Book
from ledger.importing.apps.chart_of_accounts import Chart
from ledger.importing.apps.gnucash_rows import FULL, SIMPLE, Splits
from ledger.importing.apps.journals import book_of
from ledger.importing.apps.tables import has, headings_of, lines_of
from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.source import Source


class GnuCash:
    """“Date, Transaction ID, Number, Description …”, or the simple layout with a category path."""

    key = "gnucash"
    title = "GnuCash"

    def knows(self, source: Source) -> bool:
        head = {name.rstrip(".") for name in headings_of(source)}
        return has(tuple(head), FULL, damaged=1) or has(tuple(head), SIMPLE, damaged=1)

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        lines = list(lines_of(source, how, book, ("date", "description", "reconcile")))
        chart = Chart()
        splits = Splits(book, how, chart)
        found = book_of(splits.take(lines), chart, book, how, self.key)
        found.mapping, found.questions = splits.days.mapping, splits.days.questions
        return found


FORMAT = GnuCash()
