"""The period picker of a report: steps back and on, and a menu of months, quarters, years, pay cycles or own days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.web.months import YEARS
from ledger.calc.periods import Kind, Period, period_of, plus_months
from ledger.forms.report_asking import AskedReport
from ledger.queries.reports.asked import Question
from ledger.reporting.wording import period_text, written

KINDS: Final = {
    "month": gettext_lazy("Month"),
    "quarter": gettext_lazy("Quarter"),
    "year": gettext_lazy("Year"),
    "cycle": gettext_lazy("Pay cycle"),
    "custom": gettext_lazy("Own days"),
}
YEARS_SHOWN = 12
MONTHS_BACK = (3, 6, 12, 24, 36, 60, 120)


@dataclass(frozen=True)
class PeriodLink:
    """One period in the menu."""

    label: str
    url: str
    current: bool
    future: bool


@dataclass(frozen=True)
class PeriodPicker:
    """What ledger/_period_picker.html shows; `kind` is what its menu offers, which `year` turns."""

    label: str
    before_url: str
    after_url: str
    now_url: str
    now_label: str
    kind: str
    kinds: list[tuple[str, str, bool]]
    year: int
    year_before_url: str
    year_after_url: str
    items: list[PeriodLink]
    latest: list[tuple[str, str]]


def period_picker(asked: AskedReport) -> PeriodPicker:
    question, sent = asked.question, asked.sent
    period = question.period
    kind = sent.get("as", "") if sent.get("as", "") in KINDS else _kind_of(asked)
    shown = sent.get("shown", "")
    year = int(shown) if shown.isdecimal() and len(shown) == 4 and int(shown) in YEARS else period.last.year
    now = period_of(_steps_of(period), question.today, start_day=question.household.month_start_day)
    turns = kind != "custom"
    here = asked.query
    return PeriodPicker(
        label=period_text(question),
        before_url=asked.at(period.before) if period.before != period else "",
        after_url=asked.at(period.after) if period.after.first <= question.today else "",
        now_url=asked.at(now) if question.today not in period else "",
        now_label=period_text(question, now),
        kind=kind,
        kinds=[(str(label), _turned(here, name, year), name == kind) for name, label in _kinds(question).items()],
        year=year,
        year_before_url=_turned(here, kind, year - _step(kind)) if turns and year - _step(kind) in YEARS else "",
        year_after_url=_turned(here, kind, year + _step(kind)) if turns and year < question.today.year else "",
        items=list(_items(asked, kind, year)),
        latest=_latest(asked),
    )


def _kinds(question: Question) -> dict[str, object]:
    """A pay cycle is only offered where months do not begin on the first anyway."""
    has_cycle = question.household.month_start_day > 1
    return {name: label for name, label in KINDS.items() if has_cycle or name != "cycle"}


def _kind_of(asked: AskedReport) -> str:
    period = asked.question.period
    if asked.form.errors:
        return "custom"
    return "month" if period.is_month and period.kind == "custom" else period.kind


def _steps_of(period: Period) -> Kind:
    return "month" if period.kind == "custom" else period.kind


def _step(kind: str) -> int:
    return YEARS_SHOWN if kind == "year" else 1


def _turned(here: str, kind: str, year: int) -> str:
    return f"?{here}{'&' if here else ''}as={kind}&shown={year}"


def _items(asked: AskedReport, kind: str, year: int) -> Iterator[PeriodLink]:
    question = asked.question
    for day in _days(kind, year):
        period = period_of(cast(Kind, kind), day, start_day=question.household.month_start_day)
        future = period.first > question.today
        yield PeriodLink(_label(question, period), asked.at(period), period == _named(question.period), future)


def _days(kind: str, year: int) -> Iterator[date]:
    """A day in each period that the menu offers."""
    if kind == "year":
        yield from (date(each, 1, 1) for each in range(max(year - YEARS_SHOWN + 1, YEARS[0]), year + 1))
    elif kind != "custom":
        every = 3 if kind == "quarter" else 1
        # A pay cycle is known by the month it begins in.
        yield from (plus_months(date(year, 1, 28), months) for months in range(0, 12, every))


def _named(period: Period) -> Period:
    """A calendar month by whichever words it was asked for."""
    return period_of("month", period.first) if period.is_month and period.kind == "custom" else period


def _label(question: Question, period: Period) -> str:
    if period.kind == "month":
        return written(question, period.first, "month_name")
    if period.kind == "quarter":
        return _("Q%(quarter)d") % {"quarter": (period.first.month + 2) // 3}
    if period.kind == "cycle":
        return written(question, period.first, "day")
    return str(period.first.year)


def _latest(asked: AskedReport) -> list[tuple[str, str]]:
    """The months up to now; where they move on by themselves, a saved report does too."""
    most = asked.kind.most_months
    rest = dict.fromkeys(("from", "to", "cycle", "quarter", "month", "year"), ())
    return [
        (_("Latest %(count)d months") % {"count": count}, asked.but(**rest, latest=str(count)))
        for count in MONTHS_BACK
        if count <= most
    ]
