"""Long random lives of a household: whatever is done, undone and done again, the books are right to the cent."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from financeflow.history.actions import restore_from_trash, undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
START = date(2026, 1, 15)
# A life that went wrong is told by its seed; looking for a shorter one would take minutes.
LIVES: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
}


class Life:
    """A household to which things happen, chosen by a seeded chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.household: Household = HouseholdFactory.create(base_currency="EUR")
        for currency in ("EUR", "EUR", "USD", "JPY"):
            AccountFactory.create(household=self.household, currency=currency)
        with household_scope(self.household.pk):
            self.owner = Membership.objects.select_related("user").get()
        self.by = self.owner.user
        self.frame: dict[str, Any] = {"household": self.household, "by": self.by}

    def happens(self, step: int) -> str:
        """One of the things that people do; what the rules refuse is refused whole."""
        deeds: list[Callable[[], Any]] = [
            self.add,
            self.add,
            self.add_many,
            self.transfer,
            self.transfer,
            self.change,
            self.change,
            self.split,
            self.convert,
            self.in_bulk,
            self.in_bulk,
            self.trash,
            self.restore,
            self.undo,
            self.undo,
            self.undo,
            self.merge,
            self.account,
            self.reconcile,
        ]
        deed = deeds[step % len(deeds)]
        try:
            deed()
        except (Refused, ValidationError):
            return f"{deed.__name__} was refused"
        return deed.__name__

    def day(self) -> date:
        return START + timedelta(days=self.chance.randrange(-20, 70))

    def amount(self) -> int:
        return self.chance.choice((-1, -1, -1, 1)) * self.chance.randrange(1, 50_000)

    def pick(self, model: Any, **where: Any) -> Any:
        rows = list(model.objects.filter(**where).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def category(self) -> Category | None:
        return self.chance.choice((None, self.pick(Category, trashed_at=None)))

    def transaction(self) -> Transaction:
        found = self.pick(Transaction, trashed_at=None)
        if found is None:
            raise Refused("Nothing is there yet.")
        return found  # type: ignore[no-any-return]

    def parts(self, amount: int) -> list[Part]:
        first = self.chance.randrange(-20_000, 20_000)
        second = self.chance.randrange(-500, 500)
        return [
            Part(first, self.category()),
            Part(second, self.category(), "Ünd"),
            Part(amount - first - second, self.category()),
        ]

    def new(self) -> NewTransaction:
        amount = self.amount()
        parts = self.parts(amount) if self.chance.random() < 0.3 else [Part(amount, self.category())]
        payee = self.chance.choice((None, "Lidl", "Café", "Bäcker 24"))
        account = self.pick(Account, trashed_at=None)
        tags = self.chance.choice(((), ("work",), ("work", "trip")))
        return NewTransaction(account=account, date=self.day(), amount=amount, payee=payee, parts=parts, tags=tags)

    def add(self) -> None:
        actions.add_transactions(**self.frame, rows=[self.new()])

    def add_many(self) -> None:
        actions.add_transactions(**self.frame, rows=[self.new() for _ in range(self.chance.randrange(2, 9))])

    def transfer(self) -> None:
        source, target = self.pick(Account), self.pick(Account)
        received = None if source.currency == target.currency else abs(self.amount())
        actions.add_transfer(
            **self.frame, source=source, target=target, amount=abs(self.amount()), received=received, on=self.day()
        )

    def change(self) -> None:
        row = self.transaction()
        every: dict[str, Any] = {
            "amount": self.amount(),
            "date": self.day(),
            "account": self.pick(Account, trashed_at=None),
            "category": self.category(),
            "payee": self.chance.choice(("Aldi", "Lidl", None)),
            "notes": "Neu",
            "tags": self.chance.choice(([], ["trip"], ["home", "work"])),
        }
        said = {name: every[name] for name in self.chance.sample(sorted(every), self.chance.randrange(1, 4))}
        actions.change_transaction(transaction=row, by=self.by, edit_version=row.edit_version, **said)

    def split(self) -> None:
        row = self.transaction()
        if row.transfer_id:
            raise Refused("Transfers are not split.")
        amount = self.amount()
        actions.change_transaction(
            transaction=row, by=self.by, edit_version=row.edit_version, amount=amount, parts=self.parts(amount)
        )

    def convert(self) -> None:
        row = self.transaction()
        if row.transfer_id:
            actions.part_transfer(transaction=row, by=self.by)
        else:
            actions.make_transfer(
                transaction=row, other=self.pick(Account), by=self.by, other_amount=abs(self.amount())
            )

    def in_bulk(self) -> None:
        rows = Transaction.objects.filter(trashed_at=None, amount__lt=self.amount())
        deed = self.chance.randrange(6)
        if deed == 0:
            actions.file_transactions(**self.frame, rows=rows, category=self.category())
        elif deed == 1:
            actions.move_transactions(**self.frame, rows=rows, account=self.pick(Account))
        elif deed == 2:
            actions.shift_transactions(**self.frame, rows=rows, days=self.chance.randrange(-40, 40))
        elif deed == 3:
            actions.set_payee(**self.frame, rows=rows, payee=self.chance.choice(("Neu & Co", None)))
        elif deed == 4:
            actions.tag_transactions(**self.frame, rows=rows, add=["all"], remove=["work"])
        else:
            actions.trash_transactions(**self.frame, rows=rows)

    def trash(self) -> None:
        actions.trash_transaction(transaction=self.transaction(), by=self.by)

    def restore(self) -> None:
        row = self.pick(Transaction, trashed_at__isnull=False)
        if row is not None:
            restore_from_trash(row, household=self.household, by=self.owner)

    def undo(self) -> None:
        """Mostly the latest, at times an old one; undoing an undo does it again."""
        latest = list(ChangeSet.objects.filter(undone_at=None, is_undoable=True).order_by("-pk")[:8])
        if latest:
            undo_change(latest[min(int(self.chance.expovariate(0.7)), len(latest) - 1)], by=self.owner)

    def merge(self) -> None:
        """A category changes its kind, which turns spending into income."""
        category = self.pick(Category, trashed_at=None, children=None)
        parent = self.pick(Category, trashed_at=None, parent=None)
        actions.change_category(category=category, by=self.by, edit_version=category.edit_version, parent=parent)

    def account(self) -> None:
        account = self.pick(Account)
        balance = self.chance.randrange(-9999, 9999)
        actions.change_account(
            account=account, by=self.by, edit_version=account.edit_version, opening_balance=balance, currency="EUR"
        )

    def reconcile(self) -> None:
        row = self.transaction()
        state = self.chance.choice(("cleared", "pending"))
        actions.mark_transactions(**self.frame, rows=Transaction.objects.filter(pk=row.pk), status=state)


@given(seed=st.integers(0, 10**9), steps=st.lists(st.integers(0, 18), min_size=12, max_size=28))
@settings(max_examples=8, **LIVES)
def test_the_books_are_right_after_whatever_happens(seed: int, steps: list[int]) -> None:
    life = Life(seed)
    with household_scope(life.household.pk):
        told = [life.happens(step) for step in (0, 2, 3, *steps)]
        assert violations() == [], told


@given(seed=st.integers(0, 10**9), steps=st.lists(st.integers(0, 14), min_size=4, max_size=10))
@settings(max_examples=5, **LIVES)
def test_undoing_all_of_it_leaves_the_opening_balances_and_redoing_it_brings_all_back(
    seed: int, steps: list[int]
) -> None:
    life = Life(seed)
    with household_scope(life.household.pk):
        before = ChangeSet.objects.order_by("-pk").first()
        for step in (0, 2, *[step for step in steps if step not in (12, 13, 14)]):
            life.happens(step)
        done = list(ChangeSet.objects.filter(pk__gt=before.pk if before else 0).order_by("-pk"))
        balances = dict(Account.objects.values_list("pk", "balance"))
        undone = [undo_change(each, by=life.owner) for each in done]
        assert violations() == []
        assert not Transaction.objects.exists()
        for each in reversed(undone):
            undo_change(each, by=life.owner)
        assert violations() == []
        assert dict(Account.objects.values_list("pk", "balance")) == balances
