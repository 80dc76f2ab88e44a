"""The month picker: which months the address asks for, and the links to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from babel import Locale
from babel.dates import format_skeleton
from django.http import Http404, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.dates import reading_locale

YEARS = range(1900, 2200)
MOST_MONTHS = 24


class Month(NamedTuple):
    """A calendar month; compares and counts like one."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """From YYYY-MM; anything else is a page that does not exist."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        month = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        if month.year not in YEARS or not 1 <= month.month <= 12:
            raise Http404(_("There is no month “%(text)s”: write it as 2026-11.") % {"text": text[:20]})
        return month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def plus(self, months: int) -> Month:
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.plus(1).first_day - timedelta(days=1)

    def label(self, locale: Locale, *, short: bool = False) -> str:
        return format_skeleton("MMM" if short else "yMMMM", self.first_day, locale=locale)


@dataclass(frozen=True)
class MonthLink:
    """One month in the picker."""

    label: str
    url: str
    current: bool
    future: bool
    note: str = ""


@dataclass(frozen=True)
class MonthPicker:
    """What components/month_picker.html shows."""

    chosen: tuple[Month, ...]
    label: str
    prev_url: str
    prev_label: str
    next_url: str
    next_label: str
    year: int
    year_prev_url: str
    year_next_url: str
    items: tuple[MonthLink, ...]
    this_url: str
    any_url: str
    comparing: bool
    compare_url: str
    show_url: str


def household_months(request: MemberRequest, *, several: bool = False, optional: bool = False) -> MonthPicker:
    """The picker for a page of the household at hand: its today, its way of writing months."""
    locale = reading_locale(get_language() or "en", request.household.locale)
    today = today_in(request.household.time_zone)
    return month_picker(request.GET, today=today, locale=locale, several=several, optional=optional)


def month_picker(
    params: QueryDict, *, today: date, locale: Locale, several: bool = False, optional: bool = False
) -> MonthPicker:
    """The picker for an address: `?month=2026-11`, several times over where the page takes several months.

    Where no month is asked for it is this one, or any time where a month is `optional`.
    """
    this = Month.of(today)
    asked = tuple(sorted({Month.parse(text) for text in params.getlist("month")[:MOST_MONTHS]}))
    chosen = (asked if several else asked[-1:]) or (() if optional else (this,))
    first, last = (chosen[0], chosen[-1]) if chosen else (this.plus(1), this)
    comparing = several and (len(chosen) > 1 or "compare" in params)
    year = _year(params.get("year", ""), last.year)
    links = _Links(params, chosen, comparing=comparing)
    before, after = first.plus(-1), last.plus(1)
    return MonthPicker(
        chosen=chosen,
        label=_label(chosen, locale),
        prev_url=links.only(before),
        prev_label=before.label(locale),
        next_url=links.only(after),
        next_label=after.label(locale),
        year=year,
        year_prev_url=links.to(year=str(year - 1)) if year - 1 in YEARS else "",
        year_next_url=links.to(year=str(year + 1)) if year < this.year else "",
        items=tuple(
            MonthLink(month.label(locale, short=True), links.choose(month), month in chosen, month > this)
            for month in (Month(year, number) for number in range(1, 13))
        ),
        this_url=links.only(this),
        any_url=links.any_time() if optional and chosen else "",
        comparing=comparing,
        compare_url=(links.only(last) if comparing else links.to(compare="1")) if several else "",
        show_url=links.to() if comparing else "",
    )


def _label(chosen: tuple[Month, ...], locale: Locale) -> str:
    if not chosen:
        return _("Any time")
    return chosen[0].label(locale) if len(chosen) == 1 else _("%(count)d months") % {"count": len(chosen)}


def _year(text: str, default: int) -> int:
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in YEARS:
        raise Http404(_("There is no year “%(text)s”.") % {"text": text[:20]})
    return int(text)


@dataclass(frozen=True)
class _Links:
    """Addresses that keep every other filter of the page."""

    params: QueryDict
    chosen: tuple[Month, ...]
    comparing: bool

    def to(self, **changed: str) -> str:
        params = self._kept()
        params.setlist("month", [str(month) for month in self.chosen])
        for name, value in changed.items():
            params[name] = value
        return f"?{params.urlencode()}"

    def only(self, month: Month) -> str:
        params = self._kept()
        params["month"] = str(month)
        return f"?{params.urlencode()}"

    def any_time(self) -> str:
        return f"?{self._kept().urlencode()}"

    def choose(self, month: Month) -> str:
        """This month alone; while comparing, the chosen ones with this one put in or taken out."""
        if not self.comparing:
            return self.only(month)
        params = self._kept()
        months = sorted({*self.chosen} ^ {month}) or [month]
        params.setlist("month", [str(each) for each in months[-MOST_MONTHS:]])
        params["compare"] = "1"
        return f"?{params.urlencode()}"

    def _kept(self) -> QueryDict:
        params = self.params.copy()
        for name in ("month", "year", "compare", "before", "after"):
            params.pop(name, None)
        return params
