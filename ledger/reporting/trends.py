"""Trends: categories, groups, payees, tags or accounts over one to ten years, and where each is heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.values import half_even
from ledger.calc.buckets import buckets
from ledger.calc.flows import change, share
from ledger.calc.periods import Period
from ledger.calc.series import heading
from ledger.models import Category, Tag
from ledger.queries.payees import recent_payees
from ledger.queries.reports.asked import Question
from ledger.queries.reports.strands import Apart, Measure, begun, strands
from ledger.reporting.document import Amount, Cell, Chart, Document, Row, Section, Share, Table, Words
from ledger.reporting.doors import Doors
from ledger.reporting.kinds import Choice, Option, ReportKind, these
from ledger.reporting.series_drawn import amount, series_chart
from ledger.reporting.strands import Strand, Woven, woven
from ledger.reporting.wording import honesty, money_words, percent_words, period_text

# Three years are drawn month by month, ten years by quarters.
MOST_POINTS: Final = 41
MOST_CHOSEN: Final = 8
PAYEES_OFFERED: Final = 40


def build(question: Question) -> Document:
    measure, by = measure_of(question), apart_of(question)
    pieces = buckets(question.period, MOST_POINTS, since=begun())
    found = woven(question, pieces, by, measure, chosen_keys(question))
    sections: list[Section] = []
    if found.shown and len(pieces) > 1:
        sections.append(_chart(question, pieces, found))
    sections.append(_table(question, pieces, found, measure))
    return Document(
        name="trends",
        title=_("Trends"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=sections,
        told=_told(question, pieces, found, measure),
        honest=honesty(question.listing(), found.sums.flow),
    )


def measure_of(question: Question) -> Measure:
    return "income" if question.choice("flow") == "income" else "spending"


def apart_of(question: Question) -> Apart:
    return cast(Apart, question.choice("by", "group"))


def chosen_keys(question: Question) -> list[int]:
    """What was chosen to be shown, instead of the largest."""
    chosen = set(question.choices.get("series", ()))
    return [key for key, row in _rows(question) if row.value in chosen] if chosen else []


def _rows(question: Question) -> list[tuple[int, Option]]:
    """Everything that can be told apart the chosen way, by its key."""
    by = apart_of(question)
    if by == "tag":
        return [(tag.pk, Option(str(tag.uid), tag.name)) for tag in Tag.objects.filter(trashed_at=None)]
    if by == "payee":
        return [(row.pk, Option(str(row.uid), row.name)) for row in recent_payees()[:PAYEES_OFFERED]]
    if by == "account":
        return [(key, Option(str(row.uid), row.name)) for key, row in question.accounts.items() if not row.trashed_at]
    kind = Category.Kind.INCOME if measure_of(question) == "income" else Category.Kind.EXPENSE
    return [
        (key, Option(str(row.uid), row.name))
        for key, row in question.categories.items()
        if row.kind == kind and not row.trashed_at and (by == "category" or row.parent_id is None)
    ]


def _chart(question: Question, pieces: Sequence[Period], found: Woven) -> Chart:
    drawn = found.drawn()
    label = _("%(title)s, %(period)s") % {"title": TITLES[found.apart], "period": period_text(question)}
    left = len(found.shown) - len(drawn)
    note = _("The %(count)d largest") % {"count": len(drawn)} if found.apart == "tag" and left > 0 else ""
    return series_chart(question, "lines", pieces, drawn, key="over_time", title=_("Over time"), label=label, note=note)


def _table(question: Question, pieces: Sequence[Period], found: Woven, measure: Measure) -> Table:
    sheet = _Sheet(question, pieces, found, measure)
    head = [str(HEADS[found.apart]), _("Total"), _("A month"), _("Share"), _("Heading")]
    if sheet.other:
        head += [period_text(question, sheet.other), _("Change")]
    rows = [sheet.row(strand) for strand in (*found.shown, *filter(None, [found.rest]))]
    if rows and found.whole.terms:
        rows.append(sheet.row(found.whole, is_sum=found.apart != "tag"))
    note = _("Heading: the latest third of the time against the first")
    if found.apart == "tag":
        note = _("What has several tags counts for each of them")
    return Table("series", str(TITLES[found.apart]), head, rows, note=note, empty=_("Nothing in this time."))


class _Sheet:
    """Rows of strands: what each came to, its part of all, where it is heading, and what it was before."""

    def __init__(self, question: Question, pieces: Sequence[Period], found: Woven, measure: Measure) -> None:
        self.question, self.pieces, self.found = question, pieces, found
        self.doors, self.other = Doors(question), question.other_period
        self.before = self._before(self.other, measure) if self.other else {}
        # What has not passed yet, or is cut off, would look like a fall.
        self.whole_pieces = [
            place
            for place, piece in enumerate(pieces)
            if piece.last <= question.today and (piece.kind != "custom" or piece.is_month)
        ]
        self.months = months_counted(question, pieces)

    def row(self, strand: Strand, *, is_sum: bool = False) -> Row:
        cells: list[Cell] = [
            Words(strand.label, hue=strand.hue, icon=strand.icon),
            amount(self.question, self.doors, strand.terms, strand.total),
            Amount(half_even(strand.total, self.months), self.question.currency),
            Share(share(strand.total, self.found.whole.total)),
            Words(self._heading(strand)),
        ]
        if self.other:
            before = self.before.get(id(strand), 0)
            cells += [
                amount(self.question, self.doors, strand.terms, before, self.other),
                Share(change(strand.total, before), signed=True),
            ]
        return Row(cells, is_sum=is_sum)

    def _before(self, other: Period, measure: Measure) -> dict[int, int]:
        """What each strand came to in the period that this one is compared with."""
        found = self.found
        sums = strands(self.question, [other], found.apart, measure, [strand.key for strand in found.shown])
        totals = {id(strand): sum(sums.values.get(strand.key, ())) for strand in found.shown}
        named = sum(totals.values())
        totals[id(found.whole)] = named if found.is_chosen else sum(sums.whole)
        return totals | ({id(found.rest): sum(sums.whole) - named} if found.rest else {})

    def _heading(self, strand: Strand) -> str:
        where, last, first = heading([strand.values[place] for place in self.whole_pieces])
        words = {"percent": percent_words(self.question, abs(change(last, first) or 0)).lstrip("+")}
        return {
            "unknown": "",
            "new": _("New"),
            "ended": _("Ended"),
            "up": _("Up %(percent)s") % words,
            "down": _("Down %(percent)s") % words,
            "steady": _("Steady"),
        }[where]


def months_counted(question: Question, pieces: Sequence[Period]) -> int:
    """The months from where the books begin to now, by which a mean is taken."""
    counted = [piece for piece in pieces if piece.first <= question.today]
    return max(sum(len(piece.until(question.today).months()) for piece in counted), 1)


def _told(question: Question, pieces: Sequence[Period], found: Woven, measure: Measure) -> str:
    """What it came to a month, and what of it was the most."""
    if not found.shown:
        return ""
    months, whole = months_counted(question, pieces), found.whole.total
    largest = found.shown[0]
    words = {
        "average": money_words(question, half_even(whole, months)),
        "name": largest.label,
        "sum": money_words(question, largest.total),
    }
    if measure == "income":
        return _("On average %(average)s came in each month. Most of it was %(name)s, %(sum)s in all.") % words
    return _("On average %(average)s was spent each month. The most went to %(name)s, %(sum)s in all.") % words


TITLES: Final[Mapping[Apart, object]] = {
    "category": gettext_lazy("By category"),
    "group": gettext_lazy("By group"),
    "payee": gettext_lazy("By payee"),
    "tag": gettext_lazy("By tag"),
    "account": gettext_lazy("By account"),
}
HEADS: Final[Mapping[Apart, object]] = {
    "category": gettext_lazy("Category"),
    "group": gettext_lazy("Group"),
    "payee": gettext_lazy("Payee"),
    "tag": gettext_lazy("Tag"),
    "account": gettext_lazy("Account"),
}
FLOWS: Final = these(("spending", gettext_lazy("Spending")), ("income", gettext_lazy("Income")))

KIND = ReportKind(
    name="trends",
    title=gettext_lazy("Trends"),
    about=gettext_lazy("One to ten years by category, payee, tag or account, and where each is heading"),
    icon="chart-line",
    build=build,
    usual="latest",
    choices=(
        Choice("flow", gettext_lazy("Of what"), FLOWS),
        Choice(
            "by",
            gettext_lazy("By"),
            these(
                ("group", gettext_lazy("Group")),
                ("category", gettext_lazy("Category")),
                ("payee", gettext_lazy("Payee")),
                ("tag", gettext_lazy("Tag")),
                ("account", gettext_lazy("Account")),
            ),
        ),
        Choice(
            "series",
            gettext_lazy("Which"),
            lambda question: [option for _key, option in _rows(question)],
            most=MOST_CHOSEN,
        ),
    ),
)
