"""Books in which whatever makes sums go wrong happens at once, on top of the sample family's year and a half."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Any

from financeflow.households.actions.sandbox import open_demo_household
from financeflow.households.models import Household, User
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory, join
from ledger import actions
from ledger.actions import Part
from ledger.actions.rates import add_rate
from ledger.actions.refunds import link_money_back
from ledger.calc.conversion import BILLION
from ledger.models import Account, Category, TypedRate

# Enough months for a year before, few enough to be quick.
MONTHS = 14


@dataclass(frozen=True)
class AwkwardBooks:
    """The household, who looks at it, and the day it is."""

    household: Household
    owner: User
    other: User
    today: date


def awkward_books() -> AwkwardBooks:
    owner = UserFactory.create(name="Anna")
    household = open_demo_household(by=owner, name="Awkward", seed=3, months=MONTHS, base_currency="EUR")
    other = join(household, "editor", name="Anna Bee")
    today = today_in(household.time_zone)
    with household_scope(household.pk):
        _Awkward(household, owner, other, today).add()
    return AwkwardBooks(household, owner, other, today)


class _Awkward:
    """Adds the rows; each in this month and in the one before, that comparisons have them too."""

    def __init__(self, household: Household, owner: User, other: User, today: date) -> None:
        self.household, self.owner, self.other = household, owner, other
        self.days = [today, today.replace(day=1) - timedelta(days=3)]
        self.groceries = Category.objects.get(key="groceries")
        self.dining = Category.objects.get(key="dining")
        self.salary = Category.objects.get(key="salary")
        self.everyday = Account.objects.order_by("position").first()

    def add(self) -> None:
        alike = [self._category("Other things", parent) for parent in (self.groceries.parent, self.dining.parent)]
        gone = self._category("=Archived", self.groceries.parent)
        abroad = self._account("Yen", "JPY"), self._account("Dollars", "USD"), self._account('Alike "one"', "EUR")
        hidden = self._account("Hidden", "EUR", by=self.other, private_to=self.other)
        same = self._account('alike "ONE"', "EUR")
        usd = {"currency": "USD", "against": "EUR", "worth": int(Fraction("0.9") * BILLION)}
        for day in self.days:
            add_rate(household=self.household, by=self.owner, on=self._before_without_rate(day), **usd)
            for category in (*alike, gone):
                self._spend(day, -12_34, [Part(-12_34, category)], payee=f"Shop {category.pk}")
            self._split(day, alike[0])
            self._refund(day)
            self._unfiled(day)
            for number, account in enumerate((*abroad, same)):
                self._spend(day, -50_00 - number, [Part(-50_00 - number, self.groceries)], account=account)
            self._spend(day, -77_77, [Part(-77_77, self.dining)], account=hidden, by=self.other, payee="Casino")
            self._spend(day, -3, [Part(-3, self.groceries)], by=None, payee='The "Quoted" shop', tags=["two words"])
            self._spend(day, 5_00, [Part(5_00, self.groceries)], by=self.other, payee="none", tags=["none"])
        actions.archive_category(category=gone, by=self.owner)

    def _before_without_rate(self, day: date) -> date:
        """The sample life has typed some too, on days that move with today."""
        typed = set(TypedRate.objects.values_list("on", flat=True))
        return next(on for days in count(2) if (on := day - timedelta(days=days)) not in typed)

    def _split(self, day: date, alike: Category) -> None:
        """Over three categories, one of them an income, one none at all."""
        parts = [Part(-60_00, self.groceries), Part(-20_00, alike), Part(10_00, self.salary), Part(-30_00, None)]
        self._spend(day, -100_00, parts, payee="Market", tags=["two words", "split"])

    def _refund(self, day: date) -> None:
        bought = self._spend(day, -80_00, [Part(-80_00, self.dining)], payee="=Returned")
        back = self._spend(day, 30_00, [Part(30_00, None)], payee="=Returned")
        link_money_back(line=bought.lines.get(), refund=back, by=self.owner)

    def _unfiled(self, day: date) -> None:
        self._spend(day, 11_11, [Part(11_11, None)], payee="Who knows")
        self._spend(day, -22_22, [Part(-22_22, None)], payee="")

    def _category(self, name: str, parent: Category | None) -> Category:
        return actions.add_category(household=self.household, by=self.owner, name=name, parent=parent)

    def _account(self, name: str, currency: str, by: User | None = None, **values: Any) -> Account:
        opened = {"opened_on": self.days[-1] - timedelta(days=40), "opening_balance": 1000_00, "kind": "checking"}
        by = by or self.owner
        return actions.add_account(household=self.household, by=by, name=name, currency=currency, **opened, **values)

    def _spend(self, day: date, amount: int, parts: list[Part], **said: Any) -> Any:
        frame: dict[str, Any] = {"account": self.everyday, "payee": "Somebody", "by": self.owner, **said}
        return actions.add_transaction(household=self.household, date=day, amount=amount, parts=parts, **frame)
