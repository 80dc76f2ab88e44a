"""The tables of the tax report: all that is marked with its sums, and each with its transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.calc.flows import Flow
from ledger.calc.terms import Term
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.tax import Marked, TaxLine, TaxSheet
from ledger.reporting.document import Amount, Cell, Count, Day, Row, Table, Words
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING, Doors
from ledger.reporting.wording import money_words


def summary_table(question: Question, sheet: TaxSheet) -> Table:
    doors = Doors(question)
    head = [_("Marked for taxes"), _("Spent"), _("Came in"), _("How often"), _("With a receipt")]
    rows = [_summary(question, doors, sheet, marked) for marked in (*sheet.categories, *sheet.tags)]
    return Table(
        "marked", _("What is marked"), head, rows, empty=_("Nothing that is marked is among what you ask for.")
    )


def _summary(question: Question, doors: Doors, sheet: TaxSheet, marked: Marked) -> Row:
    term, currency, flow = _term(doors, marked), question.currency, marked.flow
    spent = Amount(flow.spending, currency, doors.to(SPENDING, term))
    income = Amount(flow.income, currency, doors.to(INCOME, term))
    is_income = isinstance(marked.row, Category) and marked.row.kind == Category.Kind.INCOME
    is_tag = not isinstance(marked.row, Category)
    cells: list[Cell] = [
        _name(marked, doors.to(term)),
        spent if is_tag or not is_income else None,
        income if is_tag or is_income else None,
        Count(flow.count, doors.to(NOT_TRANSFER, term)),
        Count(sheet.proven(marked)),
    ]
    return Row(cells)


def _name(marked: Marked, url: str = "") -> Words:
    row = marked.row
    return Words(row.name, url, row.hue, row.icon if isinstance(row, Category) else "tag")


def _term(doors: Doors, marked: Marked) -> Term:
    if isinstance(marked.row, Category):
        # What is filed under the group itself: what stands in it has a row of its own.
        return doors.category(marked.row, alone=marked.row.parent_id is None)
    return doors.tag(marked.row)


def line_tables(question: Question, sheet: TaxSheet) -> Iterator[Table]:
    """One for each category and tag that anything stands under."""
    doors = Doors(question)
    for marked in (*sheet.categories, *sheet.tags):
        if marked.lines:
            yield _Lines(question, doors, sheet, marked).table()


class _Lines:
    """The transactions of one category, as what was spent or earned; of a tag with their signs."""

    def __init__(self, question: Question, doors: Doors, sheet: TaxSheet, marked: Marked) -> None:
        self.question, self.doors, self.sheet, self.marked = question, doors, sheet, marked
        self.is_tag = not isinstance(marked.row, Category)
        self.has_notes = any(self.note(line) for line in marked.lines)
        self.sign = -1 if isinstance(marked.row, Category) and marked.row.kind == Category.Kind.EXPENSE else 1

    def table(self) -> Table:
        row, lines, count = self.marked.row, self.marked.lines, self.marked.flow.count
        head = [_("Payee"), _("Amount"), _("Day"), _("Receipt"), *([_("Note")] if self.has_notes else [])]
        rows = [*map(self.line, lines)]
        if count > len(lines):
            rows.append(self.others(lines, count - len(lines)))
        note = ngettext("%(count)s transaction", "%(count)s transactions", count) % {"count": count}
        title = _("Tag “%(name)s”") % {"name": row.name} if self.is_tag else row.name
        return Table(f"{'tag' if self.is_tag else 'category'}-{row.uid}", title, head, [*rows, self.sum()], note=note)

    def line(self, line: TaxLine) -> Row:
        url = reverse("transaction_show", args=[line.uid])
        who = Words(line.who or _("No payee"), url)
        note = [self.note(line)] if self.has_notes else []
        return Row([who, self.amount(line, url), Day(line.day), self.receipt(line), *note])

    def note(self, line: TaxLine) -> Cell:
        """Its memo; of an amount abroad what it was there."""
        abroad = line.currency != self.question.currency and line.base is not None
        own = money_words(self.question, line.amount, line.currency) if abroad else ""
        said = ", ".join(filter(None, [line.memo, own]))
        return Words(said) if said else None

    def receipt(self, line: TaxLine) -> Cell:
        papers = self.sheet.papers.get(line.transaction, 0)
        if not papers:
            return Words(_("none"))
        words = ngettext("%(count)s receipt", "%(count)s receipts", papers) % {"count": papers}
        return Words(words, reverse("attachment_list", args=[line.uid]))

    def amount(self, line: TaxLine, url: str) -> Amount:
        """In the currency of the report; where no rate is known in its own, and then it is in no sum."""
        if line.base is None:
            return Amount(self.sign * line.amount, line.currency, url, signed=self.is_tag)
        return Amount(self.sign * line.base, self.question.currency, url, signed=self.is_tag)

    def others(self, lines: Sequence[TaxLine], more: int) -> Row:
        """Those that are not listed one by one; only the sum has a list."""
        listed = sum(self.sign * (line.base or 0) for line in lines)
        words = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
        rest = Amount(self.total(self.marked.flow) - listed, self.question.currency, signed=self.is_tag)
        return self.row(Words(words), rest)

    def total(self, flow: Flow) -> int:
        if self.is_tag:
            return flow.kept
        return flow.spending if self.sign < 0 else flow.income

    def sum(self) -> Row:
        url = self.doors.to(NOT_TRANSFER, _term(self.doors, self.marked))
        whole = Amount(self.total(self.marked.flow), self.question.currency, url, signed=self.is_tag)
        return self.row(Words(_("Together"), url), whole, is_sum=True)

    def row(self, name: Words, amount: Amount, *, is_sum: bool = False) -> Row:
        return Row([name, amount, None, None, *([None] if self.has_notes else [])], is_sum=is_sum)
