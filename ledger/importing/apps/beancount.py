"""Journals of Beancount: directives that begin with a date, postings indented below them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.apps.beancount_entries import Reading
from ledger.importing.apps.books import Book
from ledger.importing.apps.journal_text import text_of, told_if_cut
from ledger.importing.apps.journals import book_of
from ledger.importing.apps.padding import padded
from ledger.importing.found import Found, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_ACCOUNT = r"[^\W\d_a-z][\w-]*(?::[^\W_a-z][\w-]*)+"
_SIGNS = re.compile(
    rf"^\d{{4}}[-/]\d\d[-/]\d\d[ \t]+(?:(?:open|close|pad|balance|note)[ \t]+{_ACCOUNT}|(?:commodity|price)[ \t]+[A-Z]"
    r'|(?:txn|[*!])[ \t]+"|"[^"]*"[ \t]*$)|^option[ \t]+"[a-z_]+"[ \t]+"',
    re.MULTILINE,
)


def looks_like_beancount(source: Source) -> bool:
    return _SIGNS.search(source.head_text.replace("\r", "\n")) is not None


class Beancount:
    """Plain-text books with five roots, opened accounts and quoted narrations."""

    key = "beancount"
    title = "Beancount"

    def knows(self, source: Source) -> bool:
        return looks_like_beancount(source)

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        reading = Reading(book)
        text = text_of(source)
        told_if_cut(text, book)
        reading.read(text)
        if not reading.entries and not book.lost:
            raise Refused(_("No transactions stand in this Beancount file. Take the files that it includes."))
        entries = padded(reading.entries, reading.pads, reading.balances, book)
        return book_of(entries, reading.chart, book, how, self.key)


FORMAT = Beancount()
