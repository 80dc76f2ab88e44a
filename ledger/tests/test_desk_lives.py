"""Long random lives with statements, refunds and linked transfers: the books are right after whatever happens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import matching, reconciling, refunds
from ledger.models import Account, Line, RefundLink, Statement, Transaction
from ledger.queries import reconciling as queries
from ledger.queries.checking import violations
from ledger.queries.matching import transfer_suggestions
from ledger.tests.test_books import START, Life

pytestmark = pytest.mark.django_db


class DeskLife(Life):
    """A life in which somebody also sits down and goes through the papers."""

    def happens(self, step: int) -> str:
        deeds = [
            self.begin,
            self.tick,
            self.tick,
            self.lock,
            self.lock,
            self.unlock,
            self.link,
            self.owe,
            self.come_back,
            self.come_back,
            self.unlink,
            self.give_up,
        ]
        if step >= len(deeds):
            return super().happens(step - len(deeds))
        try:
            deeds[step]()
        except (Refused, ValidationError):
            return f"{deeds[step].__name__} was refused"
        return deeds[step].__name__

    def begin(self) -> None:
        account = self.pick(Account, trashed_at=None)
        last = queries.latest_statement(account)
        on = (last.on if last else START) + timedelta(days=self.chance.randrange(1, 20))
        reconciling.add_statement(account=account, by=self.by, on=on, balance=self.amount())

    def statement(self, **where: object) -> Statement:
        found = self.pick(Statement, **where)
        if found is None:
            raise Refused("There is no statement.")
        return queries.statements().get(pk=found.pk)

    def tick(self) -> None:
        statement = self.statement(locked_at=None)
        if self.chance.random() < 0.5:
            reconciling.tick_all(statement=statement)
        else:
            rows = Transaction.objects.filter(account=statement.account, amount__lt=self.amount())
            reconciling.set_ticks(statement=statement, untick=rows)

    def lock(self) -> None:
        statement = self.statement(locked_at=None)
        difference = queries.reckoning(statement).difference
        reconciling.lock_statement(statement=statement, by=self.by, correction=difference)

    def unlock(self) -> None:
        reconciling.unlock_statement(statement=self.statement(locked_at__isnull=False), by=self.by)

    def link(self) -> None:
        pairs = transfer_suggestions(self.household, today=START + timedelta(days=90))
        if pairs:
            both = [(pair.out, pair.into) for pair in pairs]
            matching.pair_transfers(household=self.household, by=self.by, pairs=both)
        else:
            row = self.transaction()
            others = Account.objects.filter(currency=row.currency).exclude(pk=row.account_id)
            other = self.chance.choice(list(others)) if others else row.account
            actions.add_transaction(**self.frame, account=other, date=row.date, amount=-row.amount, payee="Move")

    def owe(self) -> None:
        line = self.pick(Line, amount__lt=0, is_kept=True, is_transfer=False)
        if line is not None:
            part = -line.amount * self.chance.randrange(1, 4) // 3
            refunds.expect_refund(line=line, expected=part, owed_by=self.chance.choice(("Anna", "")), by=self.by)

    def come_back(self) -> None:
        link = self.pick(RefundLink, refund=None)
        if link is None:
            raise Refused("Nobody owes anything.")
        account = link.line.transaction.account
        amount = max(1, link.expected * self.chance.randrange(1, 4) // 3)
        back = actions.add_transaction(**self.frame, account=account, date=self.day(), amount=amount)
        refunds.link_refund(link=link, refund=back, by=self.by)

    def unlink(self) -> None:
        link = self.pick(RefundLink, refund__isnull=False)
        if link is not None:
            refunds.unlink_refund(link=link, by=self.by)

    def give_up(self) -> None:
        link = self.pick(RefundLink, refund=None)
        if link is not None:
            refunds.give_up_refund(link=link, by=self.by, on=self.day())


STEPS = st.one_of(st.integers(0, 11), st.integers(0, 11), st.integers(0, 30))


@given(seed=st.integers(0, 10**9), steps=st.lists(STEPS, min_size=10, max_size=26))
@settings(max_examples=14, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_books_are_right_after_whatever_is_reconciled_linked_and_paid_back(seed: int, steps: list[int]) -> None:
    life = DeskLife(seed)
    with household_scope(life.household.pk):
        told = [life.happens(step) for step in (12, 14, 15, 0, *steps)]
        assert violations() == [], told
        assert net_is_kept(), told


def net_is_kept() -> bool:
    """Money that came back is filed where it was spent, and no more came back than that."""
    links = RefundLink.objects.filter(refund__isnull=False, line__is_kept=True, refund__trashed_at=None)
    for link in links.select_related("line"):
        if {line.category_id for line in Line.objects.filter(transaction=link.refund_id)} != {link.line.category_id}:
            return False
    lines = Line.objects.filter(refund_links__isnull=False, is_kept=True).distinct()
    return all(
        sum(link.expected for link in RefundLink.objects.filter(line=line, given_up_on=None)) <= max(0, -line.amount)
        for line in lines
    )


@given(seed=st.integers(0, 10**9), steps=st.lists(st.integers(0, 11), min_size=4, max_size=12))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_all_of_it_is_undone_and_done_again(seed: int, steps: list[int]) -> None:
    life = DeskLife(seed)
    with household_scope(life.household.pk):
        for step in (12, 14, 15, 0, 1):
            life.happens(step)
        before = ChangeSet.objects.latest("id").pk
        for step in [step for step in steps if step not in (1, 2)]:
            life.happens(step)
        done = list(ChangeSet.objects.filter(pk__gt=before).order_by("-pk"))
        rows = list(Transaction.objects.order_by("pk").values_list("pk", "status", "statement", "transfer"))
        undone = [undo_change(each, by=life.owner) for each in done]
        assert violations() == []
        for each in reversed(undone):
            undo_change(each, by=life.owner)
        assert violations() == []
        assert list(Transaction.objects.order_by("pk").values_list("pk", "status", "statement", "transfer")) == rows
