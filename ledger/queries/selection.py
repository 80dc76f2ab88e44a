"""Transactions that somebody picked from a list: some of them, or all that match but for a few."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from financeflow.households.models import Household
from financeflow.web.months import Month
from ledger.calc.terms import read_search
from ledger.models import Line, Transaction
from ledger.queries import tallies
from ledger.queries.listing import Listing, listing
from ledger.queries.tallies import Tally

MOST_PICKED = 2000


@dataclass(frozen=True)
class Selection:
    """`picked` ones of a list; where `every` one is picked, all of it but for the `spared`."""

    listing: Listing
    every: bool = False
    picked: Collection[UUID] = ()
    spared: Collection[UUID] = ()

    def __bool__(self) -> bool:
        return self.every or bool(self.picked)

    def rows(self) -> QuerySet[Transaction]:
        """Those that are in sight and not thrown away; what is picked one by one need not match any more."""
        if not self.every:
            return Transaction.objects.filter(uid__in=self.picked, trashed_at=None).order_by()
        return self.listing.rows().exclude(uid__in=self.spared) if self.spared else self.listing.rows()

    def tally(self) -> Tally:
        """The sums of what is picked, as the list counts them: of a split only what was asked for."""
        if self.every and not self.spared:
            return self.listing.tally()
        lines = Line.objects.filter(self.listing.conditions.of_lines(), is_kept=True, transaction__in=self.rows())
        own = self.listing.account is not None
        tally = tallies.added_up(tallies.line_figures(lines), currency=self.listing.currency, own=own)
        left_out = tallies.left_out(lines) if tally.missing else ()
        return tally.but(count=self.rows().count(), left_out=left_out)


def selection_of(household: Household, chosen: dict[str, Any]) -> Selection:
    """The selection that plain JSON tells of: line, month, today, and every with spared, or picked."""
    search = read_search(chosen["line"], today=date.fromisoformat(chosen["today"]), locale=household.locale)
    months = [Month.parse(chosen["month"])] if chosen["month"] else []
    return Selection(
        listing(household, search, months=months),
        every=chosen["every"],
        picked=[UUID(uid) for uid in chosen["picked"]],
        spared=[UUID(uid) for uid in chosen["spared"]],
    )
