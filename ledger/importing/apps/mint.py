"""The transactions that Mint exported: amounts without a sign, and a word for which way they went."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book
from ledger.importing.apps.local_columns import MONTH_FIRST, Amounts, Days
from ledger.importing.apps.simple_rows import pair_by_category, take_rows
from ledger.importing.apps.tables import Line, has, has_in_order, headings_of, lines_of, tags_in
from ledger.importing.found import Found, FoundRow
from ledger.importing.how import How
from ledger.importing.source import Source

_HEAD = ("date", "description", "original description", "amount", "transaction type", "category", "account name")
_TRANSFERS = {"transfer", "credit card payment"}
_ALL = (*_HEAD, "labels", "notes")
_SIGNS = {"debit": -1, "credit": 1}


class Mint:
    """“Date, Description, Original Description, Amount, Transaction Type, Category, Account Name, Labels, Notes”."""

    key = "mint"
    title = "Mint"

    def knows(self, source: Source) -> bool:
        head = headings_of(source)
        is_headless = len(head) == len(_ALL) and head[4] in _SIGNS
        return is_headless or has_in_order(head, _ALL) or has(head, _ALL, "original description", "transaction type")

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        lines = list(lines_of(source, how, book, _HEAD))
        days, amounts = Days(how, fixed=MONTH_FIRST), Amounts(how, currency=how.currency)
        for line in lines:
            amounts.see(line["amount"])

        def told(line: Line) -> FoundRow:
            kind = line["transaction type"].lower()
            if kind not in _SIGNS or not line["amount"]:
                raise ValueError(_("It is not told whether this is a debit or a credit, or the amount is missing."))
            category = line["category"]
            return FoundRow(
                line=line.number,
                original=line.original,
                date=days.read(line["date"]),
                amount=_SIGNS[kind] * amounts.read(line["amount"]),
                currency=amounts.money,
                payee=line["description"],
                description=line["original description"],
                notes=line["notes"],
                category="" if category.lower() == "uncategorized" else category,
                tags=tags_in(line["labels"]),
            )

        take_rows(book, lines, "account name", told)
        pair_by_category(book, _TRANSFERS)
        return book.found(self.key)


FORMAT = Mint()
