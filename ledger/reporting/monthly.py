"""The monthly report: what came in, what was spent, what is left; by category, day and account; what stood out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.flows import Flow, change
from ledger.queries.reports import monthly
from ledger.queries.reports.asked import Question
from ledger.queries.reports.monthly import Side
from ledger.reporting.document import Amount, Cell, Document, Figure, Figures, Row, Section, Share, Table, Tone, Words
from ledger.reporting.doors import INCOME, SPENDING, Doors
from ledger.reporting.kinds import ReportKind
from ledger.reporting.monthly_days import days_chart
from ledger.reporting.monthly_tables import categories_table, notable_tables, side_text, where_chart, who_tables
from ledger.reporting.wording import honesty, money_words, percent_words, period_text


@dataclass(frozen=True)
class Numbers:
    """All sums of one monthly report, each asked for once."""

    question: Question

    @cached_property
    def now(self) -> Side:
        return monthly.side(self.question)

    @cached_property
    def before(self) -> Side:
        return monthly.earlier(self.question, "before")

    @cached_property
    def last_year(self) -> Side:
        return monthly.earlier(self.question, "year")

    @property
    def compared(self) -> Side:
        """What categories are held against: what was asked for, else the period before."""
        return self.last_year if self.question.compared == "year" else self.before

    @cached_property
    def doors(self) -> Doors:
        return Doors(self.question)


def build(question: Question) -> Document:
    numbers = Numbers(question)
    sections: list[Section] = [_figures(numbers)]
    if not numbers.now.whole.is_nothing:
        sections += _inside(numbers)
    return Document(
        name="monthly",
        title=_("Monthly report"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=sections,
        told=_told(numbers),
        honest=honesty(question.listing(), numbers.now.whole),
        narrow=frozenset({"where", "compared", "income", "accounts", "members", "biggest", "new_payees"}),
    )


def _inside(numbers: Numbers) -> Iterator[Section]:
    question, doors, now = numbers.question, numbers.doors, numbers.now
    yield days_chart(question, doors)
    where = where_chart(question, doors, now)
    if where:
        yield where
    yield _compared(numbers)
    yield from categories_table(question, doors, now, numbers.compared)
    yield from who_tables(question, doors)
    yield from notable_tables(question, doors)


def _told(numbers: Numbers) -> str:
    """The month in one sentence."""
    question, whole = numbers.question, numbers.now.whole
    words = {
        "period": period_text(question),
        "income": money_words(question, whole.income),
        "spending": money_words(question, whole.spending),
        "kept": money_words(question, abs(whole.kept)),
    }
    if whole.is_nothing:
        return _("Nothing came in and nothing was spent in %(period)s.") % words
    if whole.kept >= 0:
        return _("%(income)s came in, %(spending)s was spent, and %(kept)s is left.") % words
    return _("%(income)s came in and %(spending)s was spent, %(kept)s more than came in.") % words


# Each of the four: its key, what it is called, what it is of a flow, the rows that make it, and whether more is good.
Measure = tuple[str, str, Callable[[Flow], int], tuple[object, ...], bool]


def _measures() -> list[Measure]:
    return [
        ("net", _("Net savings"), lambda flow: flow.kept, (), True),
        ("income", _("Income"), lambda flow: flow.income, (INCOME,), True),
        ("spending", _("Expenses"), lambda flow: flow.spending, (SPENDING,), False),
    ]


def _figures(numbers: Numbers) -> Figures:
    question, now = numbers.question, numbers.now.whole
    figures = []
    for key, label, of, terms, more_is_good in _measures():
        url = numbers.doors.to(*terms)  # type: ignore[arg-type]
        amount = Amount(of(now), question.currency, url, signed=key == "net")
        note, tone = _changes(numbers, of, more_is_good)
        figures.append(Figure(key, label, amount, note, tone))
    rate = Figure("rate", _("Savings rate"), Share(now.rate), _rates(numbers))
    return Figures([*figures, rate], title=_("In short"))


def _changes(numbers: Numbers, of: Callable[[Flow], int], more_is_good: bool) -> tuple[str, Tone]:
    """How much it changed against both earlier periods; the tone is that against the period before."""
    words, tone = [], ""
    for side in (numbers.before, numbers.last_year):
        part = change(of(numbers.now.whole), of(side.whole))
        if part is not None:
            words.append(_against(numbers.question, percent_words(numbers.question, part), side))
            if side is numbers.before and part:
                tone = "good" if (part > 0) is more_is_good else "bad"
    return " · ".join(words), tone  # type: ignore[return-value]


def _rates(numbers: Numbers) -> str:
    """The savings rates of both earlier periods, as they were."""
    words = []
    for side in (numbers.before, numbers.last_year):
        rate = side.whole.rate
        if rate is not None:
            words.append(_("%(percent)s in %(period)s") % _said(numbers.question, f"{rate:.0%}", side))
    return " · ".join(words)


def _against(question: Question, percent: str, side: Side) -> str:
    return _("%(percent)s against %(period)s") % _said(question, percent, side)


def _said(question: Question, percent: str, side: Side) -> dict[str, str]:
    return {"percent": percent.replace("-", "\N{MINUS SIGN}"), "period": side_text(question, side)}


def _compared(numbers: Numbers) -> Table:
    """The same four beside both earlier periods, each with its rows."""
    question = numbers.question
    sides = [numbers.now, numbers.before, numbers.last_year]
    rows = []
    for key, label, of, terms, _good in _measures():
        cells: list[Cell] = [Words(label)]
        for side in sides:
            url = numbers.doors.to(*terms, period=side.period)  # type: ignore[arg-type]
            cells.append(Amount(of(side.whole), question.currency, url, signed=key == "net"))
        rows.append(Row(cells))
    rows.append(Row([Words(_("Savings rate")), *(Share(side.whole.rate) for side in sides)]))
    head = [_("Figure"), *(side_text(question, side) for side in sides)]
    return Table("compared", _("Beside earlier times"), head, rows)


KIND = ReportKind(
    name="monthly",
    title=gettext_lazy("Monthly report"),
    about=gettext_lazy("Income, expenses and what is left: by category, day, account, and what stood out."),
    icon="calendar",
    build=build,
    usual="month",
)
