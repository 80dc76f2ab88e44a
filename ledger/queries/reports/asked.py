"""What a report is asked for: a period, one to compare it with, and what the transactions must meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared
from ledger.calc.periods import Period
from ledger.calc.terms import Search
from ledger.models import Account, Category
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.conditions import Span
from ledger.queries.listing import Listing, listing

Compared = Literal["", "before", "year"]
CATEGORIES = Prepared(lambda: Category.objects.order_by("position", "pk"))
ACCOUNTS = Prepared(lambda: Account.objects.order_by("position", "pk"), OUT_OF_SIGHT)


@dataclass(frozen=True)
class Question:
    """One report as somebody asks for it. `choices` are what the report itself lets one choose, by name."""

    household: Household
    today: date
    period: Period
    search: Search = field(default_factory=Search)
    compared: Compared = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def everything(self) -> Listing:
        """What is asked for at any time."""
        return listing(self.household, self.search)

    def listing(self, period: Period | None = None) -> Listing:
        """The transactions that the figures of a period are made of; without one, of the period asked for."""
        asked = period or self.period
        return self.everything.over(Span(asked.first, asked.last))

    @property
    def currency(self) -> str:
        """Of all figures: that of the one account asked for, else the base currency."""
        return self.everything.currency

    @property
    def other_period(self) -> Period | None:
        """What the period is compared with; of one that still runs, as much of the other as has passed of it."""
        if not self.compared:
            return None
        other = self.period.before if self.compared == "before" else self.period.year_before
        if self.today in self.period and self.today != self.period.last:
            passed = self.period.until(self.today)
            return Period(other.first, min(other.last, other.first + (passed.last - passed.first)))
        return other

    @cached_property
    def categories(self) -> dict[int, Category]:
        """All categories by key, archived ones too, in their order."""
        rows: dict[int, Category] = {row.pk: row for row in CATEGORIES.objects()}
        for row in rows.values():
            if row.parent_id:
                row.parent = rows[row.parent_id]
        return rows

    @cached_property
    def kinds(self) -> dict[int, str]:
        """Of all categories, as `flows.grouped` asks for them."""
        return {key: row.kind for key, row in self.categories.items()}

    @cached_property
    def accounts(self) -> dict[int, Account]:
        return {row.pk: row for row in ACCOUNTS.objects()}

    def choice(self, name: str, default: str = "") -> str:
        """The one thing chosen under a name."""
        chosen = self.choices.get(name, ())
        return chosen[0] if chosen else default
