"""The spending calendar: each day as strong as what was spent on it, dear weekdays and days, days without spending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel.dates import get_day_names
from babel.numbers import format_compact_decimal
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.web.dates import reading_locale
from ledger.calc.flows import Flow, share
from ledger.calc.heat import bounds_of, step_of, weeks_of
from ledger.calc.periods import Period
from ledger.queries.reports.asked import Question
from ledger.queries.reports.spending_days import SpendingDays, spending_days
from ledger.reporting.document import Amount, Count, Day, Document, Figure, Figures, Part, Row, Share, Table, Words
from ledger.reporting.doors import SPENDING, Doors
from ledger.reporting.kinds import ReportKind
from ledger.reporting.wording import honesty, money_words, period_text, written

DEAREST: Final = 10
# Up to so many months the amount stands in each day; of more, a bar that grows with it.
MOST_WRITTEN: Final = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar: its step from 0 to 5, what was spent in words and in short, and the door to its rows.

    `label` is what its link is called for those who do not see in which month it stands.
    """

    day: date
    step: int = 0
    said: str = ""
    label: str = ""
    short: str = ""
    url: str = ""
    is_today: bool = False
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class MonthSheet:
    label: str
    spent: Amount
    weeks: list[list[Cell | None]]


def build(question: Question) -> Document:
    found = spending_days(question)
    return Document(
        name="calendar",
        title=_("Spending calendar"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=[
            _figures(question, found),
            _calendar(question, found),
            _weekdays(question, found),
            _dearest(question, found),
        ],
        told=_told(question, found),
        honest=honesty(question.listing(), found.whole),
        narrow=frozenset({"weekdays", "dearest"}),
    )


def _told(question: Question, found: SpendingDays) -> str:
    dearest = found.dearest(1)
    if not dearest:
        return _("Nothing was spent in this time.")
    words = {
        "idle": len(found.idle),
        "days": len(found.days),
        "amount": money_words(question, found.spent(dearest[0])),
        "day": written(question, dearest[0], "weekday"),
    }
    told = _("The dearest day was %(day)s, with %(amount)s.") % words
    if not found.idle:
        return told
    idle = ngettext(
        "On %(idle)s of %(days)s days nothing was spent.",
        "On %(idle)s of %(days)s days nothing was spent.",
        len(found.idle),
    )
    return f"{idle % words} {told}"


def _figures(question: Question, found: SpendingDays) -> Figures:
    currency, door = question.currency, _day_doors(question)
    figures = [
        Figure("spent", _("Spent"), Amount(found.whole.spending, currency, Doors(question).to(SPENDING))),
        Figure("average", _("A day on average"), Amount(found.average, currency)),
        Figure("idle", _("Days without spending"), Count(len(found.idle)), _longest(question, found)),
    ]
    for day in found.dearest(1):
        dearest = Amount(found.spent(day), currency, door(day))
        figures.append(Figure("dearest", _("Dearest day"), dearest, written(question, day)))
    return Figures(figures)


def _longest(question: Question, found: SpendingDays) -> str:
    if not (run := found.longest_idle):
        return ""
    days = (run[1] - run[0]).days + 1
    words = {"days": days, "first": written(question, run[0], "day"), "last": written(question, run[1], "day")}
    if days == 1:
        return _("no two in a row")
    return _("%(days)s in a row from %(first)s to %(last)s") % words


def _day_doors(question: Question) -> Callable[[date], str]:
    """The door to the spending of a day: the address is worked out once, for a year has many days."""
    first = question.period.first
    head, _iso, tail = Doors(question).to(SPENDING, period=Period(first, first)).rpartition(first.isoformat())
    return lambda day: f"{head}{day}{tail}"


def _calendar(question: Question, found: SpendingDays) -> Part:
    months = question.period.months()
    drawing = _Drawing(question, found)
    it = {
        "months": [drawing.month(month) for month in months],
        "weekdays": _weekday_names(question),
        "scale": drawing.scale(),
        "is_written": len(months) <= MOST_WRITTEN,
    }
    return Part("calendar", _("Day by day"), "ledger/reports/_calendar.html", it, [_days_table(question, found)])


class _Drawing:
    """Draws days as cells: all by the same five steps."""

    def __init__(self, question: Question, found: SpendingDays) -> None:
        self.question, self.found = question, found
        self.door = _day_doors(question)
        self.bounds = bounds_of([flow.spending for flow in found.flows.values()])
        self.locale = reading_locale(get_language() or "en", question.household.locale)
        self.unit = 10 ** minor_digits(question.currency)

    def month(self, month: date) -> MonthSheet:
        weeks = weeks_of(month, self.question.household.first_weekday)
        days = [day for week in weeks for day in week if day and day in self.question.period]
        whole, shown = sum(map(self.found.spent, days)), Period(days[0], days[-1])
        spent = Amount(whole, self.question.currency, Doors(self.question).to(SPENDING, period=shown))
        label = written(self.question, month, "month")
        return MonthSheet(label, spent, [[day and self.cell(day) for day in week] for week in weeks])  # type: ignore[misc]

    def cell(self, day: date) -> Cell:
        question = self.question
        is_today, is_out = day == question.today, day not in question.period
        if is_out or day not in self.found.flows:
            return Cell(day, said=_("nothing spent"), is_today=is_today, is_out=is_out or day > question.today)
        spent = self.found.spent(day)
        said = money_words(question, abs(spent))
        if spent < 0:
            said = _("%(amount)s more came back than was spent") % {"amount": said}
        label = f"{written(question, day)}: {said}"
        return Cell(day, step_of(spent, self.bounds), said, label, self.short(spent), self.door(day), is_today)

    def short(self, minor: int) -> str:
        """To the whole unit, thousands as 1.2K: what fits into a day."""
        whole = round(minor / self.unit, 1 if abs(minor) < 10 * self.unit and self.unit > 1 else 0)
        digits = 1 if abs(whole) >= 1000 else 0
        text = format_compact_decimal(whole, locale=self.locale, fraction_digits=digits)
        return str(text).replace("-", "−")

    def scale(self) -> list[dict[str, Any]]:
        """What each step stands for, from quiet to dear."""
        steps = [step_of(bound, self.bounds) for bound in self.bounds]
        said = [_("up to %(amount)s") % {"amount": money_words(self.question, bound)} for bound in self.bounds]
        if self.bounds:
            return [*({"step": step, "said": words} for step, words in zip(steps, said, strict=True)), self._top()]
        return [self._top()] if self.found.dearest(1) else []

    def _top(self) -> dict[str, Any]:
        most = money_words(self.question, self.found.spent(self.found.dearest(1)[0]))
        return {"step": 5, "said": _("up to %(amount)s") % {"amount": most}}


def _weekday_order(question: Question) -> Iterator[int]:
    """Monday is 0; from the day that the household begins its week with."""
    return ((question.household.first_weekday + step) % 7 for step in range(7))


def _weekday_names(question: Question) -> list[dict[str, str]]:
    locale = reading_locale(get_language() or "en", question.household.locale)
    short, long = get_day_names("short", locale=locale), get_day_names("wide", locale=locale)
    return [{"short": short[number], "long": long[number]} for number in _weekday_order(question)]


def _days_table(question: Question, found: SpendingDays) -> Table:
    door, currency = _day_doors(question), question.currency
    rows = [Row([Day(day), Amount(found.spent(day), currency, door(day))]) for day in sorted(found.flows)]
    return Table("days", _("Day by day"), [_("Day"), _("Spent")], rows)


def _weekdays(question: Question, found: SpendingDays) -> Table:
    names, rows = _weekday_names(question), []
    every = [found.weekday(number) for number in _weekday_order(question)]
    whole = sum(max(each.spent, 0) for each in every)
    for name, each in zip(names, every, strict=True):
        average = Amount(each.average, question.currency)
        rows.append(Row([Words(name["long"]), average, Share(share(each.spent, whole)), Count(each.with_spending)]))
    head = [_("Weekday"), _("Average"), _("Share"), _("Days with spending")]
    return Table("weekdays", _("By weekday"), head, rows if found.days else [])


def _dearest(question: Question, found: SpendingDays) -> Table:
    door, currency, whole = _day_doors(question), question.currency, found.whole.spending
    rows = []
    for day in found.dearest(DEAREST):
        flow: Flow = found.flows[day]
        spent = Amount(flow.spending, currency, door(day))
        rows.append(Row([Day(day, "weekday_year"), spent, Share(share(flow.spending, whole))]))
    return Table("dearest", _("Dearest days"), [_("Day"), _("Spent"), _("Share")], rows)


KIND = ReportKind(
    name="calendar",
    title=gettext_lazy("Spending calendar"),
    about=gettext_lazy("Each day as strong as what was spent on it; dear weekdays, and days without spending."),
    icon="calendar",
    build=build,
    usual="latest",
    compares=False,
    most_months=12,
)
