"""What a year in review tells: one small story each for its months, categories, payees and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.calc.flows import share
from ledger.calc.periods import Period, period_of
from ledger.calc.terms import Term
from ledger.queries.reports.asked import Question
from ledger.queries.reports.years import Changed, Year
from ledger.reporting.document import Amount, Cell, Count, Part, Row, Table, Words
from ledger.reporting.doors import NOT_TRANSFER, SPENDING, Doors
from ledger.reporting.flow import stream_terms
from ledger.reporting.strands import Terms
from ledger.reporting.wording import money_words, percent_words, period_text, written


@dataclass(frozen=True)
class Story:
    """A figure, what it is about, and a sentence that tells the rest."""

    icon: str
    title: str
    name: str
    figure: Cell
    words: str = ""


def stories_part(year: Year) -> Part | None:
    told = list(Stories(year).all())
    if not told:
        return None
    rows = [Row([Words(story.title), Words(story.name), story.figure, Words(story.words)]) for story in told]
    table = Table("stories_table", _("What stood out"), ["", _("Which"), _("How much"), _("And")], rows)
    it: dict[str, Any] = {"stories": told}
    return Part("stories", _("What stood out"), "ledger/reports/_stories.html", it, [table])


class Stories:
    """The stories of one year, in the order they are told."""

    def __init__(self, year: Year) -> None:
        self.year, self.question = year, year.question
        self.doors = Doors(self.question)

    def all(self) -> Iterator[Story]:
        yield from self._months()
        yield from self._categories()
        yield from self._payees()
        yield from self._days()

    def _months(self) -> Iterator[Story]:
        year = self.year
        if best := year.best_month:
            flow = year.months[best]
            words = _("%(income)s came in and %(spending)s was spent.") % self._money(flow.income, flow.spending)
            yield self._of_month("star", _("The best month"), best, flow.kept, NOT_TRANSFER, words)
        if dearest := year.dearest_month:
            spent = year.months[dearest].spending
            yield self._of_month("flame", _("The dearest month"), dearest, spent, SPENDING, self._part(spent))

    def _of_month(self, icon: str, title: str, month: date, minor: int, term: Term, words: str) -> Story:
        period = cut(period_of("month", month), self.question.period)
        url = self.doors.to(term, period=period)
        figure = Amount(minor, self.question.currency, url, signed=term is NOT_TRANSFER)
        return Story(icon, title, written(self.question, month, "month"), figure, words)

    def _categories(self) -> Iterator[Story]:
        changed = self.year.changed
        if not changed or changed[0].now <= 0:
            return
        most = changed[0]
        yield self._of_category("pie", _("Most went to"), most, self._part(most.now))
        if not any(each.before for each in changed):
            return
        more, less = max(changed, key=lambda each: each.by), min(changed, key=lambda each: each.by)
        against = {"period": before_text(self.year)}
        if more.by > 0:
            words = _("%(sum)s more than in %(period)s.") % {**against, **self._sum(more.by)}
            yield self._of_category("arrow-up", _("Grew most"), more, words)
        if less.by < 0:
            words = _("%(sum)s less than in %(period)s.") % {**against, **self._sum(-less.by)}
            yield self._of_category("arrow-down", _("Fell most"), less, words)

    def _of_category(self, icon: str, title: str, changed: Changed, words: str) -> Story:
        category = changed.stream.category
        url = self.doors.to(*terms_of(self.question, self.doors, changed))
        name = category.name if category else _("Uncategorised")
        return Story(icon, title, name, Amount(changed.now, self.question.currency, url), words)

    def _payees(self) -> Iterator[Story]:
        year, currency = self.year, self.question.currency
        for payee in year.top_payees(1):
            paid = year.by_payee[payee.pk]
            url = self.doors.to(self.doors.payee(payee), SPENDING)
            monthly = _("%(sum)s in an average month.") % self._sum(paid // max(len(year.months), 1))
            yield Story("person", _("Most was paid to"), payee.name, Amount(paid, currency, url), monthly)
        for big in year.biggest[:1]:
            row = big.row
            url = reverse("transaction_show", args=[row.uid])
            name = row.payee.name if row.payee else row.description or _("Nobody named")
            words = _("On %(day)s.") % {"day": written(self.question, row.date, "weekday")}
            yield Story("coins", _("The biggest amount"), name, Amount(big.amount, currency, url, signed=True), words)
        if year.new_payees:
            words = ngettext("Named for the first time.", "Named for the first time.", year.new_payees)
            yield Story("people", _("New payees"), "", Count(year.new_payees), words)

    def _days(self) -> Iterator[Story]:
        found = self.year.days
        if not found.idle or not found.whole.count:
            return
        words = _("Of %(days)s days.") % {"days": len(found.days)}
        if run := found.longest_idle:
            days = (run[1] - run[0]).days + 1
            ends = {"first": written(self.question, run[0], "day"), "last": written(self.question, run[1], "day")}
            longest = _("The longest stretch was %(days)s days, %(first)s to %(last)s.") % {"days": days, **ends}
            words = f"{words} {longest if days > 1 else _('Never two in a row.')}"
        yield Story("leaf", _("Days without spending"), "", Count(len(found.idle)), words)

    def _money(self, income: int, spending: int) -> dict[str, str]:
        return {"income": money_words(self.question, income), "spending": money_words(self.question, spending)}

    def _sum(self, minor: int) -> dict[str, str]:
        return {"sum": money_words(self.question, minor)}

    def _part(self, minor: int) -> str:
        part = share(minor, self.year.flow.spending)
        if not part:
            return ""
        return _("%(percent)s of all that was spent.") % {"percent": percent_words(self.question, part).lstrip("+")}


def terms_of(question: Question, doors: Doors, changed: Changed) -> Terms:
    return stream_terms(question, doors, [changed.stream])


def head_text(year: Year) -> str:
    """The year before, above a column; other periods by their days."""
    return str(year.other.first.year) if year.question.period.kind == "year" else period_text(year.question, year.other)


def before_text(year: Year) -> str:
    """The same in a sentence: of a year that still runs, as much of it as has passed of this one."""
    name = head_text(year)
    return (
        _("%(year)s up to then") % {"year": name} if year.is_running and year.question.period.kind == "year" else name
    )


def cut(piece: Period, period: Period) -> Period:
    """What of a month lies in the period."""
    if piece.first >= period.first and piece.last <= period.last:
        return piece
    return Period(max(piece.first, period.first), min(piece.last, period.last))
