"""The words in what a bank, a till or a person wrote: what says something, without the noise of numbers."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ledger.calc.words import plain_words

# Buckets that features are counted in: a power of two.
BUCKETS: Final = 1 << 19
LONGEST_WORD: Final = 24
MOST_WORDS: Final = 24
_DIGIT: Final = re.compile(r"\d")
# Letters with a number behind them: a branch, a till. “rewe0412” is “rewe”.
_NUMBERED: Final = re.compile(r"([^\W\d]{3,})\d{1,}")
_ATTACHED: Final = re.compile(r"\d{2,}([^\W\d]{4,})")
# Letters in which each sign may be a word.
_DENSE: Final = "\u2e80"


def words_in(text: str) -> list[str]:
    """In lower case and without accents, each once, in order. Numbers of three digits and more are noise."""
    found: dict[str, None] = {}
    for word in plain_words(text).split(" "):
        kept = word if word.isalpha() else _without_number(word)
        if kept:
            found[kept[:LONGEST_WORD]] = None
    return list(found)[:MOST_WORDS]


def _without_number(word: str) -> str:
    """What is left of a word with digits in it: names like o2 and 1und1 stay, references go."""
    if numbered := _NUMBERED.fullmatch(word):
        return numbered[1]
    if attached := _ATTACHED.fullmatch(word):
        return attached[1]
    digits = len(_DIGIT.findall(word))
    if digits == len(word):
        return word if digits <= 2 else ""
    return word if digits <= 2 and len(word) <= 8 else ""


@lru_cache(maxsize=20_000)
def stands_alone(word: str) -> bool:
    """Whether the word says something without its neighbours: no number, and no single letter."""
    return not word.isdigit() and (len(word) > 1 or word > _DENSE)


def features_of_word(word: str) -> list[int]:
    """The buckets of a word and of the pieces of it: from three to five letters, its ends among them.

    Where each sign may be a word and nothing stands between them, two are a piece already.
    """
    framed = f"<{word}>"
    found = {_bucket(f"w {word}")}
    for size in (2, 3, 4, 5) if max(word) > _DENSE else (3, 4, 5):
        found.update(_bucket(framed[at : at + size]) for at in range(len(framed) - size + 1))
    return sorted(found)


def features_of_neighbours(words: Sequence[str]) -> list[int]:
    """The buckets of each two words that follow each other."""
    return [_bucket(f"{one} {two}") for one, two in itertools.pairwise(words)]


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) & (BUCKETS - 1)
