"""Entries that nobody wrote: what a pad puts into an account so that the balance told later is right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book
from ledger.importing.apps.entries import Entry, Posting
from ledger.importing.apps.journals import completed


@dataclass(frozen=True, slots=True)
class Pad:
    date: dt.date
    account: str
    source: str
    line: int
    original: str


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account is said to hold at the beginning of a day."""

    date: dt.date
    account: str
    amount: int
    currency: str
    line: int


Moves = dict[str, list[tuple[dt.date, str, int]]]


def padded(entries: list[Entry], pads: list[Pad], balances: list[Balance], book: Book) -> list[Entry]:
    """The entries and those that the pads stand for, which come first."""
    if not pads:
        return entries
    moves = _moves(entries)
    made: list[Entry] = []
    for pad in sorted(pads, key=lambda each: (each.date, each.line)):
        for balance in _settled_by(pad, pads, balances):
            gap = balance.amount - _held(moves, balance)
            if gap:
                made.append(_entry(pad, gap, balance.currency))
                moves.setdefault(pad.account, []).append((pad.date, balance.currency, gap))
                moves.setdefault(pad.source, []).append((pad.date, balance.currency, -gap))
    unused = [pad for pad in pads if not _settled_by(pad, pads, balances)]
    for pad in unused:
        book.count(_("Pads without a balance after them were left out: %(count)s."), pad.line)
    return made + entries


def _settled_by(pad: Pad, pads: list[Pad], balances: list[Balance]) -> list[Balance]:
    """The next balance of its account in each currency, as long as no other pad comes between."""
    later = sorted(
        (each for each in balances if each.account == pad.account and each.date > pad.date),
        key=lambda each: (each.date, each.line),
    )
    first: dict[str, Balance] = {}
    for balance in later:
        if not _another_between(pads, pad, balance):
            first.setdefault(balance.currency, balance)
    return list(first.values())


def _moves(entries: list[Entry]) -> Moves:
    """When each account was moved by how much; entries that do not add up are told elsewhere."""
    moves: Moves = {}
    for entry in entries:
        try:
            postings = completed(entry.postings)
        except ValueError:
            continue
        for each in postings:
            moves.setdefault(each.account, []).append((entry.date, each.currency, each.amount))
    return moves


def _another_between(pads: list[Pad], pad: Pad, balance: Balance) -> bool:
    return any(each.account == pad.account and pad.date < each.date < balance.date for each in pads)


def _held(moves: Moves, balance: Balance) -> int:
    below = balance.account + ":"
    return sum(
        amount
        for account, told in moves.items()
        if account == balance.account or account.startswith(below)
        for day, currency, amount in told
        if day < balance.date and currency == balance.currency
    )


def _entry(pad: Pad, gap: int, currency: str) -> Entry:
    postings = [Posting(pad.account, pad.line, gap, currency), Posting(pad.source, pad.line, -gap, currency)]
    return Entry(pad.line, pad.original, pad.date, postings, description=_("Balance adjusted"))
