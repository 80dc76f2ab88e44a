"""How alike the words of two movements are, whoever wrote them down."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from ledger.calc.words import plain_words


class Alike(IntEnum):
    """How much two wordings have in common; BLANK where one of them says nothing that tells."""

    NOT = 0
    BLANK = 1
    SOMEWHAT = 2
    MUCH = 3
    SAME = 4


# What banks write around a name, as plain words: it tells nothing about whom the money went to.
_AROUND = """
card cards visa mastercard maestro girocard payment payments purchase purchases pos debit credit direct sepa online
kartenzahlung lastschrift basislastschrift gutschrift uberweisung ueberweisung kauf einkauf zahlung sagt danke
paiement achat carte virement prelevement facture pago compra tarjeta recibo pagamento acquisto addebito carta
betaling betaald pas platba zakup karta betalning kortkob kortkop kop transaction tran trx ref reference nr num
gmbh mbh ag kg ug ohg ltd llc inc corp co plc sa sas sarl srl spa bv nv oy ab as aps kft zrt sro doo pty
the and und et les des der die das del los las www com net org http https pending reserved vorgemerkt eur usd gbp chf
"""
AROUND: Final = frozenset(_AROUND.split())
_PREFIX: Final = 4
_LONGEST: Final = 40


class Words(NamedTuple):
    """What a movement says: all its words, those that tell something, and the first of these."""

    every: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    first: str = ""


def wording(*texts: str) -> Words:
    words = plain_words(" ".join(texts)).split()[:_LONGEST]
    telling = [word for word in words if _tells(word)]
    return Words(frozenset(words), frozenset(telling), telling[0] if telling else "")


@lru_cache(maxsize=40_000)
def _tells(word: str) -> bool:
    if word in AROUND or (word.isascii() and len(word) < 2):
        return False
    return sum(char.isdigit() for char in word) * 2 <= len(word)


def alike(one: Words, other: Words) -> Alike:
    """Symmetric; numbers count only where all words are the same."""
    if not one.telling or not other.telling:
        return Alike.SAME if one.every and one.every == other.every else Alike.BLANK
    small, large = sorted((one, other), key=lambda words: len(words.every))
    if small.every <= large.every:
        return Alike.SAME
    share = _share(one.telling, other.telling)
    if share >= 75 or (_begin_alike(one.first, other.first) and share >= 40):
        return Alike.MUCH
    return Alike.SOMEWHAT if share >= 25 else _run_together(one.telling, other.telling)


def most_alike(words: Words, others: Iterable[Words]) -> Alike:
    """Among several ways in which the other was worded; nothing said is nothing that tells."""
    return max((alike(words, other) for other in others), default=Alike.BLANK)


def _share(one: frozenset[str], other: frozenset[str]) -> int:
    """How much of the shorter wording stands in the longer one, in percent of its letters."""
    small, large = sorted((one, other), key=lambda words: sum(map(len, words)))
    whole = sum(map(len, small))
    return 100 * sum(len(word) for word in small if _stands_in(word, large)) // whole


def _stands_in(word: str, others: frozenset[str]) -> bool:
    return word in others or any(_begin_alike(word, other) for other in others)


def _begin_alike(word: str, other: str) -> bool:
    """One is the other cut short."""
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= _PREFIX and long.startswith(short))


def _run_together(one: frozenset[str], other: frozenset[str]) -> Alike:
    """“blue bottle” and “bluebottle”: the words of one stand in one word of the other."""
    for small, large in ((one, other), (other, one)):
        long = [word for word in large if len(word) >= 2 * _PREFIX]
        parts = [word for word in small if len(word) >= _PREFIX - 1]
        if any(sum(len(part) for part in parts if part in word) >= 2 * _PREFIX - 2 for word in long):
            return Alike.SOMEWHAT
    return Alike.NOT
