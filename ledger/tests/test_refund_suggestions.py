"""Money in that probably came back for something: suggested with its reasons, and found by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions import Part, refunds
from ledger.actions import matching as linking
from ledger.actions.summing import gathered_sums
from ledger.calc.refunds import Came, Spent, fits, likeliest, weighed
from ledger.models import Account, Category, Line, MonthTotal, RefundLink, Transaction
from ledger.queries import refunds as queries
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household, scope: None) -> Account:
    return AccountFactory.create(household=household)


def booked(account: Account, amount: int, *, back: int = 0, **said: Any) -> Transaction:
    day = DAY - timedelta(days=back)
    return actions.add_transaction(
        household=account.household, by=None, account=account, date=day, amount=amount, **said
    )


def dinner(account: Account, amount: int = -90_00, back: int = 20) -> Line:
    dining = Category.objects.get(key="dining")
    return booked(account, amount, back=back, payee="Osteria", parts=[Part(amount, dining)]).lines.get()


def net(key: str) -> int:
    rows = MonthTotal.objects.filter(category__key=key).values_list("sum_in", "sum_out")
    return sum(total_in + total_out for total_in, total_out in rows)


def kept() -> tuple[Any, ...]:
    links = RefundLink.objects.order_by("pk").values_list("line", "expected", "owed_by", "refund", "given_up_on")
    return gathered_sums(Line.objects.all()), list(links)


def spent(room: int = 90_00, back: int = 20, **said: Any) -> Spent:
    return Spent(said.pop("key", 1), said.pop("payee", 7), room, "EUR", DAY - timedelta(days=back), **said)


def came(amount: int = 90_00, words: str = "", **said: Any) -> Came:
    return Came(said.pop("key", 2), said.pop("payee", 7), amount, "EUR", DAY, frozenset(words.split()))


def test_the_same_payee_and_amount_are_likely_money_back_and_words_make_it_likelier() -> None:
    plain = weighed(spent(), came())
    worded = weighed(spent(), came(words="ruckerstattung bestellung"))
    part = weighed(spent(), came(45_00))
    odd = weighed(spent(), came(12_34))
    assert worded.confidence > plain.confidence > part.confidence > odd.confidence
    assert ("share", 12) in part.reasons


def test_who_owes_it_is_known_by_name() -> None:
    expected = spent(60_00, payee=None, expected=60_00, owed_by=frozenset({"anna"}))
    found = weighed(expected, came(60_00, "anna berg danke", payee=None))
    assert found.confidence >= 90
    assert {"person", "expected"} <= {name for name, _number in found.reasons}


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 90)), min_size=1, max_size=12), st.integers(1, 100))
def test_suggestions_use_each_amount_once_and_only_where_it_fits(rows: list[tuple[int, int]], amount: int) -> None:
    every = [spent(room * 100, back, key=key) for key, (room, back) in enumerate(rows)]
    ins = [came(amount, key=100), came(amount, key=101)]
    pairs = [(one, each) for one in every for each in ins if fits(one, each)]
    found = likeliest([weighed(*pair) for pair in pairs], least=1)
    assert len({each.came.key for each in found}) == len({each.spent.key for each in found}) == len(found)
    assert all(each.came.amount <= each.spent.room for each in found)


def test_money_back_in_the_books_is_suggested(household: Household, account: Account) -> None:
    line = dinner(account)
    back = booked(account, 90_00, payee="Osteria", values={"description": "Storno"})
    booked(account, 90_00, payee="Somebody else")
    [pair] = queries.refund_suggestions(household, today=DAY)
    assert (pair.line, pair.refund, pair.link) == (line, back, None)
    assert pair.reasons == ["same payee", "the whole amount", "worded as money back", "20 days later"]
    linking.dismiss_pair(out=line.transaction, into=back, by=None)
    assert not queries.refund_suggestions(household, today=DAY)


def test_money_from_who_owes_it_is_suggested_and_found_by_hand(household: Household, account: Account) -> None:
    line = dinner(account)
    link = refunds.expect_refund(line=line, expected=60_00, owed_by="Anna Berg", by=None)
    back = booked(account, 60_00, payee="Anna Berg")
    booked(account, 12_00, payee="Ben")
    [pair] = queries.refund_suggestions(household, today=DAY)
    assert (pair.refund, pair.link) == (back, link)
    assert queries.refunds_for(line)[0].refund == back
    assert queries.spendings_for(back)[0].line == line


def test_what_somebody_keeps_private_is_out_of_sight(household: Household) -> None:
    other = join(household, "editor")
    private = AccountFactory.create(household=household, by=other, private_to=other)
    with household_scope(household.pk):
        refunds.expect_refund(line=dinner(private), expected=5_00, owed_by="Anna", by=other)
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert queries.owed(household, today=DAY).is_empty
        assert queries.people_owing() == []
    with household_scope(household.pk, viewer=other.pk):
        assert len(queries.owed(household, today=DAY).people) == 1
