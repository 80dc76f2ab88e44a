"""Income against expenses: month by month what came in, what was spent and what was kept, and what that adds up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.buckets import buckets, by_bucket
from ledger.calc.flows import Flow, change, together
from ledger.calc.periods import Period
from ledger.calc.terms import Term
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import grouped, whole
from ledger.queries.reports.strands import begun
from ledger.reporting.axes import money_style
from ledger.reporting.document import (
    Amount,
    Chart,
    Document,
    Figure,
    Figures,
    Row,
    Section,
    Share,
    Table,
    Tone,
    Words,
)
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING, Doors
from ledger.reporting.kinds import ReportKind
from ledger.reporting.series_drawn import current_of, short_texts
from ledger.reporting.wording import honesty, money_words, percent_words, period_text

MOST_BARS: Final = 36


def build(question: Question) -> Document:
    pieces = buckets(question.period, MOST_BARS, since=begun())
    months = {month: flow for (month,), flow in grouped(question.listing(), "month").items()}
    flows = by_bucket(pieces, months)
    every = together(flows)
    sections: list[Section] = [_figures(question, every)]
    if not every.is_nothing:
        sheet = Sheet(question, pieces, flows)
        sections += [sheet.chart(), *([sheet.kept_chart()] if len(pieces) > 1 else []), sheet.table()]
    return Document(
        name="income",
        title=_("Income and expenses"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=sections,
        told=_told(question, pieces, flows, every),
        honest=honesty(question.listing(), every),
    )


def _told(question: Question, pieces: Sequence[Period], flows: Sequence[Flow], every: Flow) -> str:
    """What was kept, and how often more was spent than came in."""
    if every.is_nothing:
        return _("Nothing came in and nothing was spent in this time.")
    words = {"kept": money_words(question, abs(every.kept)), "income": money_words(question, every.income)}
    passed = [flow for piece, flow in zip(pieces, flows, strict=True) if piece.first <= question.today]
    short = sum(flow.kept < 0 for flow in passed)
    first = (
        _("Of %(income)s that came in, %(kept)s was kept.") % words
        if every.kept >= 0 and every.income > 0
        else _("%(kept)s more was spent than came in.") % words
    )
    if len(passed) < 2 or every.income <= 0:
        return first
    if not short:
        return f"{first} {_('Never was more spent than came in.')}"
    counts = {"count": short, "all": len(passed)}
    return f"{first} {_('In %(count)s of %(all)s more was spent than came in.') % counts}"


# Each figure: its key, its name, what it is of a flow, the rows that make it, and whether more is good.
Measure = tuple[str, str, Callable[[Flow], int], Term, bool]


def measures() -> list[Measure]:
    return [
        ("net", _("Kept"), lambda flow: flow.kept, NOT_TRANSFER, True),
        ("income", _("Income"), lambda flow: flow.income, INCOME, True),
        ("spending", _("Expenses"), lambda flow: flow.spending, SPENDING, False),
    ]


def _figures(question: Question, every: Flow) -> Figures:
    doors, other = Doors(question), question.other_period
    before = whole(question.listing(other)) if other else None
    figures: list[Figure] = []
    tone: Tone
    for key, label, of, term, more_is_good in measures():
        note, tone = "", ""
        if other and before:
            note, tone = against(
                question, of(every), of(before), period_text(question, other), more_is_good=more_is_good
            )
        value = Amount(of(every), question.currency, doors.to(term), signed=key == "net")
        figures.append(Figure(key, label, value, note, tone))
    rate = ""
    if other and before and before.rate is not None:
        words = {"percent": percent_words(question, before.rate).lstrip("+"), "period": period_text(question, other)}
        rate = _("%(percent)s in %(period)s") % words
    return Figures([*figures, Figure("rate", _("Savings rate"), Share(every.rate), rate)], title=_("In short"))


def against(question: Question, now: int, before: int, other: str, *, more_is_good: bool) -> tuple[str, Tone]:
    """By how much it changed, in words, and whether that is good; `other` is what it is held against."""
    part = change(now, before)
    if part is None:
        return "", ""
    words = {"change": percent_words(question, part), "period": other}
    tone: Tone = "" if not part else "good" if (part > 0) is more_is_good else "bad"
    return _("%(change)s on %(period)s") % words, tone


class Sheet:
    """The pieces of a time, each with what came in, what was spent and what was kept."""

    def __init__(self, question: Question, pieces: Sequence[Period], flows: Sequence[Flow]) -> None:
        self.question, self.pieces, self.flows = question, pieces, flows
        self.doors = Doors(question)
        self.kept_by_then = list(accumulate(flow.kept for flow in flows))

    def chart(self) -> Chart:
        label = _("Income and expenses, %(period)s") % {"period": period_text(self.question)}
        data = {
            **self._labels(),
            "current": current_of(self.question, self.pieces),
            "money_in": [flow.income for flow in self.flows],
            "money_out": [flow.spending for flow in self.flows],
            "urls": [[self.doors.to(term, period=piece) for piece in self.pieces] for term in (INCOME, SPENDING)],
            **money_style(self.question),
        }
        return Chart("months", _("Money in and out"), "months", label, data, height="tall")

    def kept_chart(self) -> Chart:
        """What was kept since the first day, by the end of each piece."""
        label = _("What was kept since the first day, %(period)s") % {"period": period_text(self.question)}
        series = {"label": _("Kept"), "hue": "kept", "values": self.kept_by_then}
        urls = [self._since(place) for place in range(len(self.pieces))]
        data = {**self._labels(), "series": [series], "urls": [urls], **money_style(self.question)}
        return Chart("kept", _("Kept in all"), "lines", label, data)

    def _since(self, place: int) -> str:
        return self.doors.to(NOT_TRANSFER, period=Period(self.pieces[0].first, self.pieces[place].last))

    def _labels(self) -> dict[str, list[str]]:
        return {
            "labels": [period_text(self.question, piece) for piece in self.pieces],
            "short": short_texts(self.question, self.pieces),
        }

    def table(self) -> Table:
        rows = [self._row(place) for place in range(len(self.pieces))]
        rows.append(self._sum(together(self.flows)))
        head = [_("Period"), _("Income"), _("Expenses"), _("Kept"), _("Savings rate"), _("Kept in all")]
        return Table("pieces", _("One after another"), head, rows)

    def _row(self, place: int) -> Row:
        flow, piece = self.flows[place], self.pieces[place]
        kept_by_then = Amount(self.kept_by_then[place], self.question.currency, self._since(place), signed=True)
        return Row([Words(period_text(self.question, piece)), *self._amounts(flow, piece), kept_by_then])

    def _sum(self, every: Flow) -> Row:
        return Row([Words(_("Together")), *self._amounts(every, self.question.period), None], is_sum=True)

    def _amounts(self, flow: Flow, period: Period) -> list[Amount | Share]:
        amounts = ((flow.income, INCOME), (flow.spending, SPENDING), (flow.kept, NOT_TRANSFER))
        cells: list[Amount | Share] = [
            Amount(minor, self.question.currency, self.doors.to(term, period=period), signed=term is NOT_TRANSFER)
            for minor, term in amounts
        ]
        return [*cells, Share(flow.rate)]


KIND = ReportKind(
    name="income",
    title=gettext_lazy("Income and expenses"),
    about=gettext_lazy("What came in against what was spent, what was kept of it, and what that adds up to"),
    icon="scale",
    build=build,
    usual="latest",
)
