"""The transactions that Sure and Maybe export, where money out is positive."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency, minor_units
from ledger.importing.apps.books import Book
from ledger.importing.apps.journal_text import day_of
from ledger.importing.apps.simple_rows import take_rows
from ledger.importing.apps.tables import Line, has, has_in_order, headings_of, lines_of
from ledger.importing.found import Found, FoundRow, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_HEAD = ("date", "account_name", "amount", "name", "category", "tags", "notes", "currency")
_OTHERS = {
    ("id", "name", "type", "subtype", "balance", "currency", "created_at"),
    ("date", "account_name", "ticker", "quantity", "price", "amount", "currency"),
    ("name", "color", "parent_category", "lucide_icon"),
    ("name", "color", "parent_category", "classification"),
    ("name", "resource_type", "active", "effective_date", "conditions", "actions"),
}
_COMMA = re.compile(r"(?<!\\),")


class Sure:
    """“date, account_name, amount, name, category, tags, notes, currency”, out of the ZIP that these apps write."""

    key = "sure"
    title = "Sure, Maybe"

    def knows(self, source: Source) -> bool:
        head = headings_of(source)
        return has_in_order(head, _HEAD) or has(head, _HEAD, "account_name") or head in _OTHERS

    def read(self, source: Source, how: How) -> Found:
        if headings_of(source) in _OTHERS:
            raise Refused(_("This is another table of the export of Sure. Choose its transactions.csv."))
        book = Book(how)
        lines = list(lines_of(source, how, book, _HEAD))
        take_rows(book, lines, "account_name", _told)
        return book.found(self.key)


def _told(line: Line) -> FoundRow:
    currency = known_currency(line["currency"])
    if not currency:
        raise ValueError(_("“%(text)s” is no currency.") % {"text": line["currency"][:20]})
    return FoundRow(
        line=line.number,
        original=line.original,
        date=day_of(line["date"]),
        amount=-minor_units(line["amount"], currency),
        currency=currency,
        payee=line["name"],
        notes=line["notes"],
        category=line["category"],
        tags=_tags(line["tags"]),
    )


def _tags(text: str) -> tuple[str, ...]:
    """Parted by commas; one inside a tag has a backslash before it."""
    if not text:
        return ()
    found = (re.sub(r"\\(.)", r"\1", each).strip() for each in _COMMA.split(text))
    return tuple(dict.fromkeys(each for each in found if each))


FORMAT = Sure()
