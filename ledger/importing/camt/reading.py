"""The reader of CAMT: statement by statement, entry by entry, in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.balances import turn_reversals
from ledger.importing.camt.elements import BATCH, MOST_AT_ONCE, elements
from ledger.importing.camt.entries import NotRead, rows_of
from ledger.importing.camt.headings import Heading, heading_of, is_next_page
from ledger.importing.camt.pieces import MESSAGE, Document, Piece, StatementPiece, as_utf8, cut
from ledger.importing.found import Found, FoundRow, FoundStatement, Refused, Remark, Unread
from ledger.importing.how import How
from ledger.importing.source import Source

_SHOWN = 2000
# Blanks, and the mark of UTF-8, which some programs write twice.
_BEFORE = b" \t\r\n\xef\xbb\xbf"


class Camt:
    """ISO 20022, as banks of most countries send it."""

    key = "camt"
    title = "CAMT"

    def knows(self, source: Source) -> bool:
        head = as_utf8(source.head)
        return head.lstrip(_BEFORE).startswith(b"<") and MESSAGE.search(head) is not None

    def read(self, source: Source, how: How) -> Found:
        document = cut(source.content)
        if not document.statements:
            raise Refused(_("There is no statement in this CAMT file, or it ends before it. Download it anew."))
        readings: list[_Reading] = []
        for piece in document.statements:
            reading = _read(document, piece, how)
            if readings and is_next_page(readings[-1].heading, reading.heading):
                readings[-1].take(reading)
            else:
                readings.append(reading)
        for reading in readings:
            _tell_other_pages(reading.heading)
            turn_reversals(reading.statement, reading.reversals)
        _mark_transfers(readings)
        return Found(format=self.key, statements=[reading.statement for reading in readings])


FORMAT = Camt()


@dataclass(slots=True)
class _Reading:
    """One statement, with what is needed until all are read."""

    heading: Heading
    reversals: list[FoundRow] = field(default_factory=list)
    # Rows by the number of the account that the money came from or went to.
    by_counter: list[tuple[str, FoundRow]] = field(default_factory=list)

    @property
    def statement(self) -> FoundStatement:
        return self.heading.statement

    def take(self, page: _Reading) -> None:
        """The next page of the same statement: it begins where this one ends."""
        mine, its = self.statement, page.statement
        mine.closing_balance, mine.closing_on = its.closing_balance, its.closing_on
        mine.rows += its.rows
        mine.unread += its.unread
        mine.remarks += its.remarks
        self.reversals += page.reversals
        self.by_counter += page.by_counter
        self.heading.page, self.heading.is_last_page = page.heading.page, page.heading.is_last_page


def _read(document: Document, piece: StatementPiece, how: How) -> _Reading:
    reading = _Reading(heading_of(document, piece, how))
    _choose_currency(reading.heading, document, piece)
    for start in range(0, len(piece.entries), BATCH):
        batch = piece.entries[start : start + BATCH]
        if any(place.end - place.start > MOST_AT_ONCE for place in batch):
            batch = _without_huge(reading.statement, document, batch)
        for place, (element, was_mended) in zip(batch, elements(document, batch), strict=True):
            if was_mended and element is not None:
                words = _("This entry had letters in it that XML does not allow, and was mended.")
                reading.statement.remarks.append(Remark(words, place.line))
            _read_entry(reading, document, place, element)
        how.step(piece.entries[start].end, len(document.content))
    _tell_strays(reading.statement, document, piece)
    _tell_missing(reading, document, piece)
    return reading


def _without_huge(statement: FoundStatement, document: Document, batch: list[Piece]) -> list[Piece]:
    for place in batch:
        if place.end - place.start > MOST_AT_ONCE:
            problem = _("This entry is too large to be read at once. Ask the bank for a file with single entries.")
            beginning = Piece(place.start, place.start + _SHOWN, place.line)
            statement.unread.append(Unread(place.line, document.text(beginning), problem))
    return [place for place in batch if place.end - place.start <= MOST_AT_ONCE]


def _choose_currency(heading: Heading, document: Document, piece: StatementPiece) -> None:
    """Where neither account nor balances tell it, the first entry does."""
    first = [place for place in piece.entries[:1] if place.end - place.start <= MOST_AT_ONCE]
    if heading.currency_is_told:
        return
    for element, __ in elements(document, first):
        amount = element.find("Amt") if element is not None else None
        code = known_currency(amount.get("Ccy", "")) if amount is not None else ""
        heading.statement.currency = code or heading.statement.currency


def _read_entry(reading: _Reading, document: Document, place: Piece, element: Element | None) -> None:
    statement = reading.statement
    try:
        if element is None:
            raise NotRead(_("This entry is damaged and no XML."))
        found = rows_of(element, place, document, reading.heading)
    except NotRead as no:
        statement.unread.append(Unread(place.line, document.text(place), str(no)))
        return
    statement.rows += found.rows
    statement.remarks += found.remarks
    if found.is_reversal:
        reading.reversals += [row for row in found.rows if not row.is_pending]
    reading.by_counter += [pair for pair in zip(found.counter_accounts, found.rows, strict=True) if pair[0]]


def _tell_strays(statement: FoundStatement, document: Document, piece: StatementPiece) -> None:
    for place in piece.strays:
        problem = _("This entry does not end or does not begin: the file is damaged or was cut off here.")
        statement.unread.append(Unread(place.line, document.text(place), problem))
    statement.unread.sort(key=lambda row: row.line)


def _tell_missing(reading: _Reading, document: Document, piece: StatementPiece) -> None:
    """What the statement says to hold and does not."""
    statement = reading.statement
    if not piece.is_whole or (piece is document.statements[-1] and not document.is_whole):
        words = _("The file ends before this statement does. What is whole was read; download it anew for the rest.")
        statement.remarks.append(Remark(words, document.last_line))
    read, announced = len(piece.entries) + len(piece.strays), reading.heading.entries_told
    if announced is not None and read < announced and not reading.heading.page:
        words = _("The statement says to have %(told)s entries, but there are %(count)s.")
        statement.remarks.append(Remark(words % {"told": announced, "count": read}, piece.line))


def _tell_other_pages(heading: Heading) -> None:
    if heading.page and not heading.is_last_page:
        words = _("The statement goes on on another page that is not in this file. Hand in that file as well.")
        heading.statement.remarks.append(Remark(words))


def _mark_transfers(readings: list[_Reading]) -> None:
    """Between two accounts of the same file."""
    own = {reading.statement.account for reading in readings} - {""}
    for reading in readings:
        for number, row in reading.by_counter:
            if number in own and number != reading.statement.account:
                row.transfer = number
