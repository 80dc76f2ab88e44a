"""Journals of ledger and hledger, as far as both write them alike."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.apps.beancount import looks_like_beancount
from ledger.importing.apps.books import Book
from ledger.importing.apps.entries import Entry
from ledger.importing.apps.journal_text import text_of, told_if_cut
from ledger.importing.apps.journals import book_of
from ledger.importing.apps.ledger_amounts import Marks
from ledger.importing.apps.ledger_directives import Directives
from ledger.importing.apps.ledger_entries import DATE, RawEntry, Reading
from ledger.importing.apps.ledger_postings import settled_posting
from ledger.importing.found import Found, Refused, Remark
from ledger.importing.how import How
from ledger.importing.source import Source

_HEAD = rf"^{DATE}(?:={DATE})?(?:[ \t][^\n]*)?\n(?:[ \t]+;[^\n]*\n)*"
# An account with a colon inside; or two indented lines, the first of which ends in an amount.
_DEEP = re.compile(_HEAD + r"[ \t]+(?:[*!][ \t]*)?[(\[]?[^\W\d_][^\n;:]*:[^\s:][^\n]*", re.MULTILINE)
_FLAT = re.compile(_HEAD + r"[ \t]+[^\W\d_][^\n;]*(?:  |\t)[^\n]*\d[^\n]*\n[ \t]+[^\W\d_]", re.MULTILINE)
_ENDINGS = (".ledger", ".journal", ".hledger", ".j", ".dat", ".lgr", ".txt")


class LedgerCli:
    """Plain-text books with indented postings, in which one amount may be left out."""

    key = "ledger_cli"
    title = "ledger, hledger"

    def knows(self, source: Source) -> bool:
        if looks_like_beancount(source):
            return False
        text = source.head_text.replace("\r\n", "\n").replace("\r", "\n")
        return bool(_DEEP.search(text) or (source.ending in _ENDINGS and _FLAT.search(text)))

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        directives = Directives(book, Marks(how.currency))
        reading = Reading(book, directives)
        text = text_of(source)
        told_if_cut(text, book)
        reading.read(text)
        if not reading.entries and not book.lost:
            raise Refused(_("No transactions stand in this journal. Take the files that it includes."))
        entries = [entry for raw in reading.entries if (entry := _settled(raw, directives.marks, book)) is not None]
        for symbol, code in directives.marks.symbols.items():
            words = _("“%(symbol)s” was taken for %(currency)s.") % {"symbol": symbol, "currency": code}
            book.remarks.append(Remark(words))
        return book_of(entries, directives.chart, book, how, self.key)


def _settled(raw: RawEntry, marks: Marks, book: Book) -> Entry | None:
    """The entry with its amounts read; none where one cannot be, which is told."""
    entry = raw.entry
    try:
        for each in raw.postings:
            if each.asserts and each.amount is not None:
                book.count(_("Balance assertions were not carried over: %(count)s."), each.line)
            if each.kind:
                book.count(_("Virtual postings, such as envelopes, were not carried over: %(count)s."), each.line)
            else:
                entry.postings.append(settled_posting(each, marks))
    except ValueError as problem:
        first = raw.postings[0].account if raw.postings else ""
        book.unread(entry.line, entry.original, str(problem), account=first)
        return None
    if not entry.postings:
        book.unread(entry.line, entry.original, _("This entry moves no money: it has no posting."))
        return None
    return entry


FORMAT = LedgerCli()
