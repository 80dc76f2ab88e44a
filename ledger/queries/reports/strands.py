"""Income or spending over time, apart by category, group, payee, tag or account: the sums behind every comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from django.db.models import Q

from ledger.calc.buckets import by_bucket
from ledger.calc.flows import Flow
from ledger.calc.periods import ONE_DAY, Period
from ledger.calc.series import largest_first
from ledger.models import DayTotal, Payee, Tag, TransactionTag
from ledger.queries.listing import Listing
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import By, Groups, grouped
from ledger.queries.reports.payees import amounts_by_payee

Apart = Literal["category", "group", "payee", "tag", "account"]
Measure = Literal["spending", "income"]
Values = tuple[int, ...]
# Where there may be thousands, so many are told apart.
MOST_PAYEES: Final = 30
_BY: Final[dict[Apart, By]] = {"group": "category"}


@dataclass(frozen=True)
class Strands:
    """Sums of each key over the pieces of a time, the largest first; `whole` is that of all, also of keys left out."""

    values: dict[int | None, Values]
    whole: Values
    flow: Flow

    @property
    def rest(self) -> Values:
        """What all that is not told apart comes to."""
        parts = [sum(column) for column in zip(*self.values.values(), strict=True)] or [0] * len(self.whole)
        return tuple(whole - part for whole, part in zip(self.whole, parts, strict=True))


def strands(
    question: Question, pieces: Sequence[Period], apart: Apart, measure: Measure, only: Collection[int | None] = ()
) -> Strands:
    """What is asked for over these pieces, told apart; `only` some keys where those are named."""
    listing = listing_over(question, pieces)
    months = grouped(listing, "month")
    of_keys: dict[int | None, dict[date, Flow]] = defaultdict(lambda: defaultdict(Flow))
    for (month, key), flow in _grouped(listing, apart, measure, only, months).items():
        place = group_of(question, key) if apart == "group" else key
        if not only or place in only:
            of_keys[place][month].add(flow)
    whole = by_bucket(pieces, {month: flow for (month,), flow in months.items()})
    every = {key: _measured(by_bucket(pieces, flows), measure) for key, flows in of_keys.items()}
    sums = {key: sum(values) for key, values in every.items() if any(values)}
    together = Flow()
    for flow in whole:
        together.add(flow)
    return Strands({key: every[key] for key in largest_first(sums)}, _measured(whole, measure), together)


def begun() -> date | None:
    """The first day in the books: before it there is nothing to draw."""
    return DayTotal.objects.order_by("day").values_list("day", flat=True).first()


def listing_over(question: Question, pieces: Sequence[Period]) -> Listing:
    """What is asked for in these pieces, which need not follow each other."""
    if follow_each_other(pieces):
        return question.listing(around(pieces))
    asked = question.everything.conditions
    spans = tuple(span for piece in pieces for span in question.listing(piece).conditions.spans)
    if not spans:
        return question.listing(pieces[0])
    return replace(question.everything, conditions=replace(asked, spans=spans))


def follow_each_other(pieces: Sequence[Period]) -> bool:
    return all(one.last + ONE_DAY == other.first for one, other in pairwise(pieces))


def around(pieces: Sequence[Period]) -> Period:
    """From the first day of the first to the last of the last."""
    return pieces[0] if len(pieces) == 1 else Period(pieces[0].first, pieces[-1].last)


def group_of(question: Question, slot: int | None) -> int:
    """The group that a category stands in, or itself."""
    category = question.categories.get(slot or 0)
    return (category.parent_id or category.pk) if category else 0


def _grouped(
    listing: Listing, apart: Apart, measure: Measure, only: Collection[int | None], months: Groups
) -> Mapping[tuple[date, int | None], Flow]:
    if apart == "payee":
        keys = only or largest_first(amounts_by_payee(listing, measure))[:MOST_PAYEES]
        return grouped(listing, "month", "payee", of=_of_payees(keys)) if keys else {}
    if apart == "tag":
        return _by_tag(listing, months)
    return grouped(listing, "month", _BY.get(apart, apart))  # type: ignore[arg-type]


def _of_payees(keys: Collection[int | None]) -> Q:
    named = Q(transaction__payee_id__in=[key for key in keys if key is not None])
    return named | Q(transaction__payee_id=None) if None in keys else named


def _by_tag(listing: Listing, months: Groups) -> dict[tuple[date, int | None], Flow]:
    """Few transactions have tags: those are looked at, and all others are what is left of the whole."""
    found: dict[tuple[date, int | None], Flow] = dict(
        grouped(listing, "month", "tag", of=Q(transaction__taggings__isnull=False))
    )
    tagged = grouped(listing, "month", of=Q(transaction__in=TransactionTag.objects.values("transaction")))
    for (month,), flow in months.items():
        less = tagged.get((month,), Flow())
        found[month, None] = Flow(flow.income - less.income, flow.spending - less.spending, flow.count - less.count)
    return found


def _measured(flows: Sequence[Flow], measure: Measure) -> Values:
    return tuple(flow.income if measure == "income" else flow.spending for flow in flows)


def payees_of(keys: Collection[int | None]) -> dict[int, Payee]:
    return Payee.objects.in_bulk([key for key in keys if key is not None])


def tags_of(keys: Collection[int | None]) -> dict[int, Tag]:
    return Tag.objects.in_bulk([key for key in keys if key is not None])
