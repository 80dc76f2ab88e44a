"""The document of the tax report: sums, each category and tag with its transactions, and the papers as one file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.calc.flows import together
from ledger.calc.terms import LONGEST, Term
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.tax import TaxSheet, doubts, marked_categories, receipts_size, tax_sheet
from ledger.reporting.document import Amount, Count, Document, Figure, Figures, Part, Section
from ledger.reporting.doors import INCOME, SPENDING, Doors
from ledger.reporting.kinds import Choice, ReportKind
from ledger.reporting.tax.archive import is_too_much
from ledger.reporting.tax.sheets import line_tables, summary_table
from ledger.reporting.tax.years import in_tax_year, start_options, year_options, year_text
from ledger.reporting.wording import honest_words, written


def build(question: Question) -> Document:
    asked = in_tax_year(question)
    listing = asked.listing()
    categories = marked_categories(asked.categories.values(), listing)
    sheet = tax_sheet(listing, categories)
    sections: list[Section] = [_nothing_marked()]
    honest = ""
    if sheet.is_marked or any(row.tax_relevant for row in asked.categories.values()):
        sections = [_figures(asked, sheet, categories), summary_table(asked, sheet)]
        sections += [_receipts(asked, *receipts_size(listing, categories)), *line_tables(asked, sheet)]
        honest = honest_words(*doubts(listing, categories))
    return Document(
        name="tax",
        title=_("Tax report"),
        subtitle=year_text(asked, asked.period.first.year),
        currency=asked.currency,
        sections=sections,
        told=_told(asked, sheet),
        honest=honest,
    )


def _told(question: Question, sheet: TaxSheet) -> str:
    days = {"first": written(question, question.period.first), "last": written(question, question.period.last)}
    of_days = _("The tax year from %(first)s to %(last)s.") % days
    if not sheet.is_marked:
        return of_days
    counts = [
        ngettext("%(count)s category", "%(count)s categories", len(sheet.categories))
        % {"count": len(sheet.categories)},
        ngettext("%(count)s tag", "%(count)s tags", len(sheet.tags)) % {"count": len(sheet.tags)},
    ]
    marked = [words for words, some in zip(counts, (sheet.categories, sheet.tags), strict=True) if some]
    return f"{of_days} {_('Marked for taxes: %(marked)s.') % {'marked': _(' and ').join(marked)}}"


def _figures(question: Question, sheet: TaxSheet, categories: list[Category]) -> Figures:
    """Of categories alone: what has a marked tag may be filed under one of them, and would count twice."""
    flow, currency = together(marked.flow for marked in sheet.categories), question.currency
    terms = _union(question, sheet, categories)
    kinds = {row.kind for row in categories}
    figures = []
    if Category.Kind.EXPENSE in kinds:
        spent = Amount(flow.spending, currency, _door(question, terms, SPENDING))
        figures.append(Figure("spending", _("Spent"), spent))
    if Category.Kind.INCOME in kinds:
        income = Amount(flow.income, currency, _door(question, terms, INCOME))
        figures.append(Figure("income", _("Came in"), income))
    listed = {line.transaction for marked in (*sheet.categories, *sheet.tags) for line in marked.lines}
    of = ngettext("of %(count)s transaction", "of %(count)s transactions", len(listed)) % {"count": len(listed)}
    return Figures([*figures, Figure("proven", _("With a receipt"), Count(len(listed & sheet.papers.keys())), of)])


def _union(question: Question, sheet: TaxSheet, categories: list[Category]) -> list[Term]:
    """One or another of the categories that anything stands under: several of the word mean either."""
    doors, found = Doors(question), [marked for marked in sheet.categories if not marked.flow.is_nothing]
    rows: list[Any] = [marked.row for marked in found]
    if not any(term.name == "category" for term in question.search.terms):
        # As they are marked: a group stands for all in it.
        tops = [row for row in categories if row.tax_relevant and not (row.parent and row.parent.tax_relevant)]
        return [doors.category(row) for row in tops]
    return [doors.category(row, alone=row.parent_id is None) for row in rows]


def _door(question: Question, terms: list[Term], flow: Term) -> str:
    """The list of all of them; none where it would ask for more than a search may."""
    if sum(len(str(term)) + 1 for term in terms) + len(question.search.line) > LONGEST - 60 or len(terms) > 30:
        return ""
    return Doors(question).to(*terms, flow)


def _receipts(question: Question, files: int, size: int) -> Part:
    said = {name: question.choice(name) for name in ("of", "starts")} | {"q": question.search.line}
    query = urlencode({name: value for name, value in said.items() if value})
    url = f"{reverse('tax_receipts')}{f'?{query}' if query else ''}"
    it = {"files": files, "size": size, "url": url, "is_too_much": is_too_much(files, size)}
    return Part("receipts", _("Receipts"), "ledger/reports/_receipts.html", it)


def _nothing_marked() -> Part:
    return Part("marked", _("Nothing is marked yet"), "ledger/reports/_nothing_marked.html", {})


KIND = ReportKind(
    name="tax",
    title=gettext_lazy("Tax report"),
    about=gettext_lazy("What you marked as mattering for taxes, by tax year, with the receipts as one file."),
    icon="percent",
    build=build,
    usual="year",
    choices=(
        Choice("of", gettext_lazy("Tax year"), year_options),
        Choice("starts", gettext_lazy("It begins on"), start_options),
    ),
    compares=False,
    asks_period=False,
)
