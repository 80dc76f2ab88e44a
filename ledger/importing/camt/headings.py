"""Whose statement it is, and what the account held before and after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, known_currency, minor_units
from ledger.importing.camt.elements import MOST_AT_ONCE, at, element_of, salvaged, text_of
from ledger.importing.camt.pieces import Document, StatementPiece
from ledger.importing.found import FoundStatement, Remark
from ledger.importing.how import How

_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD",)
_INTERIM = ("ITBD",)
_KINDS = {"CACC": "checking", "TRAN": "checking", "SVGS": "savings", "LOAN": "loan", "CARD": "credit_card"}


@dataclass(slots=True)
class Heading:
    """What its entries must know of it. The page number is 0 where the statement has no pages."""

    statement: FoundStatement
    owner: str = ""
    currency_is_told: bool = False
    number: str = ""
    page: int = 0
    is_last_page: bool = True
    entries_told: int | None = None


@dataclass(frozen=True, slots=True)
class _Balance:
    code: str
    amount: int
    on: dt.date | None
    currency: str


def heading_of(document: Document, piece: StatementPiece, how: How) -> Heading:
    """Where it is damaged, as much as is whole, with a remark."""
    children, remarks = _children(document, piece)
    account = next((each for each in children if each.tag == "Acct"), None)
    balances = [each for child in children if child.tag == "Bal" and (each := _balance(child, piece.line, remarks))]
    told = known_currency(text_of(account, "Ccy")) or next((each.currency for each in balances), "")
    statement = FoundStatement(
        currency=told or how.currency,
        account=_number(account),
        name=text_of(account, "Nm"),
        kind=_KINDS.get(text_of(account, "Tp", "Cd"), ""),
        remarks=remarks,
    )
    _tell_unknown_currency(statement, text_of(account, "Ccy"), piece.line)
    _set_balances(statement, [each for each in balances if each.currency == statement.currency])
    heading = Heading(statement, owner=text_of(account, "Ownr", "Nm"), currency_is_told=bool(told))
    _set_pages(heading, children)
    return heading


def _children(document: Document, piece: StatementPiece) -> tuple[list[Element], list[Remark]]:
    part = document.heading(piece)
    is_sound = piece.is_whole and len(part) <= MOST_AT_ONCE
    element, __ = element_of(part) if is_sound else (None, True)
    if element is not None:
        return list(element), []
    found = salvaged(part[:MOST_AT_ONCE])
    if not piece.is_whole:
        return found, []
    words = _("The heading of this statement is damaged: look whether account and balances are right.")
    return found, [Remark(words, piece.line)]


def _number(account: Element | None) -> str:
    """An IBAN or the bank's own number; it may be masked."""
    places = (("IBAN",), ("Othr", "Id"), ("BBAN",), ("UPIC",), ("PrtryAcct", "Id"))
    found = next((text for place in places if (text := text_of(account, "Id", *place))), "")
    return found.replace(" ", "")


def _tell_unknown_currency(statement: FoundStatement, code: str, line: int) -> None:
    if code and not known_currency(code):
        words = _("“%(code)s” is no currency in use; %(currency)s was taken.")
        statement.remarks.append(Remark(words % {"code": code[:10], "currency": statement.currency}, line))


def _balance(element: Element, line: int, remarks: list[Remark]) -> _Balance | None:
    code = text_of(element, "Tp", "CdOrPrtry", "Cd") or text_of(element, "Tp", "Cd")
    amount = element.find("Amt")
    currency = known_currency(amount.get("Ccy", "")) if amount is not None else ""
    sign = {"CRDT": 1, "DBIT": -1}.get(text_of(element, "CdtDbtInd"))
    if code not in (*_OPENING, *_CLOSING, *_INTERIM) or not currency:
        return None
    try:
        value = minor_units(text_of(amount), currency)
    except NotAnAmount as wrong:
        remarks.append(Remark(_("A balance was left out: %(reason)s") % {"reason": wrong}, line))
        return None
    if sign is None:
        remarks.append(Remark(_("A balance was left out: it does not say whether it is credit or debit."), line))
        return None
    return _Balance(code, sign * value, day(text_of(element, "Dt", "Dt") or text_of(element, "Dt", "DtTm")), currency)


@lru_cache(maxsize=4096)
def day(text: str) -> dt.date | None:
    """As the bank wrote it: a time and its zone never move it to another day."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _set_balances(statement: FoundStatement, balances: list[_Balance]) -> None:
    """An interim balance opens where nothing else does and another one follows, and closes where nothing else does."""
    interim = [each for each in balances if each.code in _INTERIM]
    opening = next((each for code in _OPENING for each in balances if each.code == code), None)
    closing = next((each for each in reversed(balances) if each.code in _CLOSING), None)
    if opening is None and interim and (len(interim) > 1 or closing is not None):
        opening = interim.pop(0)
    if closing is None and interim:
        closing = interim[-1]
    if opening is not None:
        statement.opening_balance, statement.opening_on = opening.amount, opening.on
    if closing is not None:
        statement.closing_balance, statement.closing_on = closing.amount, closing.on


def _set_pages(heading: Heading, children: list[Element]) -> None:
    for child in children:
        if child.tag in {"StmtPgntn", "RptPgntn", "NtfctnPgntn"}:
            page = text_of(child, "PgNb")
            heading.page = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0
            heading.is_last_page = text_of(child, "LastPgInd") in {"true", "1"}
        elif child.tag == "Id":
            heading.number = text_of(child)
        elif child.tag == "TxsSummry":
            told = text_of(at(child, "TtlNtries"), "NbOfNtries")
            heading.entries_told = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else None


def is_next_page(before: Heading, after: Heading) -> bool:
    """Whether it goes on with the same statement."""
    same = before.statement.account == after.statement.account and before.statement.currency == after.statement.currency
    return same and bool(before.page) and not before.is_last_page and after.page == before.page + 1
