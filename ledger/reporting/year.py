"""The year in review: its figures against the year before, what stood out, its months, categories and payees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.buckets import buckets, by_bucket
from ledger.calc.flows import change, share
from ledger.calc.terms import Term
from ledger.queries.reports.asked import Question
from ledger.queries.reports.years import Changed, Year
from ledger.reporting.document import (
    Amount,
    Cell,
    Document,
    Figure,
    Figures,
    Row,
    Section,
    Share,
    Table,
    Words,
)
from ledger.reporting.doors import SPENDING, Doors
from ledger.reporting.income import MOST_BARS, Sheet, against, measures
from ledger.reporting.kinds import ReportKind
from ledger.reporting.monthly_tables import biggest_table
from ledger.reporting.wording import honesty, money_words, percent_words, period_text, written
from ledger.reporting.year_stories import before_text, head_text, stories_part, terms_of

MOST_ROWS: Final = 10
MOST_CHANGED: Final = 4


def build(question: Question) -> Document:
    year = Year(question)
    sections: list[Section] = [_figures(year)]
    if not year.flow.is_nothing:
        sections += _inside(year)
    return Document(
        name="year",
        title=_("Year in review"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=sections,
        told=_told(year),
        honest=honesty(question.listing(), year.flow),
        narrow=frozenset({"top", "payees", "changed", "biggest"}),
    )


def _inside(year: Year) -> Iterator[Section]:
    pieces = buckets(year.question.period, MOST_BARS)
    sheet = Sheet(year.question, pieces, by_bucket(pieces, year.months))
    part = stories_part(year)
    if part:
        yield part
    chart = sheet.chart()
    yield chart
    tables = _Tables(year)
    yield from tables.top()
    yield from tables.payees()
    yield from tables.changed()
    yield from biggest_table(year.question, year.biggest, _("Biggest expenses"))


def _told(year: Year) -> str:
    """The year in two sentences: what it came to, and how that is against the year before."""
    question, flow, before = year.question, year.flow, year.before
    if flow.is_nothing:
        return _("Nothing came in and nothing was spent in this time.")
    words = {
        "income": money_words(question, flow.income),
        "spending": money_words(question, flow.spending),
        "kept": money_words(question, abs(flow.kept)),
        "before": before_text(year),
        "more": money_words(question, abs(flow.kept - before.kept)),
    }
    if flow.kept >= 0:
        told = _("%(income)s came in, %(spending)s was spent, and %(kept)s is left.") % words
    else:
        told = _("%(income)s came in and %(spending)s was spent, %(kept)s more than came in.") % words
    if before.is_nothing or flow.kept == before.kept:
        return told
    if flow.kept > before.kept:
        return f"{told} {_('That is %(more)s better than %(before)s.') % words}"
    return f"{told} {_('That is %(more)s short of %(before)s.') % words}"


def _figures(year: Year) -> Figures:
    question, doors = year.question, Doors(year.question)
    figures = []
    for key, label, of, term, more_is_good in measures():
        note, tone = against(question, of(year.flow), of(year.before), before_text(year), more_is_good=more_is_good)
        value = Amount(of(year.flow), question.currency, doors.to(term), signed=key == "net")
        figures.append(Figure(key, label, value, note, tone))
    note = ""
    if year.before.rate is not None:
        words = {
            "percent": percent_words(question, year.before.rate).lstrip("+"),
            "period": before_text(year),
        }
        note = _("%(percent)s in %(period)s") % words
    return Figures([*figures, Figure("rate", _("Savings rate"), Share(year.flow.rate), note)], title=_("In short"))


class _Tables:
    """Tables of a year against the year before."""

    def __init__(self, year: Year) -> None:
        self.year, self.question, self.doors = year, year.question, Doors(year.question)
        self.before = head_text(year)
        self.note = _("Both up to %(day)s") % {"day": written(year.question, year.question.today, "day")}
        self.note = self.note if year.is_running else ""

    def top(self) -> Iterator[Table]:
        largest = [each for each in self.year.changed if each.now > 0][:MOST_ROWS]
        if largest:
            head = [_("Category"), _("Amount"), _("Share"), self.before, _("Change")]
            yield Table("top", _("Where it went"), head, [self._category(each) for each in largest], note=self.note)

    def changed(self) -> Iterator[Table]:
        """What grew most and what fell most, by how much."""
        moved = sorted((each for each in self.year.changed if each.by), key=lambda each: each.by)
        grown = [each for each in reversed(moved) if each.by > 0][:MOST_CHANGED]
        fallen = [each for each in moved if each.by < 0][:MOST_CHANGED]
        if self.year.before.is_nothing or not (grown or fallen):
            return
        head = [_("Category"), _("Amount"), self.before, _("More or less")]
        rows = [self._moved(each) for each in (*grown, *reversed(fallen))]
        yield Table("changed", _("What changed most"), head, rows, note=self.note)

    def payees(self) -> Iterator[Table]:
        payees = self.year.top_payees(MOST_ROWS)
        if payees:
            head = [_("Payee"), _("Amount"), _("Share"), self.before, _("Change")]
            rows = [
                Row(
                    [
                        Words(payee.name),
                        *self._figures(
                            self.year.by_payee[payee.pk],
                            self.year.by_payee_before.get(payee.pk, 0),
                            (self.doors.payee(payee), SPENDING),
                        ),
                    ]
                )
                for payee in payees
            ]
            yield Table("payees", _("Who it went to"), head, rows, note=self.note)

    def _category(self, each: Changed) -> Row:
        terms = terms_of(self.question, self.doors, each)
        return Row([_named(each), *self._figures(each.now, each.before, terms)])

    def _figures(self, now: int, before: int, terms: tuple[Term, ...]) -> list[Cell]:
        return [
            self._amount(now, self.doors.to(*terms)),
            Share(share(now, self.year.flow.spending)),
            self._amount(before, self.doors.to(*terms, period=self.year.other)),
            Share(change(now, before), signed=True),
        ]

    def _moved(self, each: Changed) -> Row:
        terms = terms_of(self.question, self.doors, each)
        return Row(
            [
                _named(each),
                self._amount(each.now, self.doors.to(*terms)),
                self._amount(each.before, self.doors.to(*terms, period=self.year.other)),
                # What lies between two lists has none of its own: the figures beside it have theirs.
                Words(_more_or_less(self.question, each.by)),
            ]
        )

    def _amount(self, minor: int, url: str) -> Amount:
        return Amount(minor, self.question.currency, url)


def _more_or_less(question: Question, by: int) -> str:
    words = {"sum": money_words(question, abs(by))}
    return _("%(sum)s more") % words if by > 0 else _("%(sum)s less") % words


def _named(each: Changed) -> Words:
    category = each.stream.category
    return Words(category.name, hue=category.hue, icon=category.icon) if category else Words(_("Uncategorised"))


KIND = ReportKind(
    name="year",
    title=gettext_lazy("Year in review"),
    about=gettext_lazy("The year told: its months, what it went to and to whom, and what changed most"),
    icon="star",
    build=build,
    usual="year",
    # It is set against the year before, always.
    compares=False,
)
