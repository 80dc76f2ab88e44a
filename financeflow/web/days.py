"""Days as people type them, in and out: yesterday, +3, last friday, 3 nov, 12/3; always with today at hand."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from babel.dates import format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.money.writing import locale_of
from financeflow.web.dates import day_text
from financeflow.web.day_words import DayWords, day_words, is_letter, plain_letters, word_key

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
LONGEST: Final = 60
# A day without a year may lie a month ahead, one with two digits of a year twenty years.
_AHEAD: Final = timedelta(days=31)
_YEARS_AHEAD: Final = 20
_DASHES: Final = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
_OFFSET: Final = re.compile(r"([+-])\s*(\d{1,6})")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS: Final = re.compile(r"(\d{1,4})\s*[/.-]\s*(\d{1,4})(?:\s*[/.-]\s*(\d{1,4}))?\s*\.?")
_WEEKDAY_FIRST: Final = re.compile(r"(\D+?)[\s,.]*(\d.*)")
_FIGURES: Final = "0123456789"
_BETWEEN_WORDS: Final = " .,/'’`׳״º॰-"
_WORDS: Final = re.compile(rf"\d+|[^\d{re.escape(_BETWEEN_WORDS)}]+")


class DayError(ValueError):
    """Why a text is no day to write down, in words for whoever typed it."""


class NotADay(DayError):
    """The text does not speak of a day at all."""


class _Reading(NamedTuple):
    """The parts of a day as somebody wrote them."""

    day: int
    month: int
    year: int | None


def read_day(text: str, *, today: date, locale: str) -> date:
    """The day that the text means; raises DayError, in words, for anything that is not plainly a day."""
    cleaned = _cleaned(text)
    if not cleaned or len(cleaned) > LONGEST:
        raise NotADay(_("Write a day, like %(example)s.") % {"example": day_as_typed(today, locale)})
    found = _read_offset(cleaned, today) or _read_date(cleaned, today, locale) or _read_weekday(cleaned, today, locale)
    if found is None:
        raise NotADay(
            _("“%(text)s” is not a day. Write one like %(example)s, or yesterday.")
            % {"text": _shown(text), "example": day_as_typed(today, locale)}
        )
    return found


def day_as_typed(day: date, locale: str) -> str:
    """The day as one would type it into a field: figures in the locale's order, the year in full."""
    letters = {"y": str(day.year), "m": str(day.month), "d": str(day.day)}
    padded = {"yyyy": f"{day.year:04}", "mm": f"{day.month:02}", "dd": f"{day.day:02}"}
    return re.sub(r"yyyy|mm|dd|y|m|d", lambda part: (letters | padded)[part.group()], day_pattern(locale))


@lru_cache(maxsize=64)
def day_pattern(locale: str) -> str:
    """How the locale writes a day in figures: dd/mm/yyyy, m/d/yyyy, d.m.yyyy, yyyy-mm-dd."""
    written = _figures("yMd", locale).replace("2026", "yyyy")
    for letter, number in (("m", "9"), ("d", "8")):
        written = written.replace(f"0{number}", letter * 2).replace(number, letter)
    return re.sub(r"[^ymd/. -]", "", written).strip()


def _figures(skeleton: str, locale: str) -> str:
    """The eighth of September 2026 in figures of the west, without marks that steer direction."""
    written = format_skeleton(skeleton, date(2026, 9, 8), locale=locale_of(locale))
    return "".join(_plain_char(char) for char in written).strip()


@lru_cache(maxsize=64)
def _order(locale: str, *, with_year: bool) -> str:
    """“dmy”, “mdy” or “ymd”; without a year “dm” or “md”."""
    places = {"d": "8", "m": "9"} | ({"y": "2026"} if with_year else {})
    written = _figures("yMd" if with_year else "Md", locale)
    return "".join(sorted(places, key=lambda letter: written.find(places[letter])))


def _plain_char(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    return "" if kind in ("Cf", "Cs") else char


def _cleaned(text: str) -> str:
    """Western figures, one space, no accents; the signs of year and month in Japanese become slashes."""
    bare = "".join(_plain_char(char) for char in plain_letters(text[: 4 * LONGEST])).translate(_DASHES)
    bare = re.sub(r"(?<=\d)\s*[年月]\s*", "/", bare)
    bare = re.sub(r"(?<=\d)日", "", bare)
    return " ".join(bare.split())


def _shown(text: str) -> str:
    clean = "".join(char for char in text.strip() if char.isprintable())
    return clean if len(clean) <= 30 else f"{clean[:29]}…"


def _read_offset(text: str, today: date) -> date | None:
    """+3 and -2: so many days from today."""
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    number = int(found[2])
    return _days_from(today, number if found[1] == "+" else -number)


def _days_from(today: date, number: int) -> date:
    try:
        return _in_range(today + timedelta(days=number))
    except OverflowError:
        raise _out_of_range() from None


def _read_date(text: str, today: date, locale: str) -> date | None:
    return _read_numbers(text, today, locale) or _read_words(text, today, locale)


def _read_weekday(text: str, today: date, locale: str) -> date | None:
    """A date with its weekday before it, which has to be the right one: “Fr. 13.11.2026”."""
    found = _WEEKDAY_FIRST.fullmatch(text)
    weekday = day_words(locale).weekdays.get(word_key(found[1])) if found else None
    if found is None or weekday is None:
        return None
    day = _read_date(found[2], today, locale)
    if day and day.weekday() != weekday:
        said = day_text(day, "weekday_year", language=get_language() or "en", locale=locale)
        raise DayError(_("That day is %(day)s.") % {"day": said})
    return day


def _read_numbers(text: str, today: date, locale: str) -> date | None:
    found = _COMPACT.fullmatch(text) or _NUMBERS.fullmatch(text)
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    readings = [_placed(parts, order, today) for order in _orders(parts, locale)]
    if not readings:
        return None
    possible = (reading for reading in readings if reading.month in range(1, 13) and reading.day in range(1, 32))
    return _dated(next(possible, readings[0]), today, locale)


def _orders(parts: list[str], locale: str) -> list[str]:
    """The orders to try: the locale's own before the others; a long number can only be the year."""
    if len(parts) == 2:
        known = [_order(locale, with_year=False), "dm", "md"]
    elif len(parts[0]) > 2:
        known = ["ymd"]
    else:
        known = [_order(locale, with_year=True), "dmy", "mdy", "ymd"]
    long = [place for place, part in enumerate(parts) if len(part) > 2]
    return [order for order in dict.fromkeys(known) if all(order[place] == "y" for place in long)]


def _placed(parts: list[str], order: str, today: date) -> _Reading:
    numbers = dict(zip(order, parts, strict=True))
    return _Reading(int(numbers["d"]), int(numbers["m"]), _year(numbers["y"], today) if "y" in numbers else None)


def _year(digits: str, today: date) -> int:
    """Of two digits, the latest year that ends so and is not too far ahead."""
    if len(digits) != 2:
        return int(digits[:5])
    latest = today.year + _YEARS_AHEAD
    return latest - (latest - int(digits)) % 100


def _read_words(text: str, today: date, locale: str) -> date | None:
    if text[0] in "+-" or not all(is_letter(char) or char in _BETWEEN_WORDS or char in _FIGURES for char in text):
        return None
    words = day_words(locale)
    tokens = _WORDS.findall(text)
    names = _names_in(tokens, words)
    if names is None:
        return None
    numbers = [token for token in tokens if token.isdigit()]
    return _of_month(numbers, names, words, today, locale) if numbers else _named(names, words, today)


def _names_in(tokens: list[str], words: DayWords) -> list[str] | None:
    """The words that name something; None where one of them means nothing here."""
    names: list[str] = []
    at = 0
    while at < len(tokens):
        letters = list(takewhile(lambda token: not token.isdigit(), tokens[at : at + 3]))
        name, length = _longest_name(letters, words) if letters else ("", 1)
        if not length:
            return None
        names += [name] if name else []
        at += length
    return names


def _longest_name(letters: list[str], words: DayWords) -> tuple[str, int]:
    """The name that begins here, of as many words as it has; in Hebrew “in” and “the” hang on its front."""
    for length in range(len(letters), 0, -1):
        key = word_key("".join(letters[:length]))
        for name in (key, key[1:]) if key[:1] in ("ב", "ה") else (key,):
            if words.knows(name):
                return name, length
    return "", int(word_key(letters[0]) in words.silent)


def _named(names: list[str], words: DayWords, today: date) -> date | None:
    """Yesterday, friday, last friday."""
    if len(names) == 1 and names[0] in words.near:
        return _days_from(today, words.near[names[0]])
    weekdays = [words.weekdays[name] for name in names if name in words.weekdays]
    turns = [words.turns[name] for name in names if name not in words.weekdays and name in words.turns]
    if len(weekdays) != 1 or len(turns) > 1 or len(names) != 1 + len(turns):
        return None
    since = (today.weekday() - weekdays[0]) % 7
    if not turns:
        return _days_from(today, -since)
    until = -since % 7
    return _days_from(today, {-1: -(since or 7), 0: until, 1: until or 7}[turns[0]])


def _of_month(numbers: list[str], names: list[str], words: DayWords, today: date, locale: str) -> date | None:
    """3 nov, nov 3 2025."""
    if len(names) != 1 or names[0] not in words.months or len(numbers) > 2:
        return None
    day, *year = sorted(numbers, key=lambda number: len(number) > 2)
    if len(day) > 2:
        raise NotADay(_("Write which day of the month too."))
    reading = _Reading(int(day), words.months[names[0]], _year(year[0], today) if year else None)
    return _dated(reading, today, locale)


def _dated(reading: _Reading, today: date, locale: str) -> date:
    if not 1 <= reading.month <= 12:
        raise DayError(_("There is no month %(month)s.") % {"month": reading.month})
    if reading.year is None:
        return _nearest(reading, today, locale)
    if not FIRST_DAY.year <= reading.year <= LAST_DAY.year:
        raise _out_of_range()
    return _existing(reading, reading.year, locale)


def _nearest(reading: _Reading, today: date, locale: str) -> date:
    """The latest such day that is not much ahead of today; the 29th of February may take eight years."""
    for year in range(min(today.year + 1, LAST_DAY.year), max(today.year - 8, FIRST_DAY.year - 1), -1):
        if 1 <= reading.day <= monthrange(year, reading.month)[1]:
            found = date(year, reading.month, reading.day)
            if found - today <= _AHEAD:
                return found
    return _existing(reading, today.year, locale)


def _existing(reading: _Reading, year: int, locale: str) -> date:
    days = monthrange(year, reading.month)[1]
    if 1 <= reading.day <= days:
        return _in_range(date(year, reading.month, reading.day))
    month = day_text(date(year, reading.month, 1), "month", language=get_language() or "en", locale=locale)
    raise DayError(_("%(month)s has %(days)s days.") % {"month": month, "days": days})


def _in_range(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _out_of_range()
    return day


def _out_of_range() -> DayError:
    return DayError(_("Choose a day between 1900 and 2199."))
