"""Dates and amounts that an app wrote the way of a country: how is decided over the whole column."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount
from ledger.importing.apps.books import NotADay, in_days
from ledger.importing.apps.ledger_amounts import Marks, Raw
from ledger.importing.found import Question
from ledger.importing.how import How

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})(?:[T ]\d.*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
KEY = "date_order"


@dataclass(slots=True)
class Days:
    """Dates of one column: `see` each first, then `read`."""

    how: How
    # What the app always writes; empty where it writes as its user likes.
    fixed: str = ""
    first_over_12: bool = False
    second_over_12: bool = False
    is_asked: bool = False
    dotted: bool = False
    _seen: set[str] = field(default_factory=set)
    _read: dict[str, dt.date] = field(default_factory=dict)

    def see(self, text: str) -> None:
        if text in self._seen:
            return
        self._seen.add(text)
        match = _YEAR_LAST.fullmatch(text)
        if match is not None and min(int(match[1]), int(match[3])) <= 12:
            self.is_asked = True
            self.first_over_12 |= int(match[1]) > 12
            self.second_over_12 |= int(match[3]) > 12
            self.dotted = match[2] == "."

    @property
    def order(self) -> str:
        told = (self.how.mapping or {}).get(KEY)
        if self.fixed or self.first_over_12 != self.second_over_12:
            return self.fixed or (DAY_FIRST if self.first_over_12 else MONTH_FIRST)
        if told in (DAY_FIRST, MONTH_FIRST):
            return str(told)
        is_american = self.how.locale in ("en", "en-US", "en-PH")
        return MONTH_FIRST if is_american and not self.dotted else DAY_FIRST

    @property
    def questions(self) -> list[Question]:
        """Asked where every date of the file fits both ways."""
        is_told = (self.how.mapping or {}).get(KEY) in (DAY_FIRST, MONTH_FIRST)
        is_shown = self.first_over_12 or self.second_over_12 or self.dotted
        if self.fixed or not self.is_asked or is_shown or is_told:
            return []
        choices = ((DAY_FIRST, _("the day")), (MONTH_FIRST, _("the month")))
        return [Question(KEY, _("What stands first in the dates of this file?"), self.order, choices)]

    @property
    def mapping(self) -> dict[str, object] | None:
        return {KEY: self.order} if self.is_asked and not self.fixed else None

    def read(self, text: str) -> dt.date:
        day = self._read.get(text)
        if day is None:
            day = self._read[text] = self._understood(text)
        return day

    def _understood(self, text: str) -> dt.date:
        if match := _YEAR_FIRST.fullmatch(text):
            year, month, day = int(match[1]), int(match[3]), int(match[4])
        elif match := _YEAR_LAST.fullmatch(text):
            day, month = int(match[1]), int(match[3])
            year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
            if self._month_first(day, month):
                day, month = month, day
        else:
            raise NotADay(_("“%(text)s” is not a date.") % {"text": text[:40]})
        try:
            return in_days(dt.date(year, month, day))
        except ValueError as error:
            if isinstance(error, NotADay):
                raise
            raise NotADay(_("There is no such day as “%(text)s”.") % {"text": text[:40]}) from error

    def _month_first(self, first: int, second: int) -> bool:
        if not self.fixed and self.first_over_12 and self.second_over_12 and first <= 12 and second <= 12:
            raise NotADay(_("Dates of this file are written in two orders; this one fits both."))
        if not self.fixed and self.first_over_12 and self.second_over_12:
            return second > 12
        return self.order == MONTH_FIRST


_AMOUNT = re.compile(
    r"(?P<open>\()?[ ]*(?P<s1>[-−+])?[ ]*(?P<left>[^\d\s.,()\-−+][^\d\s,()\-−+]{0,4})?[ \u00a0]*(?P<s2>[-−+])?[ ]*"
    r"(?P<number>\d[\d.,'’ \u00a0\u202f]*|[.,]\d+)[ \u00a0]*(?P<right>[^\d\s.,()\-−+]{1,5})?"
    r"[ ]*(?P<s3>[-−])?(?P<close>\))?"
)


@dataclass(slots=True)
class Amounts:
    """Amounts of one file in one currency: `see` each first, then `read`."""

    how: How
    currency: str = ""
    marks: Marks = field(init=False)
    _parts: dict[str, tuple[bool, Raw]] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marks = Marks(self.currency or self.how.currency)

    def see(self, text: str) -> None:
        if text and text not in self._parts and (parts := self._taken_apart(text)):
            self._parts[text] = parts
            self.marks.see(parts[1])

    def _taken_apart(self, text: str) -> tuple[bool, Raw] | None:
        match = _AMOUNT.fullmatch(text)
        if match is None or bool(match["open"]) != bool(match["close"]):
            return None
        signs = [match[name] for name in ("open", "s1", "s2", "s3") if match[name]]
        if len(signs) > 1:
            return None
        if not self.currency and (symbol := match["left"] or match["right"]):
            self.currency = self.marks.currency_of(symbol) or self.how.currency
            self.marks.home = self.currency
        return bool(signs) and signs[0] != "+", Raw(match["number"].strip(), "")

    def read(self, text: str) -> int:
        """Minor units; nothing written is nothing."""
        if not text:
            return 0
        self.see(text)
        if text not in self._parts:
            raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": text[:40]})
        is_negative, raw = self._parts[text]
        _currency, amount, _number = self.marks.read(raw)
        return -amount if is_negative else amount

    def number(self, text: str) -> str:
        """The number with a point for its decimals and nothing else but a sign."""
        number = self._numbers.get(text)
        if number is None:
            self.see(text)
            if text not in self._parts:
                raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": text[:40]})
            is_negative, raw = self._parts[text]
            number = self._numbers[text] = ("-" if is_negative else "") + self.marks.plain(raw)
        return number

    def currency_in(self, text: str) -> str:
        """The currency whose sign or code stands beside an amount."""
        match = _AMOUNT.fullmatch(text)
        symbol = (match["left"] or match["right"] or "") if match else ""
        return self.marks.currency_of(symbol) if symbol else ""

    @property
    def money(self) -> str:
        return self.currency or self.how.currency
