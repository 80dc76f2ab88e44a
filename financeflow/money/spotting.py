"""Finding an amount in the middle of a sentence: where it begins and ends, and which currency it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from financeflow.money.currencies import CODES
from financeflow.money.numerals import SPACES
from financeflow.money.writing import FALLBACK, HOME_MARKS, marks_of, writing

Span = tuple[int, int]
# Codes that are words too: “12 cup coffee” is no Cuban peso, “12 CUP” is.
_WORDS: Final = frozenset(
    {"ALL", "BAM", "BOB", "CAD", "COP", "CUP", "GEL", "HUF", "LAK", "MAD"}
    | {"MOP", "PAB", "PEN", "RON", "SAR", "SOS", "TOP", "TRY", "ZAR"}
)
_HARD_SPACES: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_ENDS: Final = r"(?=\s|-*>|[,;](?:\s|$)|$)"


@dataclass(frozen=True, slots=True)
class Spotted:
    """An amount as it stands in a line: its sign and its sum, and the currency's mark with the code it means."""

    sum: Span
    sign: Span | None
    mark: Span | None
    currency: str

    @property
    def span(self) -> Span:
        spans = [span for span in (self.sign, self.mark, self.sum) if span]
        return min(start for start, _ in spans), max(end for _, end in spans)


def spot_amount(line: str, at: int, *, homes: tuple[str, ...], locale: str) -> Spotted | None:
    """The amount that begins exactly here, or None.

    `line` has western figures and plain signs. `homes` are the currencies of the household, the likeliest first: they
    decide whose the dollars are, and only they may be named by a mark that is an everyday word.
    """
    marks = _marks(homes, locale)
    found = _pattern(homes, locale).match(line, at)
    if found is None:
        return None
    name = "before" if found["before"] else "after"
    written = found[name]
    currency = marks.get(written.casefold(), "") if written else ""
    if written and not currency:
        return None
    if written and written.islower() and currency in _WORDS and currency not in homes:
        return _without_mark(found) if name == "after" else None
    sign = next((found.span(part) for part in ("sign", "inner") if found[part]), None)
    return Spotted(found.span("sum"), sign, found.span(name) if written else None, currency)


def _without_mark(found: re.Match[str]) -> Spotted | None:
    """What follows the amount is a word: then it has to stand apart."""
    if not found.string[found.end("sum")].isspace():
        return None
    return Spotted(found.span("sum"), found.span("sign") if found["sign"] else None, None, "")


@lru_cache(maxsize=128)
def _marks(homes: tuple[str, ...], locale: str) -> dict[str, str]:
    """Which currency each mark means, casefolded: the household's own first, then codes, then signs no word is like."""
    marks = {mark: code for code in reversed(homes) for mark in marks_of(code, locale)}
    for code in CODES:
        marks.setdefault(code.casefold(), code)
        for symbol in (writing(code, locale).symbol, writing(code, FALLBACK).symbol):
            if not symbol.isalpha() or not symbol.isascii():
                marks.setdefault(symbol.casefold(), code)
    for mark, codes in HOME_MARKS.items():
        if not mark.strip(".").isascii() or not mark.strip(".").isalpha():
            marks.setdefault(mark, codes.split()[0])
    return marks


@lru_cache(maxsize=128)
def _pattern(homes: tuple[str, ...], locale: str) -> re.Pattern[str]:
    gaps = _HARD_SPACES + (" " if writing("EUR", locale).group in SPACES[:4] else "")
    mark = "|".join(re.escape(mark) for mark in sorted(_marks(homes, locale), key=len, reverse=True))
    number = rf"(?:\d{{1,3}}(?:[{gaps}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d(?:[\d.,'’٫٬]*\d)?|[.,]\d+)"
    # “12.50 - 2026-11-03” is an amount and a day.
    operator = r"(?:[*/+-]|\s[*/+-]\s(?!\d{4}-\d))"
    total = rf"\(*{number}\)*(?:{operator}\(*{number}\)*)*(?:[.,]-|[.-])?"
    return re.compile(
        rf"(?P<sign>[+-])?(?:(?P<before>{mark})\s?)?(?P<inner>[+-](?<![+-][+-]))?(?P<sum>{total})"
        rf"(?:\s?(?P<after>{mark})(?!\w){_ENDS}|{_ENDS})",
        re.IGNORECASE,
    )
