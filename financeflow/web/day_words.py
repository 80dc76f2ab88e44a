"""Which words name a day: months, weekdays, yesterday; English always, and those of the household's locale."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from babel.dates import get_day_names, get_month_names

from financeflow.money.writing import locale_of

# How far from today a word stands. CLDR as it is packaged has no words for this.
_NEAR: Final[dict[str, dict[str, int]]] = {
    "en": {"today": 0, "tod": 0, "yesterday": -1, "yday": -1, "tomorrow": 1, "tmrw": 1},
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2},
    "fr": {"aujourd’hui": 0, "hier": -1, "avant-hier": -2, "demain": 1, "après-demain": 2},
    "es": {"hoy": 0, "ayer": -1, "anteayer": -2, "mañana": 1, "pasado mañana": 2},
    "nl": {"vandaag": 0, "gisteren": -1, "eergisteren": -2, "morgen": 1, "overmorgen": 2},
    "sv": {"idag": 0, "i dag": 0, "igår": -1, "i går": -1, "i förrgår": -2, "imorgon": 1, "i morgon": 1},
    "he": {"היום": 0, "אתמול": -1, "שלשום": -2, "מחר": 1, "מחרתיים": 2},
    "ja": {"今日": 0, "昨日": -1, "一昨日": -2, "明日": 1, "明後日": 2},
    "it": {"oggi": 0, "ieri": -1, "domani": 1, "dopodomani": 2},
    "pl": {"dzisiaj": 0, "dziś": 0, "wczoraj": -1, "przedwczoraj": -2, "jutro": 1, "pojutrze": 2},
    "pt": {"hoje": 0, "ontem": -1, "anteontem": -2, "amanhã": 1},
}
# Which of the days of that name: the last one, or the one to come.
_TURNS: Final[dict[str, dict[str, int]]] = {
    "en": {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1},
    "de": {"letzten": -1, "letzter": -1, "diesen": 0, "nächsten": 1, "nächster": 1},
    "fr": {"dernier": -1, "ce": 0, "prochain": 1},
    "es": {"pasado": -1, "último": -1, "este": 0, "próximo": 1},
    "nl": {"afgelopen": -1, "vorige": -1, "deze": 0, "volgende": 1},
    "sv": {"förra": -1, "nästa": 1},
    "he": {"שעבר": -1, "הזה": 0, "הבא": 1},
    "it": {"scorso": -1, "questo": 0, "prossimo": 1},
    "pl": {"ostatni": -1, "ubiegły": -1, "ten": 0, "następny": 1},
    "pt": {"passado": -1, "este": 0, "próximo": 1},
}
# What may stand in a date and says nothing: “the 3rd of November”, “le 1er mai”, “3 de noviembre de 2026”.
_SILENT: Final[dict[str, str]] = {
    "en": "the on of st nd rd th",
    "de": "am der den dem",
    "fr": "le er",
    "es": "el de del",
    "nl": "op de",
    "sv": "den på",
    "he": "ב ה ל",
    "it": "il di",
    "pl": "r",
    "pt": "de do em",
}
_MORE_ENGLISH: Final = ({"sept": 9}, {"tues": 1, "weds": 2, "thur": 3, "thurs": 3})


@dataclass(frozen=True, slots=True)
class DayWords:
    """The words of one locale by their keys; a month counts from 1, a weekday from Monday as 0."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    near: Mapping[str, int]
    turns: Mapping[str, int]
    silent: frozenset[str]

    def knows(self, key: str) -> bool:
        return key in self.months or key in self.weekdays or key in self.near or key in self.turns


def plain_letters(text: str) -> str:
    """The text without case and accents: what two spellings of one word have in common."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def is_letter(char: str) -> bool:
    """Vowel signs of Thai and Hindi are letters too."""
    return char.isalpha() or unicodedata.category(char) in ("Mn", "Mc")


def word_key(word: str) -> str:
    """The letters of the word alone: “déc.” is “dec”, “avant-hier” is “avanthier”."""
    return "".join(char for char in plain_letters(word) if is_letter(char))


@lru_cache(maxsize=64)
def day_words(locale: str) -> DayWords:
    """English first, so that where two languages differ the household's own words win."""
    known = [locale_of("en"), locale_of(locale)]
    languages = [each.language for each in known]
    months, weekdays = (dict(more) for more in _MORE_ENGLISH)
    for each in known:
        months |= _names(get_month_names, each)
        weekdays |= _names(get_day_names, each)
    return DayWords(
        months=months,
        weekdays=weekdays,
        near=_keyed(_NEAR, languages),
        turns=_keyed(_TURNS, languages),
        silent=frozenset(word_key(word) for name in languages for word in _SILENT.get(name, "").split()),
    )


def _keyed(table: Mapping[str, Mapping[str, int]], languages: list[str]) -> dict[str, int]:
    return {word_key(word): number for name in languages for word, number in table.get(name, {}).items()}


def _names(names_of: Any, locale: Locale) -> dict[str, int]:
    """Every way CLDR writes the names; a name with digits in it, as in Japanese, is read as a number."""
    found: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        spoken = names_of(width, "format", locale)
        alone = names_of(width, "stand-alone", locale)
        for number, name in spoken.items():
            names = [name, alone[number]] if _akin(alone[number], name) else [name]
            found |= {word_key(each): number for each in names if not any(char.isdigit() for char in each)}
    return found


def _akin(alone: str, spoken: str) -> bool:
    """Babel may answer with the stand-alone names another locale left behind: those begin differently."""
    return word_key(alone)[:2] == word_key(spoken)[:2]
