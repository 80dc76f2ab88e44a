"""Where money came from and where it went: each group on the side that its net puts it, and what balances the two."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import UNCATEGORISED, grouped


@dataclass(frozen=True)
class Leaf:
    """What is filed under one category alone, or under none."""

    category: Category | None
    amount: int


@dataclass(frozen=True)
class Stream:
    """One group of spending, or category of income, or none, on one side: how much, and by which of its categories."""

    category: Category | None
    kind: str
    amount: int
    leaves: list[Leaf] = field(default_factory=list)


@dataclass(frozen=True)
class Streams:
    """Both sides, the largest first. What more came back of than was spent stands where money comes from."""

    coming: list[Stream]
    going: list[Stream]
    flow: Flow

    @property
    def kept(self) -> int:
        return self.flow.kept


def streams(question: Question, period: Period | None = None) -> Streams:
    found = grouped(question.listing(period), "category")
    leaves: dict[tuple[int, str], list[Leaf]] = defaultdict(list)
    for (slot,), flow in found.items():
        category = question.categories.get(slot)
        if category is None:
            leaves[UNCATEGORISED, Category.Kind.INCOME].append(Leaf(None, flow.income))
            leaves[UNCATEGORISED, Category.Kind.EXPENSE].append(Leaf(None, flow.spending))
        else:
            amount = flow.income if category.kind == Category.Kind.INCOME else flow.spending
            # What was spent stands in its groups; what came in is rather told by what exactly it was.
            top = category.pk if category.kind == Category.Kind.INCOME else category.parent_id or category.pk
            leaves[top, category.kind].append(Leaf(category, amount))
    coming: list[Stream] = []
    going: list[Stream] = []
    for (key, kind), some in leaves.items():
        net = sum(leaf.amount for leaf in some)
        some.sort(key=lambda leaf: -leaf.amount)
        stream = Stream(question.categories.get(key), kind, abs(net), [leaf for leaf in some if leaf.amount])
        if net:
            comes = (kind == Category.Kind.INCOME) is (net > 0)
            (coming if comes else going).append(stream)
    for side in (coming, going):
        side.sort(key=lambda stream: -stream.amount)
    return Streams(coming, going, together(found.values()))
