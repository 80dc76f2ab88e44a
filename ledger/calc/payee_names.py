"""A name that people would use for whom money went to, out of what a bank wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

LONGEST: Final = 120
_HOW_IT_WAS_PAID = """
pos ecom eftpos contactless nfc visa mastercard maestro girocard vpay purchase kartenzahlung lastschrift kauf
basislastschrift sepa-lastschrift sepa-basislastschrift sepa-überweisung gutschrift überweisung ueberweisung
dauerauftrag paiement achat prlv virement betaalautomaat incasso kortköp kortkjøp varekøp kortkøb zakup płatność
"""
_HALF_OF_IT = "card debit credit direct online mobile web recurring bank sepa carte carta tarjeta cb"
_OTHER_HALF = (
    "card debit credit purchase payment sale transaction withdrawal transfer lastschrift überweisung gutschrift"
)
_PAID_OVER = "payment transfer withdrawal compra pago pagamento acquisto paiement achat virement zakup"
_TO_SOMEBODY = "to from at con par de vers a tarjeta carta carte cb karta kartą"
_IN_BETWEEN = "paypal pp sq sumup zettle izettle iz tst sp stripe klarna"
_BEFORE_NUMBERS = """
ref reference auth authorisation terminal term tid trx txn id nr no card karte carte folgenr eref kref mref
"""
# How it was paid, never whom: words that stand before the name.
_HOW: Final = frozenset(_HOW_IT_WAS_PAID.split())
# The same only where the next word goes on with it: “debit card purchase”, but not “Credit Union”.
_HALF: Final = frozenset(_HALF_OF_IT.split())
_GOES_ON: Final = frozenset(_OTHER_HALF.split())
_OVER: Final = frozenset(_PAID_OVER.split())
_LEADS: Final = frozenset(_TO_SOMEBODY.split())
# Those who pass money on: whom it went to stands behind their star.
_PASSING_ON: Final = frozenset(_IN_BETWEEN.split())
# Words that only say that a number follows.
_LABELS: Final = frozenset(_BEFORE_NUMBERS.split())
_NUMBERS: Final = re.compile(
    r"""
      [x*•.]*\d{4,}[x*\d/-]*                      # a long number, or a card's
    | [x*•.]{2,}\d+
    | \d{1,4}[./-]\d{1,2}[./-](?:\d{2,4})?(?:[t,]\S*)?    # a day
    | \d{2}[./]\d{2}
    | \d{1,2}:\d{2}(?::\d{2})?                    # a time
    | [#*]\S*\d\S*
    | (?=(?:\D*\d){3})[\w-]{6,}                   # letters and digits mixed
    | [a-z]{2}\d{2}[a-z0-9]{4,30}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAP: Final = re.compile(r"\s{2,}|//|[\t|]")
_EDGES: Final = " \t-–—:;,.*/\\#'\"+_|"
_DIGIT: Final = re.compile(r"\d")
_ONE_DIGIT: Final = str.maketrans("123456789", "000000000")


def readable_name(text: str) -> str:
    """The name in what a bank wrote, empty where there is none: “VISA 4711 BLUE BOTTLE//BERLIN” is “Blue Bottle”."""
    if not text.isascii():
        return _name_in(text)
    # Which digits they are matters only where they stay: most of what banks write differs in nothing else.
    name = _name_in(text.translate(_ONE_DIGIT))
    return _name_in.__wrapped__(text) if "0" in name else name


@lru_cache(maxsize=20_000)
def _name_in(text: str) -> str:
    for part in _GAP.split(text):
        name = " ".join(_named(part.split())).strip(_EDGES)
        if _says_something(name):
            return _spelled(name)[:LONGEST].strip(_EDGES)
    return ""


def tidy_name(text: str) -> str:
    """A payee as the file has it, without the noise that some banks put around it; as it is where that is all of it."""
    words = text.split()
    if not words:
        return ""
    shorter = " ".join(_named(words)).strip(_EDGES)
    plain = " ".join(words)
    if shorter == plain.strip(_EDGES):
        return plain[:LONGEST].strip()
    return (shorter if _says_something(shorter) else plain)[:LONGEST].strip()


def _named(words: Sequence[str]) -> list[str]:
    """The words without numbers that are no part of a name, and without how it was paid."""
    kept: list[str] = []
    for word in words:
        if word.isalpha() or not _is_number(word):
            kept.append(word)
        elif kept and _plain(kept[-1]) in _LABELS:
            kept.pop()
    kept = kept[_said_how(kept) :]
    return _behind_star(kept) if any("*" in word for word in kept) else kept


def _is_number(word: str) -> bool:
    return bool(_DIGIT.search(word)) and _NUMBERS.fullmatch(word.strip(",;:()")) is not None


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return word.strip(_EDGES).casefold()


def _said_how(words: Sequence[str]) -> int:
    """How many words in front say how it was paid."""
    place = 0
    while place < len(words):
        word = _plain(words[place])
        following = _plain(words[place + 1]) if place + 1 < len(words) else ""
        if word in _HOW or (word in _HALF and following in _GOES_ON) or not word:
            place += 1
        elif word in _OVER and following in _LEADS:
            place += 2
        elif word in _GOES_ON and place and _plain(words[place - 1]) in _HOW | _HALF:
            place += 1
        else:
            break
    return place


def _behind_star(words: Sequence[str]) -> list[str]:
    """“PAYPAL *SPOTIFY” is Spotify; behind other stars stand numbers."""
    before, _star, behind = " ".join(words).partition("*")
    if _plain(before) in _PASSING_ON and _says_something(behind):
        return behind.split()
    kept = before if _says_something(before) else behind
    return kept.split()


def _says_something(text: str) -> bool:
    """Two letters, or one sign of a script that writes words with one."""
    letters = 0
    for char in text:
        if char.isalpha():
            letters += 2 if char > "\u2e80" else 1
            if letters >= 2:
                return True
    return False


def _spelled(name: str) -> str:
    """All in capitals is how machines write: words of four letters and more get one capital each."""
    if name != name.upper() or not name.isascii():
        return name
    return " ".join(word.capitalize() if len(word) > 3 and word.isalpha() else word for word in name.split(" "))
