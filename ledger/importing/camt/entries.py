"""One entry of CAMT made into rows: one, or one for each transaction of a batch that adds up to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, minor_units
from ledger.importing.camt.details import Told, original_of, reference_in, told
from ledger.importing.camt.elements import at, parts_of, text_of, word
from ledger.importing.camt.headings import Heading, day
from ledger.importing.camt.pieces import Document, Piece
from ledger.importing.found import FoundRow, FoundStatement, Remark

# A purchase is booked within weeks: a date further away is of something else.
MOST_DAYS_APART = 60

_TRANSACTION = re.compile(rb"<(/?)(?:[\w.-]+:)?TxDtls(?=[\s/>])[^<>]*>")
_SIGNS = {"CRDT": 1, "DBIT": -1}
_PENDING = frozenset({"PDNG", "FUTR"})


class NotRead(Exception):
    """Its text says what is wrong with an entry."""


@dataclass(slots=True)
class EntryRows:
    """What came of it. `is_reversal`: it takes another entry back."""

    rows: list[FoundRow]
    counter_accounts: list[str]
    is_reversal: bool
    remarks: list[Remark]


@dataclass(slots=True)
class _Facts:
    """What holds for all of an entry."""

    amount: int
    booked: dt.date | None
    valued: dt.date | None
    is_pending: bool
    is_reversal: bool
    bank_id: str


def rows_of(entry: Element, piece: Piece, document: Document, heading: Heading) -> EntryRows:
    """Raises NotRead where its amount, its direction or its day cannot be known for sure."""
    facts = _facts(entry, heading.statement)
    transactions = [tx for details in entry if details.tag == "NtryDtls" for tx in details if tx.tag == "TxDtls"]
    remarks: list[Remark] = []
    if len(transactions) > 1:
        amounts = _amounts(transactions, facts.amount, heading.statement.currency)
        if amounts is not None:
            rows = _split(entry, piece, document, heading, facts, transactions, amounts)
            return EntryRows([row for row, __ in rows], [each for __, each in rows], facts.is_reversal, remarks)
        words = _("%(count)s transactions were booked as one, and their amounts do not add up to it: it stays one row.")
        remarks.append(Remark(words % {"count": len(transactions)}, piece.line))
    row, counter = _row(entry, transactions[0] if len(transactions) == 1 else None, heading, facts, facts.amount)
    row.line, row.original = piece.line, document.text(piece)
    return EntryRows([row], [counter], facts.is_reversal, remarks)


def _facts(entry: Element, statement: FoundStatement) -> _Facts:
    """The direction is said by the entry itself, also when it takes another one back: nothing is turned for that."""
    inside = parts_of(entry)
    told = inside.get("Sts")
    status = word(told) or text_of(told, "Cd") or text_of(told, "Prtry")
    if status == "INFO":
        raise NotRead(_("The bank only tells of this entry and did not book it."))
    return _Facts(
        amount=_amount(inside, statement.currency),
        booked=_day(inside.get("BookgDt")),
        valued=_day(inside.get("ValDt")),
        is_pending=status in _PENDING,
        is_reversal=word(inside.get("RvslInd")) in {"true", "1"},
        bank_id=reference_in(text_of(inside.get("AcctSvcrRef"))),
    )


def _amount(inside: dict[str, Element], currency: str) -> int:
    amount = inside.get("Amt")
    sign = _SIGNS.get(word(inside.get("CdtDbtInd")))
    if amount is None:
        raise NotRead(_("There is no amount."))
    if sign is None:
        raise NotRead(_("It does not say whether it is credit or debit."))
    code = amount.get("Ccy", "")
    if code and code != currency:
        words = _("The amount is in “%(code)s”, but the account is in %(currency)s.")
        raise NotRead(words % {"code": code[:10], "currency": currency})
    return sign * _unsigned(amount, currency)


def _unsigned(amount: Element, currency: str) -> int:
    text = word(amount)
    try:
        value = minor_units(text, currency)
    except NotAnAmount as wrong:
        raise NotRead(str(wrong)) from wrong
    if "," in text:
        raise NotRead(_("“%(text)s” has a comma, which CAMT does not know.") % {"text": text[:40]})
    if value < 0:
        raise NotRead(_("“%(text)s” has a sign besides credit or debit: it may be either.") % {"text": text[:40]})
    return value


def _day(found: Element | None) -> dt.date | None:
    if found is None:
        return None
    text = text_of(found, "Dt") or text_of(found, "DtTm") or text_of(found)
    if not text:
        return None
    on = day(text)
    if on is None:
        raise NotRead(_("“%(text)s” is not a date.") % {"text": text[:40]})
    return on


def _amounts(transactions: list[Element], total: int, currency: str) -> list[int] | None:
    """Of each, signed; None where one does not tell it, or where together they are not what was booked."""
    found = []
    for tx in transactions:
        amount = tx.find("Amt")
        if amount is None:
            amount = at(tx, "AmtDtls", "TxAmt", "Amt")
        if amount is None or amount.get("Ccy", currency) != currency:
            return None
        sign = _SIGNS.get(text_of(tx, "CdtDbtInd"), 1 if total >= 0 else -1)
        try:
            found.append(sign * _unsigned(amount, currency))
        except NotRead:
            return None
    return found if sum(found) == total else None


def _split(
    entry: Element,
    piece: Piece,
    document: Document,
    heading: Heading,
    facts: _Facts,
    transactions: list[Element],
    amounts: list[int],
) -> list[tuple[FoundRow, str]]:
    """Each with its own place in the file; what the bank knows all of them by is made different for each."""
    places = _places(document, piece, len(transactions))
    found = []
    for index, (tx, amount) in enumerate(zip(transactions, amounts, strict=True)):
        row, counter = _row(entry, tx, heading, facts, amount, batch_place=index + 1)
        row.line, row.original = places[index].line, document.text(places[index])
        found.append((row, counter))
    return found


def _places(document: Document, piece: Piece, count: int) -> list[Piece]:
    part = document.content[piece.start : piece.end]
    tags = [(found[1] == b"", found.start(), found.end()) for found in _TRANSACTION.finditer(part)]
    starts = [start for opens, start, __ in tags if opens]
    ends = [end for opens, __, end in tags if not opens]
    if len(starts) != count or len(ends) != count:
        return [piece] * count
    line_end = b"\n" if b"\n" in document.content else b"\r"
    found, counted, line = [], 0, piece.line
    for start, end in zip(starts, ends, strict=True):
        line += part.count(line_end, counted, start)
        counted = start
        found.append(Piece(piece.start + start, piece.start + end, line))
    return found


def _row(
    entry: Element, tx: Element | None, heading: Heading, facts: _Facts, amount: int, batch_place: int = 0
) -> tuple[FoundRow, str]:
    statement = heading.statement
    is_back = facts.is_reversal or at(tx, "RtrInf") is not None
    words = told(tx, entry, is_credit=amount > 0, is_back=is_back, own=statement.account, owner=heading.owner)
    on, posted_on = _days(facts, words)
    abroad, currency = original_of(tx, entry, statement.currency)
    row = FoundRow(
        line=0,
        original="",
        date=on,
        amount=amount,
        currency=statement.currency,
        payee=words.payee,
        description=words.description,
        reference=words.reference,
        bank_id=_bank_id(facts, words, batch_place),
        posted_on=posted_on,
        is_pending=facts.is_pending,
        original_amount=None if abroad is None else (-abroad if amount < 0 else abroad),
        original_currency=currency,
        notes=words.notes,
    )
    return row, words.counter_account


def _bank_id(facts: _Facts, words: Told, batch_place: int) -> str:
    if not batch_place:
        return facts.bank_id or words.bank_id
    if words.bank_id and words.bank_id != facts.bank_id:
        return words.bank_id
    return f"{facts.bank_id}/{batch_place}" if facts.bank_id else ""


def _days(facts: _Facts, words: Told) -> tuple[dt.date, dt.date | None]:
    """When it was done, if it says so and that was shortly before; else when it was booked. And the other day."""
    booked = facts.booked or facts.valued or (words.done_on if facts.is_pending else None)
    if booked is None:
        raise NotRead(_("It does not say when it was booked."))
    done = words.done_on
    if done is not None and dt.timedelta(0) < booked - done <= dt.timedelta(days=MOST_DAYS_APART):
        return done, booked
    return booked, facts.valued if facts.valued != booked else None
