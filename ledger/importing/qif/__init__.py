"""QIF, the oldest way of handing on transactions: a letter at the beginning of each line, and all else left open."""

from __future__ import annotations

import re

from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.qif.book import found_in
from ledger.importing.source import Source

_HEADER = re.compile(r"^\s*!\s*(?:type\s*:|account\b|option\s*:|clear\s*:)", re.IGNORECASE | re.MULTILINE)
_ENTRY = re.compile(r"^D.*\d.*\n+(?:[A-Z$%].*\n+){0,40}?\^", re.MULTILINE)
_LOOK = 4096


class Qif:
    """See ledger.importing.formats.Format."""

    key = "qif"
    title = "QIF"

    def knows(self, source: Source) -> bool:
        """A header near the beginning; without one an entry from its day to its end, and the name of the file."""
        head = source.head_text[:_LOOK].replace("\0", "").replace("\r", "\n")
        if _HEADER.search(head):
            return True
        return source.ending == ".qif" and _ENTRY.search(head) is not None

    def read(self, source: Source, how: How) -> Found:
        return found_in(source, how)


FORMAT = Qif()
