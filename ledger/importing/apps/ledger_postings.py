"""One posting of ledger and hledger as it stands there, and as it is once the marks of the whole file are known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount
from ledger.importing.apps.entries import Posting
from ledger.importing.apps.ledger_amounts import Marks, Raw, raw_amount
from ledger.importing.apps.plain_amounts import worth_of

_LOT = re.compile(r"\{(\{?)=?[ \t]*([^}]*)\}\}?")
_LOT_DATE = re.compile(r"\[[^\]]*\]|\([^)@]*\)")
_AT = re.compile(r"\(?(@@?)\)?")


@dataclass(slots=True)
class RawPosting:
    """The parts of a posting; `kind` is “(” or “[” for what stands beside the books."""

    account: str
    line: int
    kind: str = ""
    amount: Raw | None = None
    price: Raw | None = None
    is_total: bool = False
    is_lot: bool = False
    asserts: bool = False
    said: str = ""
    comment: str = ""


def raw_posting(line: str, number: int) -> RawPosting:
    """The posting of a stripped line without its comment."""
    if line[0] in "*!":
        line = line[1:].lstrip()
    cut = _first_gap(line)
    account, rest = line[:cut].rstrip(), line[cut:].strip()
    if not account:
        raise NotAnAmount(_("“%(text)s” is not understood.") % {"text": line[:60]})
    posting = RawPosting(account, number, said=rest)
    if account[0] + account[-1] in ("()", "[]"):
        posting.kind, posting.account = account[0], account[1:-1]
    if rest:
        _amounts(posting, rest)
    return posting


def _first_gap(line: str) -> int:
    """Where the account ends: at two spaces, or a tab."""
    spaces, tab = line.find("  "), line.find("\t")
    if spaces < 0 or tab < 0:
        return max(spaces, tab) if max(spaces, tab) >= 0 else len(line)
    return min(spaces, tab)


def _amounts(posting: RawPosting, text: str) -> None:
    rest = text
    if rest[0] != "=":
        found = raw_amount(rest)
        if found is None:
            raise NotAnAmount(_("“%(text)s” is not an amount that can be read here.") % {"text": text[:60]})
        posting.amount, rest = found
    rest = _without_lot(posting, rest)
    if match := _AT.match(rest):
        priced = raw_amount(rest[match.end() :].strip())
        if priced is None:
            raise NotAnAmount(_("“%(text)s” is no price.") % {"text": rest[:60]})
        posting.price, posting.is_total, rest = priced[0], match[1] == "@@", priced[1]
    if rest.startswith("="):
        posting.asserts, rest = True, ""
    if rest:
        raise NotAnAmount(_("“%(text)s” is not an amount that can be read here.") % {"text": text[:60]})


def _without_lot(posting: RawPosting, rest: str) -> str:
    """The rest without what tells a lot: its cost in braces, its date and note in brackets."""
    if match := _LOT.match(rest):
        posting.is_lot = True
        if told := raw_amount(match[2]):
            posting.price, posting.is_total = told[0], bool(match[1])
        rest = rest[match.end() :].strip()
    while match := _LOT_DATE.match(rest):
        posting.is_lot = True
        rest = rest[match.end() :].strip()
    return rest


def settled_posting(raw: RawPosting, marks: Marks) -> Posting:
    """The posting with its money; raises NotAnAmount where a number cannot be read."""
    posting = Posting(raw.account, raw.line, memo=raw.comment)
    if raw.amount is None:
        if raw.asserts:
            raise NotAnAmount(_("This sets a balance instead of an amount. Write the amount instead."))
        posting.is_missing = True
        return posting
    currency, amount, number = marks.read(raw.amount)
    if raw.is_lot or not currency:
        posting.said = raw.said
    else:
        posting.currency, posting.amount = currency, amount
    if raw.price is not None:
        priced_in, price = marks.read_price(raw.price)
        if priced_in:
            posting.worth = worth_of(number, price, priced_in, is_total=raw.is_total)
            posting.worth_currency = priced_in
    return posting
