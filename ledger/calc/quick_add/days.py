"""The words of a line that say which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from financeflow.web.day_words import day_words, word_key
from financeflow.web.days import DayError, NotADay, day_pattern, read_day
from ledger.calc.quick_add.tokens import Token

MOST_WORDS: Final = 4
_ISO: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_FIGURES: Final = re.compile(r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?|\d{1,2}\.\d{1,2}\.|(?:\d+年)?\d+月\d+日)")
_SHORT: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}|[+-]\d{1,3}")
_NUMBER: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|º|\.|,)?", re.IGNORECASE)
_NUMBER_AND_NAME: Final = re.compile(r"\d{1,2}[./-]?[^\W\d_]{3,}\.?(?:[./-]?\d{2,4})?")


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day, or why it is none, and which of the tokens say it."""

    first: int
    end: int
    day: date | None
    sentence: str = ""


class DayReader:
    """Reads days in one locale, seen from one today."""

    def __init__(self, today: date, locale: str) -> None:
        self.today = today
        self.locale = locale
        self.words = day_words(locale)
        self.separator = re.sub(r"[ymd\s]", "", day_pattern(locale))[:1]

    def find(self, tokens: Sequence[Token | None]) -> DayFound | None:
        """The first day in the line; a day that is not there, like 31 feb, only where no other is."""
        refused = None
        for found in self._found(tokens):
            if found.day:
                return found
            refused = refused or found
        return refused

    def dates(self, tokens: Sequence[Token | None]) -> list[DayFound]:
        """Whatever is more of a date than of an amount: with the name of a month, or in full in figures."""
        return [found for found in self._found(tokens) if found.day and _is_date(tokens[found.first : found.end])]

    def _found(self, tokens: Sequence[Token | None]) -> Iterator[DayFound]:
        for first in range(len(tokens)):
            for end in range(min(len(tokens), first + MOST_WORDS), first, -1):
                some = [token.plain for token in tokens[first:end] if token]
                if len(some) == end - first and self._may_be(some) and (found := self._read(some, first, end)):
                    yield found

    def _read(self, words: list[str], first: int, end: int) -> DayFound | None:
        try:
            return DayFound(first, end, read_day(" ".join(words), today=self.today, locale=self.locale))
        except NotADay:
            return None
        except DayError as error:
            return DayFound(first, end, None, str(error))

    def _may_be(self, words: list[str]) -> bool:
        if len(words) == 1:
            return self._may_be_alone(words[0])
        if word_key(words[-1]) in self.words.silent:
            return False
        *most, last = words
        return (
            all(_NUMBER.fullmatch(word) or _is_word(word) for word in most)
            and (_is_word(last) or (_NUMBER.fullmatch(last) or _FIGURES.fullmatch(last)) is not None)
            and any(self.words.knows(word_key(word)) for word in words)
        )

    def _may_be_alone(self, word: str) -> bool:
        """In a line full of words and figures, less may be a day than in a field for days."""
        if short := _SHORT.fullmatch(word):
            return short[1] in (None, "/", self.separator)
        if _FIGURES.fullmatch(word) or _NUMBER_AND_NAME.fullmatch(word):
            return True
        key = word_key(word)
        return _is_word(word) and len(key) > (2 if key.isascii() else 1) and self.words.knows(key)


def is_iso(word: str) -> bool:
    return _ISO.fullmatch(word) is not None


def _is_date(tokens: Sequence[Token | None]) -> bool:
    words = [token.plain for token in tokens if token]
    return not _SHORT.fullmatch(words[0]) and any(char.isdigit() for word in words for char in word)


def _is_word(word: str) -> bool:
    return not any(char.isdigit() for char in word) and word[0] not in "+-"
