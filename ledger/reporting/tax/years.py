"""Tax years: where they begin, how they are called, and which of them a report is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from babel.core import Locale
from babel.dates import format_skeleton
from django.utils.translation import get_language

from financeflow.web.dates import reading_locale
from ledger.calc.periods import ONE_DAY, Period, plus_months
from ledger.queries.reports.asked import Question
from ledger.queries.reports.tax import first_year
from ledger.reporting.kinds import Option

# Where the tax year of people does not begin with the calendar's.
STARTS: Final = {"GB": "04-06", "AU": "07-01", "NZ": "04-01", "IN": "04-01", "HK": "04-01", "ZA": "03-01"}
USUAL: Final = "01-01"
MOST_YEARS: Final = 12


def start_options(question: Question) -> list[Option]:
    """The first of each month and the British sixth of April; that of the household's country first."""
    days = sorted({*(f"{month:02}-01" for month in range(1, 13)), *STARTS.values()})
    own = usual_start(question)
    return [Option(value, _start_text(question, value)) for value in (own, *(day for day in days if day != own))]


def usual_start(question: Question) -> str:
    territory = Locale.parse(question.household.locale, sep="-").territory or ""
    return STARTS.get(territory, USUAL)


def year_options(question: Question) -> list[Option]:
    """This tax year, which needs no name in the address, and those before it as far as the books go."""
    running = running_year(question)
    # A tax year may have begun in the year before the first in the books.
    first = max((first_year() or running) - 1, running - MOST_YEARS + 1)
    earlier = [Option(str(year), year_text(question, year)) for year in range(running - 1, first - 1, -1)]
    return [Option("", year_text(question, running)), *earlier]


def running_year(question: Question) -> int:
    """The year in which the tax year began that today is in."""
    year = question.today.year
    return year if _begins(question, year) <= question.today else year - 1


def in_tax_year(question: Question) -> Question:
    """The same question of the tax year chosen."""
    chosen = question.choice("of")
    return replace(question, period=tax_year(question, int(chosen) if chosen else running_year(question)))


def tax_year(question: Question, year: int) -> Period:
    """The tax year that begins in a year."""
    first = _begins(question, year)
    return Period(first, plus_months(first, 12) - ONE_DAY)


def year_text(question: Question, year: int) -> str:
    """2026, or 2026/27 where it does not begin with the calendar's."""
    return str(year) if _start(question) == USUAL else f"{year}/{(year + 1) % 100:02}"


def _start(question: Question) -> str:
    return question.choice("starts") or usual_start(question)


def _begins(question: Question, year: int) -> date:
    month, day = map(int, _start(question).split("-"))
    return date(year, month, day)


def _start_text(question: Question, value: str) -> str:
    month, day = map(int, value.split("-"))
    known = reading_locale(get_language() or "en", question.household.locale)
    return format_skeleton("MMMMd", date(2000, month, day), locale=known)
