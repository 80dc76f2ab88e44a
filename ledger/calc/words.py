"""Names and texts as they are looked for: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from financeflow.money.text import decimal_text

_GAPS = re.compile(r"[\W_]+")
LONGEST_KEY = 160
# Letters that are their own letter and no accented one, yet are looked for by their plain look.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})


def plain_words(text: str) -> str:
    """The text in lower case, words apart by one space, without accents: “Café-Bar №1” is “cafe bar no1”."""
    if text.isascii():
        return _GAPS.sub(" ", text.lower()).strip()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return _GAPS.sub(" ", bare.casefold().translate(_PLAIN)).strip()


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What two spellings of one name have in common; a name of signs alone is its own key."""
    return (plain_words(name) or name.strip().casefold())[:LONGEST_KEY]


def amount_word(minor: int, digits: int) -> str:
    """The amount as one word that nobody types by accident: 12.50 is “a12p5”; so amounts are found like words."""
    text = decimal_text(abs(minor), digits)
    if digits:
        text = text.rstrip("0").rstrip(".")
    return "a" + text.replace(".", "p")


def search_words(*, description: str, notes: str, amount: int, digits: int) -> str:
    """All that a transaction is found by, but for its payee."""
    return f"{plain_words(f'{description} {notes}')} {amount_word(amount, digits)}".strip()
