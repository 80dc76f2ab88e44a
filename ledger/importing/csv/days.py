"""One day as people and banks write it: every order in which it can be read, and what it would be then."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from financeflow.money.writing import locale_of
from ledger.importing.csv.headings import plain

ORDERS = ("dmy", "mdy", "ymd")
# Where two languages call two months alike, the one named first is meant.
_LANGUAGES = "en de de_AT fr es it nl pt pl cs sk sv da nb fi hu tr ro el he ru uk sl ca et lt lv id".split()  # noqa: SIM905
_SHORT = {"sept": 9, "mrz": 3, "maerz": 3, "sty": 1, "lut": 2, "kwi": 4, "cze": 6, "lip": 7, "sie": 8, "wrz": 9}
_TRIPLE = re.compile(r"(\d{1,4})\s?[./\-年 ]\s?(\d{1,2})\s?[./\-月 ]\s?(\d{1,4})(?!\d)(.*)", re.DOTALL)
_SOLID = re.compile(r"(\d{8}|\d{6})(?!\d)(.*)", re.DOTALL)
_STAMP = re.compile(r"(\d{8})(\d{4}|\d{6})(?:[.,]\d+)?")
_WEEKDAY = re.compile(r"[^\W\d]{1,12}[.,]{0,2}\s*(?=\d)")
_WORD = re.compile(r"[^\W\d]{3,}")
_NUMBER = re.compile(r"(?<![\d:])\d+(?![\d:])")
_CLOCK = re.compile(
    r"\s*(?:日\.?)?[.,]?[T\s,]*(?:\(?[^\W\d]{1,10}[.,]?\)?\s*)?(?:(?:at|um|kl\.?|à|alle|o)\s*)?"
    r"(?:\d{1,2}[:.h時]\d{2}(?:[:.m分]\d{2})?秒?(?:[.,:]\d{1,9})?\s*(?:[ap]\.?\s?m\.?)?"
    r"\s*(?:z|utc|gmt|[a-z]{2,5})?\s*(?:[+-]\d{2}:?\d{2}|[+-]\d{1,2})?(?:\s?\(?[\w/ ]{0,30}\)?)?)?"
    r"\s*(?:年|日|\.|г\.?)?\s*",
    re.IGNORECASE,
)
_OTHER_DIGITS = {
    **{0x0660 + n: str(n) for n in range(10)},
    **{0xFF10 + n: str(n) for n in range(10)},
    0xFF0F: "/",
    0xFF0E: ".",
    0xFF0D: "-",
    0x2013: "-",
    0x2010: "-",
    0x2011: "-",
    0x2212: "-",
    0x00A0: " ",
    0x202F: " ",
    0x200F: None,
    0x200E: None,
}


@cache
def _months() -> dict[str, int]:
    known: dict[str, int] = {}
    for language in _LANGUAGES:
        months = locale_of(language).months
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                for number, name in months[form][width].items():
                    known.setdefault(plain(str(name)), number)
    known.update({name: number for name, number in _SHORT.items() if name not in known})
    return {name: number for name, number in known.items() if len(name) > 2 and not name.isdigit()}


def readings(text: str, today: dt.date) -> dict[str, dt.date]:
    """All orders that make a day of it. A month in words, or digits that can only be one thing, fit every order."""
    text = text.strip()
    if not 5 < len(text) < 60:
        return {}
    if not text.isascii():
        text = text.translate(_OTHER_DIGITS)
    bare = text if text[0].isdigit() else _without_weekday(text)
    if match := _TRIPLE.fullmatch(bare):
        return _three(match[1], match[2], match[3], today) if _CLOCK.fullmatch(match[4]) else {}
    if match := _SOLID.fullmatch(bare):
        return _solid(match[1], today) if _CLOCK.fullmatch(match[2]) else {}
    if match := _STAMP.fullmatch(bare):
        return _solid(match[1], today)
    return _named(text, today)


def _without_weekday(text: str) -> str:
    match = _WEEKDAY.match(text)
    return text[match.end() :] if match and plain(match[0]) not in _months() else text


def _three(first: str, second: str, third: str, today: dt.date) -> dict[str, dt.date]:
    if len(first) == 3 or len(third) == 3:
        return {}
    parts = (int(first), int(second), int(third))
    if len(first) == 4:
        return _valid(parts, ("ymd",), today) if len(third) <= 2 else {}
    if len(third) == 4:
        return _valid(parts, ("dmy", "mdy"), today)
    return _valid(parts, ("dmy", "mdy", "ymd") if len(first) == len(third) == 2 else ("dmy", "mdy"), today)


def _solid(text: str, today: dt.date) -> dict[str, dt.date]:
    if len(text) == 6:
        return _valid((int(text[:2]), int(text[2:4]), int(text[4:])), ("dmy", "mdy", "ymd"), today)
    found = _valid((int(text[:4]), int(text[4:6]), int(text[6:])), ("ymd",), today)
    if 1900 <= int(text[4:]) <= 2200:
        found |= _valid((int(text[:2]), int(text[2:4]), int(text[4:])), ("dmy", "mdy"), today)
    return {order: day for order, day in found.items() if day.year >= 1900}


def _valid(parts: tuple[int, int, int], orders: tuple[str, ...], today: dt.date) -> dict[str, dt.date]:
    found = {}
    for order in orders:
        day, month, year = (parts[order.index(part)] for part in "dmy")
        if (made := _day(year, month, day, today)) is not None:
            found[order] = made
    return found


def _day(year: int, month: int, day: int, today: dt.date) -> dt.date | None:
    """A year of two digits is the last one that is not beyond the next."""
    if year < 100:
        year += 2000
        year -= 100 * (year > today.year + 1)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _named(text: str, today: dt.date) -> dict[str, dt.date]:
    words = [word for word in _WORD.findall(text) if plain(word) in _months()]
    if not words or len(set(words)) > 1:
        return {}
    place = text.index(words[0])
    before, after = _NUMBER.findall(text[:place]), _NUMBER.findall(text[place:])
    numbers = [*before, *after]
    if len(numbers) != 2 or not _is_day_only(text, words[0]):
        return {}
    first, second = numbers
    is_year_first = len(first) == 4 or (len(second) <= 2 and int(first) > 31)
    day, year = (int(second), first) if is_year_first else (int(first), second)
    made = _day(int(year), _months()[plain(words[0])], day, today) if len(year) in (2, 4) else None
    return dict.fromkeys(ORDERS, made) if made else {}


def _is_day_only(text: str, month: str) -> bool:
    """No other words than small links and the day of the week stand beside it."""
    rest = re.sub(r"\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?(\s?[ap]\.?m\.?)?(\s?[A-Z]{3,4})?(\s?[+-]\d{2}:?\d{2})?", "", text)
    words = _WORD.findall(rest.replace(month, " ", 1))
    return len(words) <= 1 and all(len(word) <= 12 for word in words)


@cache
def order_of(locale: str) -> str:
    """The order in which the locale writes numbers for day, month and year."""
    pattern = locale_of(locale).date_formats["short"].pattern
    order = "".join(sorted("dmy", key=lambda part: pattern.lower().index(part)))
    return order if order in ORDERS else "dmy"
