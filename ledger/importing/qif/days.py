"""The days of a QIF file: each program writes them as its country does, so that only all of them tell the order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from ledger.importing.found import Question

KEY = "date_order"
ORDERS = ("dmy", "mdy", "ymd")
_FIGURES = re.compile(
    r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*([-/.' ])\s*(\d{1,4})\.?(?:[T ]+\d{1,2}:\d\d\S*(?:\s*[AaPp][Mm])?)?", re.ASCII
)
_AT_ONCE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_NAMED = re.compile(
    r"(\d{1,2})[-/. ]+([^\W\d]{3,12})\.?[-/. ,']+(\d{4}|\d{2})|([^\W\d]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})"
)
_TWO_YEARS = dt.timedelta(days=731)


class NotADay(ValueError):
    """Its text is a sentence for a person."""


class _Figures(NamedTuple):
    """Three numbers as they stand; `has_mark` is the apostrophe that stands before a year after 1999."""

    first: str
    second: str
    third: str
    has_mark: bool

    @property
    def is_year_first(self) -> bool:
        return len(self.first) == 4

    @property
    def may_be_year_first(self) -> bool:
        return self.is_year_first or (len(self.first) == 2 and len(self.third) <= 2 and not self.has_mark)


class Days:
    """All days of one file. `order` is how they were read; `question` says so where another order fits as well."""

    def __init__(self, texts: Sequence[str], today: dt.date, locale: str, wanted: object) -> None:
        self.question: Question | None = None
        self._today = today
        self._locale = locale
        self._known: dict[str, dt.date | None] = {}
        self._open = [(text, figures) for text in dict.fromkeys(texts) if (figures := _open_figures(text))]
        self.order = str(wanted) if wanted in ORDERS else self._decided()

    def day(self, text: str) -> dt.date:
        if text not in self._known:
            self._known[text] = self._read(text)
        day = self._known[text]
        if day is None:
            raise NotADay(self._why(text))
        return day

    def _why(self, text: str) -> str:
        if _FIGURES.fullmatch(text):
            words = _("“%(text)s” is not a day when it is read %(order)s, as the other days of this file are.")
            return words % {"text": text[:40], "order": _told(self.order)}
        return _("“%(text)s” is not a day.") % {"text": text[:40]}

    def _read(self, text: str) -> dt.date | None:
        if figures := _figures(text):
            return _day(figures, "ymd" if figures.is_year_first else self.order, self._today)
        if match := _AT_ONCE.fullmatch(text):
            return _made(int(match[1]), int(match[2]), int(match[3]))
        return _named(text, self._locale, self._today)

    def _decided(self) -> str:
        """The order that fits most days; where several do, what is likelier, and the question is asked."""
        if not self._open:
            return "ymd"
        fitting = {order: sum(1 for _text, each in self._open if self._fits(each, order)) for order in ORDERS}
        most = max(fitting.values())
        left = [order for order in ORDERS if fitting[order] == most]
        if "ymd" in left and len(left) > 1 and not self._is_plainly_year_first(left):
            left.remove("ymd")
        if len(left) == 1:
            return left[0]
        taken = "ymd" if "ymd" in left else min(left, key=self._unlikely)
        self._ask(left, taken)
        return taken

    def _fits(self, figures: _Figures, order: str) -> bool:
        return _day(figures, order, self._today) is not None

    def _days_by(self, order: str) -> list[dt.date]:
        return [day for _text, each in self._open if (day := _day(each, order, self._today))]

    def _span(self, order: str) -> dt.timedelta:
        days = self._days_by(order)
        return max(days) - min(days) if days else dt.timedelta(0)

    def _is_plainly_year_first(self, left: list[str]) -> bool:
        """“24.01.31” and its like: as the year, the last number would scatter a few weeks over decades."""
        others = [self._span(order) for order in left if order != "ymd"]
        return min(others) > max(_TWO_YEARS, 4 * self._span("ymd"))

    def _unlikely(self, order: str) -> tuple[int, bool, bool]:
        """Days to come, then days out of turn, then what the household's country would not write."""
        days = self._days_by(order)
        ahead = sum(1 for day in days if day > self._today + dt.timedelta(days=7))
        out_of_turn = len(days) > 2 and days != sorted(days) and days != sorted(days, reverse=True)
        return ahead, out_of_turn, order != _order_of(self._locale)

    def _readings(self, figures: _Figures, orders: list[str]) -> list[dt.date]:
        """The days that it may be, by the orders in question."""
        return list(dict.fromkeys(day for order in orders if (day := _day(figures, order, self._today))))

    def _ask(self, left: list[str], taken: str) -> None:
        unsure = next((each for each in self._open if len(self._readings(each[1], left)) > 1), None)
        if unsure is None:
            return
        text, day = unsure[0], _day(unsure[1], taken, self._today)
        other = next(each for each in self._readings(unsure[1], left) if each != day)
        words = _("The days fit two orders: “%(text)s” was read as %(taken)s and may be %(other)s. Say which is right.")
        sentence = words % {"text": text, "taken": day, "other": other}
        self.question = Question(KEY, sentence, taken, tuple((order, _told(order)) for order in left))


def is_like_a_day(text: str) -> bool:
    """Whether it has the figures of one."""
    return _FIGURES.fullmatch(text) is not None or _AT_ONCE.fullmatch(text) is not None


def _told(order: str) -> str:
    if order == "dmy":
        return _("day, month, year")
    return _("month, day, year") if order == "mdy" else _("year, month, day")


def _figures(text: str) -> _Figures | None:
    match = _FIGURES.fullmatch(text)
    if match is None or 3 in (len(match[1]), len(match[5])):
        return None
    return _Figures(match[1], match[3], match[5], match[4] == "'")


def _open_figures(text: str) -> _Figures | None:
    figures = _figures(text)
    return None if figures is None or figures.is_year_first else figures


def _day(figures: _Figures, order: str, today: dt.date) -> dt.date | None:
    first, second, third = figures.first, figures.second, figures.third
    if order == "ymd":
        return _made(_year(first, False, today), int(second), int(third)) if figures.may_be_year_first else None
    year = _year(third, figures.has_mark, today)
    day, month = (first, second) if order == "dmy" else (second, first)
    return _made(year, int(month), int(day))


def _year(text: str, has_mark: bool, today: dt.date) -> int:
    """Of a short one the latest that is not to come; after an apostrophe it is of this century."""
    number = int(text)
    if len(text) == 4:
        return number
    latest = today.year + (20 if has_mark else 1)
    return 2000 + number if 2000 + number <= latest else 1900 + number


def _made(year: int, month: int, day: int) -> dt.date | None:
    if year < 1900:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _named(text: str, locale: str, today: dt.date) -> dt.date | None:
    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    month = _months(locale).get((match[2] or match[4]).casefold(), 0)
    return _made(_year(match[3] or match[6], False, today), month, int(match[1] or match[5]))


def _locale(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def _months(locale: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in (_locale(locale), Locale("en")):
        for kind in ("wide", "abbreviated"):
            for number, name in each.months["format"][kind].items():
                found.setdefault(name.casefold().rstrip("."), number)
    return {**found, "sept": 9}


@cache
def _order_of(locale: str) -> str:
    pattern = str(_locale(locale).date_formats["short"].pattern)
    return "dmy" if pattern.find("d") < pattern.find("M") else "mdy"
