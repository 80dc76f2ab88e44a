"""Cash flow: from what money came by, through all that came in, to what it was for and what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.flows import change, share
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.streams import Stream, Streams, streams
from ledger.reporting.axes import money_style
from ledger.reporting.document import Amount, Cell, Chart, Document, Row, Section, Share, Table, Words
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING, Doors
from ledger.reporting.kinds import Choice, ReportKind, these
from ledger.reporting.strands import Terms, group_terms, leaf_terms, nothing_closer
from ledger.reporting.wording import honesty, money_words, period_text

# Of each side so many are drawn, then "Other"; of the categories of a group so many.
MOST_ENDS: Final = 10
MOST_PARTS: Final = 3
MIDDLE: Final = "in"
# The column of the groups where their categories stand beside them: what has none is not led past them.
GROUPS_COLUMN: Final = 2
Hue = int | str


@dataclass(frozen=True)
class Band:
    """One band: `deep` ones, of a group to its categories, are left out where it is narrow."""

    source: str
    target: str
    amount: int
    terms: Terms
    is_deep: bool = False


@dataclass
class Drawing:
    """Bands and the ends they run between, by the names that bands know them by."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    bands: list[Band] = field(default_factory=list)

    def end(self, key: str, label: str, hue: Hue, *, column: bool = False) -> str:
        self.nodes[key] = {"label": label, "hue": hue, **({"column": GROUPS_COLUMN} if column else {})}
        return key


def build(question: Question) -> Document:
    found = streams(question)
    sections: list[Section] = []
    if found.coming or found.going:
        sections.append(flow_chart(question, found, deep=question.choice("detail") == "category"))
    sections += _tables(question, found)
    return Document(
        name="flow",
        title=_("Cash flow"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=sections,
        told=_told(question, found),
        honest=honesty(question.listing(), found.flow),
        narrow=frozenset({"coming", "going"}),
    )


def _told(question: Question, found: Streams) -> str:
    words = {
        "income": money_words(question, found.flow.income),
        "spending": money_words(question, found.flow.spending),
        "kept": money_words(question, abs(found.kept)),
        "largest": _called(found.going[0].category) if found.going else "",
    }
    if not (found.coming or found.going):
        return _("Nothing came in and nothing was spent in this time.")
    if not found.going:
        return _("%(income)s came in and nothing was spent.") % words
    if found.kept >= 0:
        return _("Of %(income)s that came in, %(kept)s was kept. The most went to %(largest)s.") % words
    return _("%(spending)s was spent, %(kept)s more than came in. The most went to %(largest)s.") % words


def flow_chart(question: Question, found: Streams, *, deep: bool = False) -> Chart:
    """The picture; its bands lead to their lists."""
    doors, drawing = Doors(question), draw(question, found, deep=deep)
    # What is left out where it is narrow stands last, so that places and addresses agree.
    bands = sorted(drawing.bands, key=lambda band: band.is_deep)
    data = {
        "nodes": drawing.nodes,
        "flows": [
            {"from": band.source, "to": band.target, "value": band.amount, **({"deep": True} if band.is_deep else {})}
            for band in bands
        ],
        "urls": [doors.to(*band.terms) for band in bands],
        **money_style(question),
    }
    label = _("How money in became spending and savings, %(period)s") % {"period": period_text(question)}
    table, is_deep = _bands_table(question, drawing), any(band.is_deep for band in bands)
    return Chart("bands", _("How it flowed"), "flow", label, data, table, height="high" if is_deep else "tall")


def draw(question: Question, found: Streams, *, deep: bool = False) -> Drawing:
    drawing, doors = Drawing(), Doors(question)
    coming, going = folded(found.coming), folded(found.going)
    for place, some in enumerate(coming):
        source = drawing.end(f"from{place}", _label(some, MIDDLE), MIDDLE)
        drawing.bands.append(Band(source, MIDDLE, _sum(some), stream_terms(question, doors, some)))
    if found.kept < 0:
        source = drawing.end("savings", _("From savings"), "0")
        drawing.bands.append(Band(source, MIDDLE, -found.kept, (NOT_TRANSFER,)))
    drawing.end(MIDDLE, _("Money in"), MIDDLE)
    for place, some in enumerate(going):
        target = drawing.end(f"to{place}", _label(some, "to"), _hue(some), column=deep)
        drawing.bands.append(Band(MIDDLE, target, _sum(some), stream_terms(question, doors, some)))
        if deep and len(some) == 1:
            drawing.bands += _parts(question, doors, drawing, target, some[0])
    if found.kept > 0:
        target = drawing.end("kept", _("Kept"), "kept", column=deep)
        drawing.bands.append(Band(MIDDLE, target, found.kept, (NOT_TRANSFER,)))
    return drawing


def folded(some: Sequence[Stream]) -> list[list[Stream]]:
    """Each alone, and beyond the largest all others as one; what is in no category always stands alone."""
    if len(some) <= MOST_ENDS + 1:
        return [[stream] for stream in some]
    unfiled = [stream for stream in some if stream.category is None]
    filed = [stream for stream in some if stream.category]
    most = MOST_ENDS - len(unfiled)
    first = sorted([*filed[:most], *unfiled], key=lambda stream: -stream.amount)
    return [*([stream] for stream in first), filed[most:]]


def stream_terms(question: Question, doors: Doors, some: Sequence[Stream]) -> Terms:
    if some[0].category is None:
        return doors.category(None), INCOME if some[0].kind == Category.Kind.INCOME else SPENDING
    return tuple(
        term
        for stream in some
        if stream.category
        for term in (leaf_terms if stream.kind == Category.Kind.INCOME else group_terms)(
            question, doors, stream.category
        )
    )


def _parts(question: Question, doors: Doors, drawing: Drawing, group: str, stream: Stream) -> Iterator[Band]:
    """The categories of a group, where it has several and each runs the way that the group does."""
    leaves = stream.leaves
    if len(leaves) < 2 or any(leaf.amount < 0 for leaf in leaves) or stream.kind != Category.Kind.EXPENSE:
        return
    most = MOST_PARTS if len(leaves) > MOST_PARTS + 1 else len(leaves)
    for place, some in enumerate([*([leaf] for leaf in leaves[:most]), leaves[most:]]):
        if some:
            one = some[0].category
            named = nothing_closer(one) if one and one == stream.category else _called(one)
            label = named if len(some) == 1 else _("Other in %(group)s") % {"group": _called(stream.category)}
            target = drawing.end(f"{group}.{place}", label, one.hue if one and len(some) == 1 else 0)
            terms = [term for leaf in some if leaf.category for term in leaf_terms(question, doors, leaf.category)]
            yield Band(group, target, sum(leaf.amount for leaf in some), tuple(terms), is_deep=True)


def _sum(some: Sequence[Stream]) -> int:
    return sum(stream.amount for stream in some)


def _label(some: Sequence[Stream], side: str) -> str:
    if len(some) > 1:
        return _("Other")
    comes_back = side == MIDDLE and some[0].kind == Category.Kind.EXPENSE and some[0].category
    name = _called(some[0].category)
    return _("%(name)s, money back") % {"name": name} if comes_back else name


def _hue(some: Sequence[Stream]) -> int:
    category = some[0].category
    return category.hue if len(some) == 1 and category else 0


def _called(category: Category | None) -> str:
    return category.name if category else _("Uncategorised")


def _bands_table(question: Question, drawing: Drawing) -> Table:
    doors = Doors(question)
    rows = [
        Row(
            [
                Words(drawing.nodes[band.source]["label"]),
                Words(drawing.nodes[band.target]["label"]),
                Amount(band.amount, question.currency, doors.to(*band.terms)),
            ],
            level=int(band.is_deep),
        )
        for band in drawing.bands
    ]
    return Table("bands_table", _("How it flowed"), [_("From"), _("To"), _("Amount")], rows)


def _tables(question: Question, found: Streams) -> Iterator[Table]:
    """Both sides in full, each with what balances it."""
    sides = (
        ("coming", _("Where it came from"), found.coming, found.kept < 0, _("From savings")),
        ("going", _("Where it went"), found.going, found.kept > 0, _("Kept")),
    )
    other = question.other_period
    before = streams(question, other) if other else None
    for key, title, side, balances, word in sides:
        whole = _sum(side) + (abs(found.kept) if balances else 0)
        earlier = {_id(each): each.amount for each in getattr(before, key)} if before else None
        sheet = _Side(question, whole, earlier)
        rows = [sheet.row(stream, MIDDLE if key == "coming" else "to") for stream in side]
        if balances:
            signed = -1 if found.kept < 0 else 1
            rows.append(sheet.balance(word, abs(found.kept), before.kept * signed if before else None))
        head = [_("Category"), _("Amount"), _("Share")]
        head += [period_text(question, other), _("Change")] if other else []
        yield Table(key, title, head, rows, empty=_("Nothing in this time."))


@dataclass(frozen=True)
class _Side:
    """Rows of one side: how much, which part of it all, and how it was before where that is asked for."""

    question: Question
    whole: int
    before: dict[tuple[int, str], int] | None

    def row(self, stream: Stream, side: str) -> Row:
        category, terms = stream.category, stream_terms(self.question, Doors(self.question), [stream])
        hue, icon = (category.hue, category.icon) if category else (None, "")
        before = None if self.before is None else self.before.get(_id(stream), 0)
        return Row([Words(_label([stream], side), hue=hue, icon=icon), *self._figures(stream.amount, terms, before)])

    def balance(self, word: str, amount: int, before: int | None) -> Row:
        return Row([Words(word, icon="piggy"), *self._figures(amount, (NOT_TRANSFER,), before)])

    def _figures(self, amount: int, terms: Terms, before: int | None) -> list[Cell]:
        question, doors = self.question, Doors(self.question)
        cells: list[Cell] = [
            Amount(amount, question.currency, doors.to(*terms)),
            Share(share(amount, self.whole)),
        ]
        if before is not None:
            url = doors.to(*terms, period=question.other_period)
            cells += [Amount(before, question.currency, url), Share(change(amount, before), signed=True)]
        return cells


def _id(stream: Stream) -> tuple[int, str]:
    return (stream.category.pk if stream.category else 0, stream.kind)


KIND = ReportKind(
    name="flow",
    title=gettext_lazy("Cash flow"),
    about=gettext_lazy("What came in, what it became, and what was kept, in one picture"),
    icon="split",
    build=build,
    choices=(
        Choice(
            "detail",
            gettext_lazy("How far"),
            these(("group", gettext_lazy("Groups")), ("category", gettext_lazy("Categories"))),
        ),
    ),
)
