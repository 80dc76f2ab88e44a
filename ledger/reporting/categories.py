"""Categories month by month: up to two years of chosen months beside each other, spending or income."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.flows import change
from ledger.calc.periods import Period, latest_months, period_of
from ledger.calc.series import average
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.strands import around, follow_each_other, group_of, listing_over
from ledger.reporting.axes import money_style
from ledger.reporting.document import Amount, Cell, Chart, Document, Row, Section, Share, Table, Words
from ledger.reporting.doors import Doors
from ledger.reporting.kinds import Choice, Option, ReportKind
from ledger.reporting.series_drawn import amount, hues_of, series_chart, short_texts
from ledger.reporting.strands import Strand, Terms, Woven, folded, group_terms, woven
from ledger.reporting.trends import FLOWS, measure_of
from ledger.reporting.wording import honesty, money_words, period_text, written

MOST_MONTHS: Final = 24
MONTHS_OFFERED: Final = 120
MOST_CHOSEN: Final = 40
MOST_SLICES: Final = 7
Group = tuple[Strand, list[Strand]]


def build(question: Question) -> Document:
    months = chosen_months(question)
    found = woven(question, months, "category", measure_of(question), chosen_categories(question))
    groups = _groups(question, found)
    sheet = _Sheet(question, months)
    sections: list[Section] = []
    if found.shown:
        shown = folded([group for group, _parts in groups])
        sections += [_bars(question, months, shown), *_ring(sheet, groups)]
    sections.append(sheet.table(groups, found.whole))
    return Document(
        name="categories",
        title=_("Categories by month"),
        subtitle=_months_text(question, months),
        currency=question.currency,
        sections=sections,
        told=_told(question, months, groups, found.whole),
        honest=honesty(listing_over(question, months), found.sums.flow),
    )


def chosen_months(question: Question) -> list[Period]:
    """The months that were named, else those of the period: the latest two years of it at most."""
    named = sorted({date.fromisoformat(f"{text}-01") for text in question.choices.get("months", ())})
    if named:
        return [period_of("month", day) for day in named[-MOST_MONTHS:]]
    first, last = question.period.first, question.period.last
    pieces = [period_of("month", day) for day in question.period.months()[-MOST_MONTHS:]]
    return [
        piece if first <= piece.first and piece.last <= last else Period(max(first, piece.first), min(last, piece.last))
        for piece in pieces
    ]


def chosen_categories(question: Question) -> list[int]:
    """The categories that were named, a group with all in it."""
    named = set(question.choices.get("category", ()))
    chosen = {key for key, row in question.categories.items() if str(row.uid) in named}
    return [key for key in question.categories if key in chosen or group_of(question, key) in chosen]


def _groups(question: Question, found: Woven) -> list[Group]:
    """Categories in their groups, the largest first; of a group that is one category alone nothing stands in it."""
    inside: dict[int, list[Strand]] = {}
    for leaf in found.shown:
        inside.setdefault(group_of(question, leaf.key), []).append(leaf)
    groups: list[Group] = []
    for key, leaves in inside.items():
        if len(leaves) == 1 and leaves[0].key == key:
            groups.append((leaves[0], []))
        else:
            groups.append((_group(question, found, question.categories[key], leaves), leaves))
    return sorted(groups, key=lambda group: -abs(group[0].total))


def _group(question: Question, found: Woven, group: Category, leaves: list[Strand]) -> Strand:
    values = tuple(sum(column) for column in zip(*(leaf.values for leaf in leaves), strict=True))
    terms: Terms = tuple(term for leaf in leaves for term in leaf.terms)
    if not found.is_chosen:
        terms = group_terms(question, Doors(question), group)
    return Strand(group.pk, group.name, terms, values, group.hue, group.icon)


def _bars(question: Question, months: Sequence[Period], shown: Sequence[Strand]) -> Chart:
    label = _("Categories by month, %(months)s") % {"months": _months_text(question, months)}
    drawn = series_chart(question, "bars", months, shown, key="by_month", title=_("Month by month"), label=label)
    # The table of categories has the same numbers, and more.
    return replace(drawn, table=None)


def _ring(sheet: _Sheet, groups: Sequence[Group]) -> Iterator[Chart]:
    """The whole time as a ring: what there was less than nothing of has no slice."""
    some = folded([group for group, _parts in groups if group.total > 0], MOST_SLICES)
    if not some:
        return
    slices = [
        {"label": strand.label, "value": strand.total, "hue": hue}
        for strand, hue in zip(some, hues_of(some), strict=True)
    ]
    data = {"slices": slices, "urls": [sheet.door(strand) for strand in some], **money_style(sheet.question)}
    label = _("Parts of the whole, %(months)s") % {"months": _months_text(sheet.question, sheet.months)}
    yield Chart("where", _("All of it"), "where", label, data, sheet.ring_table(some))


class _Sheet:
    """The table of categories by months, with what they came to together."""

    def __init__(self, question: Question, months: Sequence[Period]) -> None:
        self.question, self.months, self.doors = question, months, Doors(question)
        self.in_a_row = follow_each_other(months)
        # A month that still runs would look like a fall: the change is that of the latest whole one.
        passed = [place for place, month in enumerate(months) if month.last <= question.today]
        self.latest = passed[-1] if len(passed) > 1 else len(months) - 1

    def door(self, strand: Strand) -> str:
        """All the months together."""
        if not strand.terms:
            return ""
        if self.in_a_row:
            return self.doors.to(*strand.terms, period=around(self.months))
        return self.doors.to(*strand.terms, several=self.months)

    def table(self, groups: Sequence[Group], whole: Strand) -> Table:
        rows = []
        for group, parts in groups:
            rows.append(self._row(group))
            rows += [self._row(part, level=1) for part in parts]
        if rows:
            rows.append(self._row(whole, is_sum=True))
        months = short_texts(self.question, self.months, years=True)
        head = [_("Category"), _("Sum"), _("Average"), _("Change"), *months]
        return Table("categories", _("Categories"), head, rows, note=self._note(), empty=_("Nothing in these months."))

    def _note(self) -> str:
        if not self.latest:
            return ""
        month = period_text(self.question, self.months[self.latest])
        return _("Change: %(month)s against the average of the months before it") % {"month": month}

    def _row(self, strand: Strand, level: int = 0, *, is_sum: bool = False) -> Row:
        currency, values = self.question.currency, strand.values
        cells: list[Cell] = [Words(strand.label, hue=None if level else strand.hue, icon="" if level else strand.icon)]
        cells += [
            Amount(strand.total, currency, self.door(strand)),
            Amount(strand.average, currency),
            Share(change(values[self.latest], average(values[: self.latest])), signed=True),
        ]
        # A month with nothing stays empty, so that one sees the others.
        cells += [
            amount(self.question, self.doors, strand.terms, value, month) if value else None
            for value, month in zip(values, self.months, strict=True)
        ]
        return Row(cells, level, is_sum)

    def ring_table(self, some: Sequence[Strand]) -> Table:
        rows = [Row([Words(each.label), Amount(each.total, self.question.currency, self.door(each))]) for each in some]
        return Table("ring", _("All of it"), [_("Category"), _("Amount")], rows)


def _told(question: Question, months: Sequence[Period], groups: Sequence[Group], whole: Strand) -> str:
    """The largest of them, and the month that came to most."""
    if not groups:
        return ""
    most = max(range(len(months)), key=lambda place: whole.values[place])
    words = {
        "name": groups[0][0].label,
        "sum": money_words(question, groups[0][0].total),
        "month": period_text(question, months[most]),
        "most": money_words(question, whole.values[most]),
    }
    if len(months) == 1:
        return _("%(name)s was the most, with %(sum)s.") % words
    return _("%(name)s was the most, with %(sum)s. %(month)s came to more than any other month, %(most)s.") % words


def _months_text(question: Question, months: Sequence[Period]) -> str:
    """From one to another where they follow each other, else each by its name."""
    if follow_each_other(months):
        return period_text(question, around(months))
    return ", ".join(written(question, month.first, "month_short") for month in months)


def _months_offered(question: Question) -> list[Option]:
    """The latest ten years, the latest month first."""
    days = [period.replace(day=1) for period in latest_months(MONTHS_OFFERED, question.today).months()]
    return [Option(f"{day:%Y-%m}", written(question, day, "month")) for day in reversed(days)]


def _categories_offered(question: Question) -> list[Option]:
    kind = Category.Kind.INCOME if measure_of(question) == "income" else Category.Kind.EXPENSE
    rows = [row for row in question.categories.values() if row.kind == kind and not row.trashed_at]
    tops = [row for row in rows if row.parent_id is None]
    ordered = [each for top in tops for each in (top, *(row for row in rows if row.parent_id == top.pk))]
    return [Option(str(row.uid), row.name) for row in ordered]


KIND = ReportKind(
    name="categories",
    title=gettext_lazy("Categories by month"),
    about=gettext_lazy("What each category came to, month beside month, up to two years of them"),
    icon="pie",
    build=build,
    usual="latest",
    choices=(
        Choice("flow", gettext_lazy("Of what"), FLOWS),
        Choice("months", gettext_lazy("Months"), _months_offered, most=MOST_MONTHS),
        Choice("category", gettext_lazy("Categories"), _categories_offered, most=MOST_CHOSEN),
    ),
    compares=False,
    most_months=MOST_MONTHS,
)
