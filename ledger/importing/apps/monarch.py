"""The transactions that Monarch exports: signed amounts, a tidy merchant and the bank's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ledger.importing.amounts import minor_units
from ledger.importing.apps.books import Book
from ledger.importing.apps.local_columns import MONTH_FIRST, Days
from ledger.importing.apps.simple_rows import pair_by_category, take_rows
from ledger.importing.apps.tables import Line, has, has_in_order, headings_of, lines_of, tags_in
from ledger.importing.found import Found, FoundRow
from ledger.importing.how import How
from ledger.importing.source import Source

_NEEDED = ("date", "merchant", "category", "account", "original statement", "notes", "amount", "tags")
_TRANSFERS = {"transfer", "credit card payment"}


class Monarch:
    """“Date, Merchant, Category, Account, Original Statement, Notes, Amount, Tags”, and what came later."""

    key = "monarch"
    title = "Monarch"

    def knows(self, source: Source) -> bool:
        head = headings_of(source)
        return has_in_order(head, _NEEDED) or has(head, _NEEDED, "original statement", damaged=1)

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        lines = list(lines_of(source, how, book, _NEEDED))
        days = Days(how, fixed=MONTH_FIRST)

        def told(line: Line) -> FoundRow:
            if not line["amount"]:
                raise ValueError(_("There is no amount here."))
            category = line["category"]
            return FoundRow(
                line=line.number,
                original=line.original,
                date=days.read(line["date"]),
                amount=minor_units(line["amount"], how.currency),
                currency=how.currency,
                payee=line["merchant"],
                description=line["original statement"],
                notes=line["notes"],
                category="" if category.lower() == "uncategorized" else category,
                tags=tags_in(line["tags"]),
            )

        take_rows(book, lines, "account", told)
        pair_by_category(book, _TRANSFERS)
        return book.found(self.key)


FORMAT = Monarch()
