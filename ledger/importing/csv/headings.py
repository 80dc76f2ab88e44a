"""What the heading of a column means, in any of the languages that the vocabulary knows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ledger.importing.amounts import known_currency
from ledger.importing.csv import vocabulary, vocabulary_more

# Where two columns would have one role, or one heading two, the earlier stands.
_WORDS = {
    "done": vocabulary.DONE,
    "booked": vocabulary.BOOKED,
    "value": vocabulary.VALUE,
    "date": vocabulary.DATE,
    "time": vocabulary.TIME,
    "original_amount": vocabulary_more.ORIGINAL_AMOUNT,
    "original_currency": vocabulary_more.ORIGINAL_CURRENCY,
    "amount": vocabulary.AMOUNT,
    "debit": vocabulary.DEBIT,
    "credit": vocabulary.CREDIT,
    "balance": vocabulary.BALANCE,
    "currency": vocabulary.CURRENCY,
    "payee": vocabulary.PAYEE,
    "payer": vocabulary.PAYER,
    "counter_account": vocabulary.COUNTER,
    "account": vocabulary.ACCOUNT,
    "sign": vocabulary.SIGN,
    "description": vocabulary_more.DESCRIPTION,
    "reference": vocabulary_more.REFERENCE,
    "bank_id": vocabulary_more.BANK_ID,
    "category": vocabulary_more.CATEGORY,
    "tags": vocabulary_more.TAGS,
    "notes": vocabulary_more.NOTES,
    "status": vocabulary_more.STATUS,
    "fee": vocabulary_more.FEE,
    "gross": vocabulary_more.GROSS,
    "net": vocabulary_more.NET,
    "kind": vocabulary_more.KIND,
    "ignored": vocabulary_more.IGNORED,
}
# Letters that do not fall apart into a plain one and its accent.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d", "œ": "oe", "ð": "d", "þ": "th"})
_BRACKETS = re.compile(r"[(\[（【<].*?[)\]）】>]")
_OTHER = re.compile(r"[^\w]+|_+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_LONGEST = 80
_TOKEN = re.compile(r"[A-Za-z]{3}(?![A-Za-z])")
_MARKS = {
    "€": "EUR",
    "£": "GBP",
    "₪": "ILS",
    "₹": "INR",
    "zł": "PLN",
    "kč": "CZK",
    "円": "JPY",
    "元": "CNY",
    "₺": "TRY",
}
_LINKS = frozenset(["in", "en", "i", "v", "w", "em", "an", "the", "of", "der", "de", "del", "des", "du", "di"])


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Without case, accents and signs: “Montant (EUR) ” and “montant” are the same."""
    text = _HUMP.sub(" ", unicodedata.normalize("NFKC", text[: _LONGEST * 2])).casefold().translate(_PLAIN)
    letters = unicodedata.normalize("NFD", text)
    # Only what hangs on a letter goes; a Japanese syllable keeps its two strokes.
    bare = "".join(char for char in letters if not "\u0300" <= char <= "\u036f")
    return _OTHER.sub(" ", unicodedata.normalize("NFC", bare).replace("״", "").replace('"', "")).strip()


@cache
def _roles() -> dict[str, str]:
    roles: dict[str, str] = {}
    for role, words in _WORDS.items():
        for word in words.replace("~", ";").replace("\n", ";").split(";"):
            if word := plain(word):
                roles.setdefault(word, role)
    return roles


def is_english(heading: str) -> bool:
    return plain(heading) in _english()


@cache
def _english() -> frozenset[str]:
    """What stands above the wave."""
    told = (words.partition("~")[0] for words in _WORDS.values())
    return frozenset(plain(word) for words in told for word in words.replace("\n", ";").split(";"))


def role_of(heading: str) -> str:
    """What the column holds, or an empty text where the heading is not known at all."""
    return _found(heading)[0]


def is_exact(heading: str) -> bool:
    """Whether the whole heading is a known one, and not only some words in it."""
    return _found(heading)[1]


@lru_cache(maxsize=4096)
def _found(heading: str) -> tuple[str, bool]:
    if not heading or len(heading) > _LONGEST:
        return "", False
    roles = _roles()
    whole = plain(heading)
    short = _without_currency(plain(_BRACKETS.sub(" ", heading)))
    for text in (whole, short, whole.rstrip("0123456789 "), short.rstrip("0123456789 ")):
        if text in roles:
            return roles[text], True
    pieces = [plain(piece) for piece in heading.split("/")] if "/" in heading else []
    told = "description" if any(roles.get(piece) == "description" for piece in pieces) else ""
    return told or _part(short, roles), False


def _without_currency(text: str) -> str:
    words = [word for word in text.split() if not known_currency(word)]
    while words and words[-1] in _LINKS:
        words.pop()
    return " ".join(words)


def _part(text: str, roles: dict[str, str]) -> str:
    """The longest known words in it: of “amount of the payment” that is “amount”, at its beginning."""
    words = text.split()
    if len(words) > 7:
        return ""
    for length in range(len(words) - 1, 0, -1):
        for start in reversed(range(len(words) - length + 1)):
            piece = " ".join(words[start : start + length])
            if len(piece) > 3 and piece in roles and (length > 1 or start in (0, len(words) - 1)):
                return roles[piece]
    return ""


def currency_in(heading: str) -> str:
    """“Betrag (EUR)”, “Amount in USD” and “Kwota zł” say which; empty where nothing does."""
    for mark, code in _MARKS.items():
        if mark in heading.casefold():
            return code
    words = _TOKEN.findall(heading)
    upper = [known_currency(word) for word in words if word.isupper()]
    return next((code for code in upper if code), "") if not heading.isupper() or len(words) > 1 else ""


def count_known(cells: list[str]) -> int:
    """How many of them are headings of different roles; a long text is none."""
    return len({role for cell in cells[:200] if (role := role_of(cell.strip()))})


def is_foreign(headings: list[str]) -> bool:
    """Whether the bank does not write English, so that month-first dates are out of the question."""
    known = [plain(heading) for heading in headings if is_exact(heading)]
    return sum(1 for heading in known if heading not in _english()) * 2 > len(known) > 0
