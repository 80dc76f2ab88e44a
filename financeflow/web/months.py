"""The month picker: which months the address asks for, and the links to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

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
# What of an address is the picker's, or means nothing in another month.
OWN = frozenset({"month", "year", "compare", "before", "after"})


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
        return _month_text(self, str(locale), "MMM" if short else "yMMMM")


@lru_cache(maxsize=4096)
def _month_text(month: Month, locale: str, skeleton: str) -> str:
    return format_skeleton(skeleton, month.first_day, locale=locale)


@dataclass(frozen=True)
class MonthLink:
    """One month in the picker; `said` is what of its address is its own."""

    label: str
    url: str
    said: str
    current: bool
    future: bool
    note: str = ""


@dataclass(frozen=True)
class MonthPicker:
    """What components/month_picker.html shows.

    Each way on is what it says beside all else that the page is asked for, which is the `rest`. Pickers of the same
    `standing` look the same but for that.
    """

    chosen: tuple[Month, ...]
    label: str
    prev: str
    prev_label: str
    next: str
    next_label: str
    year: int
    year_prev: str
    year_next: str
    items: tuple[MonthLink, ...]
    this: str
    any_time: bool
    comparing: bool
    compare: str
    show: str
    rest: str
    standing: str

    def to(self, said: str) -> str:
        return f"?{self.before}{said}" if said else ""

    @property
    def before(self) -> str:
        """The rest, as it stands before what a way says."""
        return f"{self.rest}&" if self.rest else ""

    @property
    def prev_url(self) -> str:
        return self.to(self.prev)

    @property
    def next_url(self) -> str:
        return self.to(self.next)

    @property
    def year_prev_url(self) -> str:
        return self.to(self.year_prev)

    @property
    def compare_url(self) -> str:
        return self.to(self.compare)

    @property
    def show_url(self) -> str:
        return f"?{self.before}{self.show}".rstrip("&") if self.comparing else ""

    @property
    def any_url(self) -> str:
        return f"?{self.rest}" if self.any_time else ""


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
    links, rest = _Links(chosen, comparing=comparing), _rest(params)
    before, after = first.plus(-1), last.plus(1)
    return MonthPicker(
        chosen=chosen,
        label=_label(chosen, locale),
        prev=links.only(before),
        prev_label=before.label(locale),
        next=links.only(after),
        next_label=after.label(locale),
        year=year,
        year_prev=links.to(year=str(year - 1)) if year - 1 in YEARS else "",
        year_next=links.to(year=str(year + 1)) if year < this.year else "",
        items=tuple(
            _link(Month(year, number), links, rest, locale, is_future=(year, number) > this) for number in range(1, 13)
        ),
        this=links.only(this),
        any_time=optional and bool(chosen),
        comparing=comparing,
        compare=(links.only(last) if comparing else links.to(compare="1")) if several else "",
        show=links.to() if comparing else "",
        rest=rest,
        standing=f"{locale} {[*map(str, chosen)]} {this} {year} {comparing} {several} {optional}",
    )


def _rest(params: QueryDict) -> str:
    """Every other filter of the page."""
    kept = [(name, values) for name, values in params.lists() if name not in OWN]
    return urlencode(kept, doseq=True)


def _link(month: Month, links: _Links, rest: str, locale: Locale, *, is_future: bool) -> MonthLink:
    said = links.choose(month)
    url = f"?{rest}&{said}" if rest else f"?{said}"
    return MonthLink(month.label(locale, short=True), url, said, month in links.chosen, is_future)


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
    """What ways to other months say."""

    chosen: tuple[Month, ...]
    comparing: bool

    def to(self, **changed: str) -> str:
        return urlencode([*(("month", str(month)) for month in self.chosen), *changed.items()])

    def only(self, month: Month) -> str:
        return f"month={month}"

    def choose(self, month: Month) -> str:
        """This month alone; while comparing, the chosen ones with this one put in or taken out."""
        if not self.comparing:
            return self.only(month)
        months = sorted({*self.chosen} ^ {month}) or [month]
        return urlencode([*(("month", str(each)) for each in months[-MOST_MONTHS:]), ("compare", "1")])
