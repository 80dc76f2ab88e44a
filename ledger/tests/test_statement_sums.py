"""What explains a statement that does not fit is mended in one go; kept sums agree with plain ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import gaps, reconciling
from ledger.actions.gaps import Remedy
from ledger.models import Account, Statement, Transaction
from ledger.queries import reconciling as queries
from ledger.queries.checking import violations
from ledger.queries.gaps import proposals
from ledger.tests.factories import AccountFactory
from ledger.tests.statements import END, begin, locked, spend, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    """Each test stands in the household, and leaves its books without a fault."""
    with household_scope(household.pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def test_a_changed_opening_balance_shows_and_is_explained(account: Account) -> None:
    locked(account, -30_00)
    account.refresh_from_db()
    actions.change_account(account=account, by=None, edit_version=account.edit_version, opening_balance=107_00)
    account.refresh_from_db()
    statement = begin(account, 70_00, END + timedelta(days=30))
    found = queries.reckoning(statement)
    assert found.difference == -7_00
    best = proposals(found)[0]
    assert (best.kind, best.amount) == ("opening", 100_00)
    gaps.mend(
        statement=statement,
        remedy=Remedy(kind="opening", amount=best.amount, edit_version=best.edit_version),
        by=Membership.objects.select_related("user", "household").get(),
    )
    assert queries.reckoning(queries.statements().get(pk=statement.pk)).difference == 0


def test_a_long_list_is_paged_and_the_rest_is_summed(account: Account) -> None:
    rows = spend(account, *[-100 - at for at in range(450)])
    statement = begin(account, 0)
    seen: list[int] = []
    place: str | None = None
    for size, rest in ((200, 250), (200, 50), (50, 0)):
        page = queries.statement_page(statement, after=place)
        assert (len(page.rows), page.rest) == (size, rest)
        assert page.rest_total == sum(row.amount for row in rows[len(seen) + size :])
        seen += [row.pk for row in page.rows]
        place = page.next
    assert place is None
    assert seen == [row.pk for row in sorted(rows, key=lambda row: (row.date, row.pk), reverse=True)]


@pytest.mark.parametrize(
    "kind", ["left_out", "later", "thrown_away", "too_early", "twice", "sign", "digits", "decimal", "fee"]
)
def test_the_remedy_of_a_gap_closes_it(account: Account, kind: str) -> None:
    member = Membership.objects.select_related("user", "household").get()
    base = spend(account, -3141_59, -27_18, on=END - timedelta(days=5))
    balance = 100_00 - 3141_59 - 27_18
    wrong = {"sign": 45_10, "digits": -54_10, "decimal": -451_00, "twice": -45_10, "later": -45_10}.get(kind, -45_10)
    rows = [] if kind == "fee" else spend(account, wrong, on=END + timedelta(days=2 if kind == "later" else 0))
    again = spend(account, -45_10, on=END) if kind == "twice" else []
    statement = begin(account, balance - (0 if kind == "too_early" else 45_10) + (42_00 if kind == "fee" else 0))
    tick(statement, *base, *([] if kind in ("left_out", "later", "thrown_away") else rows), *again)
    if kind == "thrown_away":
        actions.trash_transaction(transaction=rows[0], by=None)
    found = {each.kind: each for each in proposals(queries.reckoning(statement))}
    assert kind in found, found
    remedy = found[kind]
    gaps.mend(
        statement=statement,
        remedy=Remedy(
            kind=kind,
            rows=tuple(remedy.rows),
            amount=remedy.amount,
            edit_version=remedy.edit_version,
            until=remedy.until,
        ),
        by=member,
    )
    assert queries.reckoning(statement).difference == 0
    reconciling.lock_statement(statement=statement, by=None)


@given(
    amounts=st.lists(st.integers(-900_00, 900_00).filter(bool), min_size=1, max_size=25),
    deeds=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 10**6)), max_size=14),
)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_kept_sums_agree_with_plain_ones_whatever_happens(
    household: Household, amounts: list[int], deeds: list[tuple[int, int]]
) -> None:
    account = AccountFactory.create(household=household)
    for at, amount in enumerate(amounts):
        spend(account, amount, on=END + timedelta(days=at % 9 - 6))
    rows = list(Transaction.objects.filter(account=account))
    statement = begin(account, 0)
    for deed, chance in deeds:
        row = Transaction.objects.get(pk=rows[chance % len(rows)].pk)
        try:
            _happen(statement, account, row, deed)
        except (Refused, ValidationError):
            continue
        statement = queries.statements().filter(account=account).latest("on")
        _agree(statement)


def _happen(statement: Statement, account: Account, row: Transaction, deed: int) -> None:
    if deed <= 1:
        tick(statement, row)
    elif deed == 2:
        reconciling.set_ticks(statement=statement, untick=Transaction.objects.filter(pk=row.pk))
    elif deed == 3:
        found = queries.reckoning(statement)
        reconciling.lock_statement(statement=statement, by=None, correction=found.difference)
    elif deed == 4:
        reconciling.unlock_statement(statement=statement, by=None)
    elif deed == 5:
        begin(account, 777, statement.on + timedelta(days=1))
    elif deed == 6:
        actions.change_transaction(transaction=row, by=None, edit_version=row.edit_version, amount=row.amount + 1)
    else:
        actions.trash_transaction(transaction=row, by=None)


def _agree(statement: Statement) -> None:
    """The reckoning from kept totals is what one gets by looking at every row."""
    found = queries.reckoning(statement)
    kept = Transaction.objects.filter(account=statement.account, trashed_at=None)
    earlier = Statement.objects.filter(account=statement.account, on__lt=statement.on)
    before = kept.filter(tick__statement__in=earlier) | kept.filter(statement__in=earlier)
    assert found.before == statement.account.opening_balance + _sum(before)
    if statement.is_locked:
        return
    open_rows = kept.filter(date__lte=statement.on).exclude(status="reconciled")
    shown = open_rows.exclude(tick__statement__in=Statement.objects.exclude(pk=statement.pk))
    left = open_rows.filter(tick=None)
    expected = queries.Extent(shown.count(), _sum(shown), left.count(), _sum(left))
    assert queries.extent(statement) == expected
    assert len(queries.statement_page(statement).rows) == expected.rows
    assert (
        len(queries.statement_page(statement, only_left=True).rows)
        == expected.left
        == queries.rows_left(statement).count()
    )


def _sum(rows: Any) -> int:
    return int(rows.aggregate(total=Sum("amount", default=0))["total"])
