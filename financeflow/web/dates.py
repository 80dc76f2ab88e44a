"""Dates and times in words: the order and signs of the household's locale, in the language of whoever reads."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import gettext as _

# What a page may ask for: a name of CLDR's, or the parts to show, in whichever order the locale puts them.
FORMATS = {"short": "short", "medium": "medium", "long": "long", "weekday_year": "full"}
SKELETONS = {
    "day": "MMMd",
    "weekday_short": "MMMEd",
    "month": "yMMMM",
    "month_short": "yMMM",
    "month_name": "MMM",
}
# The year and what belongs to it, in a pattern like "EEEE, d 'de' MMMM 'de' y" or "y年M月d日EEEE".
_YEAR = re.compile(r"[\s,]*(?:'de')?\s*y+年?")


@lru_cache(maxsize=256)
def reading_locale(language: str, locale: str) -> Locale:
    """English words in German order for who reads English in a German household, where CLDR has that."""
    language = language.partition("-")[0]
    home, _dash, territory = locale.partition("-")
    for name in (f"{language}_{territory or 1}", f"{language}_001", language, home):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


@lru_cache(maxsize=4096)
def day_text(day: date, style: str, *, language: str, locale: str) -> str:
    known = reading_locale(language, locale)
    if style == "weekday":
        return format_date(day, _YEAR.sub("", known.date_formats["full"].pattern), known)
    if style in SKELETONS:
        return format_skeleton(SKELETONS[style], day, locale=known)
    return format_date(day, FORMATS[style], known)


def day_name(day: date, today: date, *, language: str, locale: str) -> str:
    """Today, Yesterday, or the weekday and date; with the year where it is not this one."""
    style = "weekday" if day.year == today.year else "weekday_year"
    text = day_text(day, style, language=language, locale=locale)
    if day == today:
        return _("Today, %(day)s") % {"day": text}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": text}
    return text


def time_text(moment: datetime, *, language: str, locale: str) -> str:
    return format_time(moment, "short", tzinfo=moment.tzinfo, locale=reading_locale(language, locale))


def moment_text(moment: datetime, *, language: str, locale: str) -> str:
    day = day_text(moment.date(), "medium", language=language, locale=locale)
    together = str(reading_locale(language, locale).datetime_formats["medium"])
    return together.replace("'", "").format(time_text(moment, language=language, locale=locale), day)
