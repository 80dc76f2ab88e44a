"""Eighteen months of a family's money, the same for the same seed and day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from financeflow.money.currencies import minor_digits
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category
from ledger.story.habits import (
    COFFEE,
    MONTHLY,
    NOTES,
    OFTEN,
    UNFILED,
    WEEKLY_SHOP,
    Monthly,
    Often,
)

SAMPLE = {"source": "sample"}


class Months:
    """Transactions of the story, up to today and never after."""

    def __init__(self, *, accounts: list[Account], today: date, first: date, seed: int) -> None:
        self.accounts, self.today, self.first = accounts, today, first
        self.chance = random.Random(f"{seed} months")
        self.categories = {category.key: category for category in Category.objects.exclude(key="")}

    def rows(self) -> list[NewTransaction]:
        """All of it, in the order in which it happened."""
        found = [row for month in self.months() for row in self._of_month(month)]
        found += [*self._unfiled(), *self._twins(), *self._pending(), *self._splits()]
        return sorted((row for row in found if self.first <= row.date <= self.today), key=lambda row: row.date)

    def months(self) -> Iterator[date]:
        month = self.first.replace(day=1)
        while month <= self.today:
            yield month
            month = (month + timedelta(days=32)).replace(day=1)

    def worth(self, cents: int, account: int) -> int:
        """Cents as that account's currency has them; where a coin is worth little, people have more of them."""
        digits = minor_digits(self.accounts[account].currency)
        return cents * (10 ** (digits - 2) if digits >= 2 else 1)

    def _of_month(self, month: date) -> Iterator[NewTransaction]:
        place = (month.year - self.first.year) * 12 + month.month - self.first.month
        for each in MONTHLY:
            if place % each.every == 0:
                yield self._monthly(each, month, is_late=place >= 9)
        for habit in OFTEN:
            if not habit.months or month.month in habit.months:
                yield from self._often(habit, month)

    def _monthly(self, each: Monthly, month: date, *, is_late: bool) -> NewTransaction:
        cents = self.chance.randint(each.low, each.high) + (each.rises if is_late else 0)
        category = self.categories[each.category]
        is_income = category.kind == Category.Kind.INCOME
        amount = self.worth(cents if is_income else -cents, each.account)
        day = _on_workday(month.replace(day=min(each.day, 28)))
        return self._new(each.account, day, amount, each.payee, [Part(amount, category)], each.words)

    def _often(self, habit: Often, month: date) -> Iterator[NewTransaction]:
        times = int(habit.times) + (self.chance.random() < habit.times % 1)
        for _time in range(times):
            day = month + timedelta(days=self.chance.randrange(28))
            amount = -self.worth(self.chance.randint(habit.low, habit.high), habit.account)
            parts = [Part(amount, self.categories[habit.category])]
            yield self._new(habit.account, day, amount, habit.payee, parts, habit.words, tags=habit.tags)

    def _new(
        self,
        account: int,
        day: date,
        amount: int,
        payee: str | None,
        parts: list[Part],
        words: str = "",
        tags: tuple[str, ...] = (),
        **values: Any,
    ) -> NewTransaction:
        said = {**SAMPLE, "description": words, **values}
        return NewTransaction(
            account=self.accounts[account], date=day, amount=amount, payee=payee, parts=parts, tags=tags, values=said
        )

    def _unfiled(self) -> Iterator[NewTransaction]:
        for words, cents, days in UNFILED:
            amount = -self.worth(cents, 4)
            yield self._new(4, self.today - timedelta(days=days), amount, None, [], words)

    def _twins(self) -> Iterator[NewTransaction]:
        """Two coffees at the same price on one day are two coffees."""
        amount = -self.worth(480, 4)
        for _cup in range(2):
            parts = [Part(amount, self.categories["dining"])]
            yield self._new(4, self.today - timedelta(days=3), amount, COFFEE, parts, "CARD 4471 CAFE MORGENROT")

    def _pending(self) -> Iterator[NewTransaction]:
        for payee, cents in (("Bäckerei Lindner", 940), (WEEKLY_SHOP, 6_418)):
            amount = -self.worth(cents, 4)
            key = "dining" if cents < 2_000 else "groceries"
            yield self._new(4, self.today, amount, payee, [Part(amount, self.categories[key])], status="pending")

    def _splits(self) -> Iterator[NewTransaction]:
        """A big shop now and then holds more than food."""
        for days in (4, 33, 61, 96, 130, 171, 215, 262, 311, 365, 420, 480):
            food, rest = (
                -self.worth(self.chance.randint(4_200, 8_800), 4),
                -self.worth(self.chance.randint(1_290, 5_490), 4),
            )
            parts = [
                Part(food, self.categories["groceries"]),
                Part(rest, self.categories["shopping"], str(NOTES["split"])),
            ]
            yield self._new(4, self.today - timedelta(days=days), food + rest, WEEKLY_SHOP, parts)


def _on_workday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
