"""OFX and QFX, in SGML and in XML: what most banks offer for money programs, read as leniently as they write it."""

from __future__ import annotations

import re

from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.ofx.statements import found_in
from ledger.importing.source import Source

_MARKS = re.compile(
    r"OFXHEADER\s*[:=]|<\?OFX\b|<\s{0,3}(?:\w+:)?(?:OF[XC]|STMTTRN|BANKTRANLIST|CCSTMTRS)\b", re.IGNORECASE
)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)


class Ofx:
    """See ledger.importing.formats.Format."""

    key = "ofx"
    title = "OFX"

    def knows(self, source: Source) -> bool:
        head = source.head_text.replace("\0", "")
        mark = _MARKS.search(head)
        if mark is None:
            return False
        page = _PAGE.search(head)
        return page is None or page.start() > mark.start()

    def read(self, source: Source, how: How) -> Found:
        return found_in(source, how)


FORMAT = Ofx()
