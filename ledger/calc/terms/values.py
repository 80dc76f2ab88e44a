"""The values behind the operators of a search: amounts, days, months, years, choices and names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from financeflow.money.currencies import CODES
from financeflow.money.numerals import NUMBER, read_number
from financeflow.money.values import LARGEST
from financeflow.money.writing import writing
from financeflow.web.day_words import day_words, word_key
from financeflow.web.days import FIRST_DAY, LAST_DAY, DayError, read_day
from ledger.calc.terms.operators import NONE, SPELLED_ALSO, Operator
from ledger.calc.terms.parts import AmountRange, DayRange, Value

MOST_SIGNS: Final = 24
_YEAR: Final = re.compile(r"\d{4}")
_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_MONTH_NAME: Final = re.compile(r"([^\d]+?)[\s.]*(\d{4})?")


class Unreadable(ValueError):
    """Why a value is not understood, and what might have been meant."""

    def __init__(self, sentence: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Asked:
    """A value as it was typed: `text` to keep, `plain` for reading, and the sign between it and its operator."""

    operator: Operator
    sign: str
    text: str
    plain: str
    is_phrase: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values in one locale, seen from one today."""

    today: date
    locale: str

    def value(self, asked: Asked) -> Value:
        if not asked.text:
            raise Unreadable(_("Write what to look for after “%(name)s:”.") % {"name": asked.operator.name})
        readers: dict[str, Callable[[Asked], Value]] = {
            "amount": self._amounts,
            "day": self._days,
            "month": self._month,
            "year": self._year,
            "choice": _choice,
            "currency": _currency,
            "name": _name,
        }
        return readers[asked.operator.kind](asked)

    def number(self, text: str) -> Decimal | None:
        """The amount that a word is, or None: figures alone, in any custom."""
        style = writing("EUR", self.locale)
        found = NUMBER.fullmatch(text)
        numeral = read_number(text, point=style.point, group=style.group) if found else None
        if numeral is None or len(text) > MOST_SIGNS or numeral.value > LARGEST:
            return None
        return Decimal(int(numeral.value * 10**numeral.decimals)).scaleb(-numeral.decimals)

    def _amount(self, text: str) -> Decimal:
        value = self.number(text)
        if value is None:
            sentence = _("“%(text)s” is not an amount. Write it in figures without a sign, like 12.50.")
            raise Unreadable(sentence % {"text": text[:30]})
        return value

    def _amounts(self, asked: Asked) -> AmountRange:
        sign = asked.sign.lstrip(":")
        low, dots, high = asked.plain.partition("..")
        if dots and sign in ("", "="):
            return self._between(low, high)
        value = self._amount(asked.plain)
        if sign in (">", ">="):
            return AmountRange(value, None, over=sign == ">")
        if sign in ("<", "<="):
            return AmountRange(None, value, under=sign == "<")
        return AmountRange(value, value)

    def _between(self, low: str, high: str) -> AmountRange:
        ends = [self._amount(end) if end else None for end in (low, high)]
        if ends == [None, None]:
            raise Unreadable(_("Write an amount at one end of the dots at least, like 10..20."))
        if ends[0] is not None and ends[1] is not None:
            ends.sort()
        return AmountRange(ends[0], ends[1])

    def _days(self, asked: Asked) -> DayRange:
        first, last = self._period(asked.plain)
        if asked.operator.name == "before":
            return DayRange(None, first - timedelta(days=1))
        if asked.operator.name == "after":
            return DayRange(last + timedelta(days=1), None)
        return DayRange(first, last)

    def _period(self, text: str) -> tuple[date, date]:
        """The first and last day of a day, a month or a year."""
        if _YEAR.fullmatch(text):
            return self._whole_year(int(text))
        if month := self._written_month(text):
            return month
        try:
            day = read_day(text, today=self.today, locale=self.locale)
        except DayError as error:
            raise Unreadable(str(error)) from error
        return day, day

    def _month(self, asked: Asked) -> DayRange:
        away = self._away(asked.plain)
        if away is not None:
            months = self.today.year * 12 + self.today.month - 1 + away
            return DayRange(*_whole_month(months // 12, months % 12 + 1))
        if month := self._written_month(asked.plain):
            return DayRange(*month)
        example = f"{self.today:%Y-%m}"
        raise Unreadable(
            _("“%(text)s” is not a month. Write one like %(example)s.") % {"text": asked.text[:30], "example": example}
        )

    def _year(self, asked: Asked) -> DayRange:
        away = self._away(asked.plain)
        if away is not None:
            return DayRange(*self._whole_year(self.today.year + away))
        if not _YEAR.fullmatch(asked.plain):
            example = str(self.today.year)
            raise Unreadable(
                _("“%(text)s” is not a year. Write one like %(example)s.")
                % {"text": asked.text[:30], "example": example}
            )
        return DayRange(*self._whole_year(int(asked.plain)))

    def _away(self, text: str) -> int | None:
        """This, last, next, in the household's words too."""
        key = word_key(text)
        return day_words(self.locale).turns.get(key) if key and not any(char.isdigit() for char in text) else None

    def _written_month(self, text: str) -> tuple[date, date] | None:
        if found := _MONTH.fullmatch(text):
            return _whole_month(int(found[1]), int(found[2]))
        if found := _MONTH_FIRST.fullmatch(text):
            return _whole_month(int(found[2]), int(found[1]))
        found = _MONTH_NAME.fullmatch(text)
        month = day_words(self.locale).months.get(word_key(found[1])) if found else None
        if found is None or month is None:
            return None
        return _whole_month(int(found[2]) if found[2] else self.today.year - (month > self.today.month), month)

    def _whole_year(self, year: int) -> tuple[date, date]:
        return _whole_month(year, 1)[0], _whole_month(year, 12)[1]


def _whole_month(year: int, month: int) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise Unreadable(_("There is no month %(month)s.") % {"month": month})
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Unreadable(_("Choose a day between 1900 and 2199."))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _choice(asked: Asked) -> str:
    word = asked.text.casefold()
    word = SPELLED_ALSO.get(word, word)
    if word not in asked.operator.choices:
        close = get_close_matches(word, asked.operator.choices, 1)
        names = {"name": asked.operator.name, "choices": ", ".join(asked.operator.choices)}
        raise Unreadable(_("“%(name)s:” takes one of %(choices)s.") % names, tuple(close))
    return word


def _currency(asked: Asked) -> str:
    code = asked.text.upper()
    if code not in CODES:
        sentence = _("“%(text)s” is not a currency. Write its code, like usd.") % {"text": asked.text[:30]}
        close = [known for known in CODES if code and known.startswith(code)] or get_close_matches(code, CODES, 1)
        raise Unreadable(sentence, tuple(known.lower() for known in close[:1]))
    return code


def _name(asked: Asked) -> str | None:
    if asked.operator.may_be_none and not asked.is_phrase and asked.text.casefold() == NONE:
        return None
    return asked.text
