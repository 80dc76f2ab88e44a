"""What a page of a report shows: each section with the fragment that draws it, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.currencies import minor_digits
from ledger.calc.chips import chips
from ledger.calc.periods import Period
from ledger.forms.report_asking import AskedReport
from ledger.queries.reports.asked import Question
from ledger.queries.reports.keeping import kept
from ledger.reporting.document import Chart, Document, Figures, Part, Section, Table
from ledger.reporting.kinds import Choice, Option
from ledger.reporting.wording import period_text

FRAGMENTS: dict[type[Any], str] = {
    Figures: "ledger/reports/_figures.html",
    Table: "ledger/reports/_table.html",
    Chart: "ledger/reports/_chart.html",
    Part: "ledger/reports/_part.html",
}
# What one narrows a report down by, each with a menu of its own.
WAYS = {
    "account": gettext_lazy("Account"),
    "category": gettext_lazy("Category"),
    "tag": gettext_lazy("Tag"),
    "member": gettext_lazy("Member"),
}
# As which files a report can be had: the kind, what it is called, its icon.
EXPORTS = (
    ("pdf", gettext_lazy("PDF"), "file"),
    ("xlsx", gettext_lazy("Excel workbook"), "file"),
    ("csv", gettext_lazy("Table as text"), "list"),
    ("json", gettext_lazy("For programs"), "code"),
)
WHOLE, HALF = 12, 6
# Up to so many options stand side by side, more in a menu.
SIDE_BY_SIDE = 4


@dataclass(frozen=True)
class Drawn:
    """A section, the fragment that draws it, and how wide it stands on a desk."""

    section: Section
    template: str
    span: int
    # Whether it is the second of a line.
    closes: bool = False


@dataclass(frozen=True)
class Way:
    """One thing to choose, and the address that chooses it."""

    label: str
    url: str
    current: bool
    value: str = ""


@dataclass(frozen=True)
class Offered:
    """What a report lets one choose: side by side as links, or in a menu as boxes to tick."""

    choice: Choice
    ways: list[Way]
    rest: list[tuple[str, str]]

    @property
    def in_menu(self) -> bool:
        return self.choice.most > 1 or len(self.ways) > SIDE_BY_SIDE

    @property
    def chosen(self) -> list[str]:
        return [way.label for way in self.ways if way.current]


def document_of(asked: AskedReport) -> Document:
    """The document, from what is kept where that is known for the household as this request has read it."""
    question, name = asked.question, f"report.{asked.kind.name}"
    return kept(question, name, lambda: asked.kind.build(question), version=question.household.version)


def drawn_sections(document: Document) -> list[Drawn]:
    """Narrow ones stand two by two; one that is left over takes the whole line."""
    found: list[Drawn] = []
    for section in document.sections:
        begins = bool(found) and found[-1].span == HALF and not found[-1].closes
        span = HALF if section.key in document.narrow else WHOLE
        if begins and span == WHOLE:
            found[-1] = replace(found[-1], span=WHOLE)
        found.append(Drawn(section, FRAGMENTS[type(section)], span, closes=begins and span == HALF))
    if found and found[-1].span == HALF and not found[-1].closes:
        found[-1] = replace(found[-1], span=WHOLE)
    return found


def chart_style(document: Document, question: Question) -> dict[str, Any]:
    """How a chart writes amounts."""
    currency = document.currency
    return {"locale": question.household.locale, "currency": currency, "digits": minor_digits(currency)}


def comparisons(asked: AskedReport) -> list[Way]:
    """Nothing, the period before, the same a year earlier."""
    if not asked.kind.compares:
        return []
    question = asked.question
    period = question.period
    others: list[tuple[str, Period]] = [("before", period.before), ("year", period.year_before)]
    if period.before == period.year_before:
        others = others[1:] if question.compared == "year" else others[:1]
    ways = [Way(_("Not compared"), asked.but(compare=""), not question.compared)]
    return ways + [
        Way(period_text(question, other), asked.but(compare=name), question.compared == name) for name, other in others
    ]


def offers(asked: AskedReport) -> list[Offered]:
    return [_offered(asked, choice) for choice in asked.kind.choices]


def _offered(asked: AskedReport, choice: Choice) -> Offered:
    chosen = asked.question.choices.get(choice.name, ())

    def way(option: Option) -> Way:
        url = asked.but(**{choice.name: option.value})
        return Way(str(option.label), url, option.value in chosen, option.value)

    rest = [pair for pair in (*asked.period_said, *asked.rest_said) if pair[0] != choice.name]
    return Offered(choice, [way(option) for option in choice.options(asked.question)], rest)


def filters_shown(asked: AskedReport) -> list[tuple[Any, str]]:
    """A chip for each part of the filter, and the address without it."""
    locale = asked.question.household.locale
    return [(chip, asked.but(q=chip.rest)) for chip in chips(asked.question.search, locale=locale)]


def problems_told(asked: AskedReport) -> Iterator[str]:
    """What of the filter was not understood."""
    if asked.kind.filters:
        yield from asked.question.everything.problems
