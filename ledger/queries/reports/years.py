"""The numbers of a year in review: its months, its categories and payees against the year before, its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from django.db.models import Q

from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period
from ledger.models import Category, Payee
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import grouped, whole
from ledger.queries.reports.notable import Big, biggest, count_new_payees
from ledger.queries.reports.payees import amounts_by_payee
from ledger.queries.reports.spending_days import SpendingDays, spending_days
from ledger.queries.reports.strands import payees_of
from ledger.queries.reports.streams import Stream, Streams, streams

MOST_BIG: Final = 8
# Among so many of the biggest one of each payee is looked for.
LOOKED_AT: Final = 60


@dataclass(frozen=True)
class Changed:
    """A group of spending, now and in the year before; negative where more came back than was spent."""

    stream: Stream
    now: int
    before: int

    @property
    def by(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Year:
    """All that a year in review tells, each asked for once."""

    question: Question

    @cached_property
    def other(self) -> Period:
        """The year before: of one that still runs, as much as has passed of it."""
        other = replace(self.question, compared="year").other_period
        assert other is not None
        return other

    @property
    def is_running(self) -> bool:
        return self.question.today in self.question.period and self.question.today != self.question.period.last

    @cached_property
    def months(self) -> dict[date, Flow]:
        return {month: flow for (month,), flow in grouped(self.question.listing(), "month").items()}

    @cached_property
    def flow(self) -> Flow:
        return together(self.months.values())

    @cached_property
    def before(self) -> Flow:
        return whole(self.question.listing(self.other))

    @property
    def best_month(self) -> date | None:
        """The month in which most was kept; of one month alone there is nothing to tell."""
        if len(self.months) < 2:
            return None
        best = max(self.months, key=lambda month: self.months[month].kept)
        return best if self.months[best].kept > 0 else None

    @property
    def dearest_month(self) -> date | None:
        if len(self.months) < 2:
            return None
        dearest = max(self.months, key=lambda month: self.months[month].spending)
        return dearest if self.months[dearest].spending > 0 else None

    @cached_property
    def changed(self) -> list[Changed]:
        """Every group of spending of either year, the largest of this one first."""
        now, before = _spending(streams(self.question)), _spending(streams(self.question, self.other))
        found = [
            Changed(stream, now[key][1] if key in now else 0, before[key][1] if key in before else 0)
            for key, (stream, _amount) in (before | now).items()
        ]
        return sorted(found, key=lambda each: -each.now)

    @cached_property
    def by_payee(self) -> dict[int | None, int]:
        return amounts_by_payee(self.question.listing(), "spending")

    @cached_property
    def by_payee_before(self) -> dict[int | None, int]:
        return amounts_by_payee(self.question.listing(self.other), "spending")

    def top_payees(self, most: int) -> list[Payee]:
        paid = [key for key, amount in self.by_payee.items() if key is not None and amount > 0]
        first = sorted(paid, key=lambda key: -self.by_payee[key])[:most]
        payees = payees_of(first)
        return [payees[key] for key in first if key in payees]

    @cached_property
    def days(self) -> SpendingDays:
        return spending_days(self.question)

    @cached_property
    def new_payees(self) -> int:
        return count_new_payees(self.question)

    @cached_property
    def biggest(self) -> list[Big]:
        """What went out in one piece, one of each payee: the salaries or rents of a year would fill the list."""
        listing = self.question.listing()
        rows = (*listing.conditions.rows, Q(amount__lt=0))
        found = biggest(replace(listing, conditions=replace(listing.conditions, rows=rows)), LOOKED_AT)
        first = {big.row.payee.uid if big.row.payee else big.row.uid: big for big in reversed(found)}
        return sorted(first.values(), key=lambda big: abs(big.amount), reverse=True)[:MOST_BIG]


def _spending(found: Streams) -> dict[int, tuple[Stream, int]]:
    """Groups of spending by their keys, those that brought money back with less than nothing."""
    sides = ((found.going, 1), (found.coming, -1))
    return {
        stream.category.pk if stream.category else 0: (stream, sign * stream.amount)
        for side, sign in sides
        for stream in side
        if stream.kind == Category.Kind.EXPENSE
    }
