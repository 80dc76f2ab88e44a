"""Periods that reports speak of: a month, a quarter, a year, a pay cycle, or any days; each knows the one before it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

from financeflow.web.days import FIRST_DAY, LAST_DAY

Kind = Literal["month", "quarter", "year", "cycle", "custom"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
# How many months a period of a kind has.
MONTHS: Final[dict[Kind, int]] = {"month": 1, "cycle": 1, "quarter": 3, "year": 12}
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date
    kind: Kind = "custom"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_month(self) -> bool:
        """Whether it is one calendar month."""
        return self.first.day == 1 and self.last == month_end(self.first)

    @property
    def whole_months(self) -> int:
        """How many calendar months it is made of; none where its ends are ragged."""
        if self.first.day != 1 or self.last != month_end(self.last):
            return 0
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def until(self, day: date) -> Period:
        """The part of it up to a day in it: a period that is still running, so far."""
        return Period(self.first, min(self.last, day)) if self.first <= day < self.last else self

    def moved(self, by: int) -> Period:
        """The period of this kind so many further on, or back where `by` is below nothing."""
        months = MONTHS.get(self.kind) or self.whole_months
        if months:
            first = plus_months(self.first, months * by)
            return Period(first, plus_months(first, months) - ONE_DAY, self.kind)
        away = timedelta(days=self.days * by)
        return Period(clamped(self.first, away), clamped(self.last, away), self.kind)

    @property
    def before(self) -> Period:
        return self.moved(-1)

    @property
    def after(self) -> Period:
        return self.moved(1)

    @property
    def year_before(self) -> Period:
        """The same days a year ago."""
        first = plus_months(self.first, -12)
        if MONTHS.get(self.kind) or self.whole_months:
            return Period(first, plus_months(self.last + ONE_DAY, -12) - ONE_DAY, self.kind)
        return Period(first, plus_months(self.last, -12), self.kind)

    def months(self) -> list[date]:
        """The first days of the calendar months it touches."""
        first = self.first.replace(day=1)
        count = (self.last.year - first.year) * 12 + self.last.month - first.month + 1
        return [plus_months(first, number) for number in range(count)]


def period_of(kind: Kind, day: date, *, start_day: int = 1) -> Period:
    """The period of a kind that a day lies in; a pay cycle begins on the household's own day of the month."""
    first = day.replace(day=1)
    if kind == "quarter":
        first = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    elif kind == "year":
        first = first.replace(month=1)
    elif kind == "cycle":
        first = plus_months(first, 0 if day.day >= start_day else -1).replace(day=start_day)
    elif kind == "custom":
        return Period(day, day)
    return Period(first, plus_months(first, MONTHS[kind]) - ONE_DAY, kind)


def latest_months(count: int, day: date) -> Period:
    """So many calendar months, the last of which a day lies in."""
    last = period_of("month", day)
    return Period(plus_months(last.first, 1 - count), last.last)


def plus_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month that is too short; never out of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < FIRST_DAY.year:
        return FIRST_DAY
    if year > LAST_DAY.year:
        return LAST_DAY
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def clamped(day: date, away: timedelta) -> date:
    """A day so far away, or the end of the calendar."""
    if away < timedelta() and day - FIRST_DAY < -away:
        return FIRST_DAY
    return LAST_DAY if LAST_DAY - day < away else day + away
