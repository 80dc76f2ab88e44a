"""Transfers found among what is in the books: how likely, why, and never linked by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financeflow.history.refusal import Refused
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions import matching as linking
from ledger.actions.rates import add_rate
from ledger.actions.summing import gathered_sums
from ledger.calc.matching import (
    HIGH,
    LOW,
    Movement,
    Pair,
    Wording,
    across_currencies,
    likeliest,
    naming,
    same_amounts,
    weighed,
    words_of,
)
from ledger.models import Account, Category, Line, NoPair, Transaction
from ledger.queries import matching
from ledger.queries.checking import violations
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory

DAY = date(2026, 11, 10)


def moved(
    key: int, account: int, amount: int, *, back: int = 0, currency: str = "EUR", worth: int | None = None
) -> Movement:
    return Movement(key, account, amount, currency, DAY - timedelta(days=back), worth)


def sure(out: Movement, into: Movement, said: dict[int, Wording] | None = None, names: Any = None) -> Pair:
    return weighed(out, into, said or {}, names or {})


def test_the_same_amount_on_the_same_day_is_likely_and_not_yet_sure() -> None:
    pair = sure(moved(1, 1, -250_00), moved(2, 2, 250_00))
    assert LOW < pair.confidence < HIGH
    assert pair.reasons == (("amount", 0), ("day", 0))


def test_each_day_apart_makes_it_less_likely() -> None:
    found = [sure(moved(1, 1, -25_01, back=5), moved(2, 2, 25_01, back=5 - days)).confidence for days in range(6)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 6


def test_words_names_and_references_make_it_sure() -> None:
    out, into = moved(1, 1, -250_00), moved(2, 2, 250_00)
    names = {1: naming("Everyday account"), 2: naming("Rainy day savings")}
    for one, other, because in (
        ("Umbuchung Rainy Day Savings", "", {"wording", "name"}),
        ("Transfer", "transfer from everyday", {"wording", "name"}),
        ("Überweisung RF8829X1", "Gutschrift rf8829x1", {"wording", "reference"}),
    ):
        said = {1: Wording(words_of(one)), 2: Wording(words_of(other))}
        pair = sure(out, into, said, names)
        assert pair.confidence >= HIGH, one
        assert because <= {name for name, _number in pair.reasons}


def test_what_somebody_filed_is_hardly_a_transfer() -> None:
    out, into = moved(1, 1, -2400_00), moved(2, 2, 2400_00)
    both = {1: Wording(is_filed=True), 2: Wording(is_filed=True)}
    assert sure(out, into, both).confidence < LOW
    assert LOW < sure(out, into, {1: Wording(is_filed=True)}).confidence < 80


def test_several_candidates_lower_the_confidence_below_sure() -> None:
    said = {key: Wording(words_of("transfer")) for key in range(5)}
    out = moved(1, 1, -50_00)
    alone = likeliest([sure(out, moved(2, 2, 50_00), said)])
    assert alone[0].confidence >= HIGH
    both = likeliest([sure(out, moved(key, key, 50_00), said) for key in (2, 3)])
    assert len(both) == 1
    assert (both[0].rivals, both[0].reasons[-1]) == (1, ("several", 1))
    assert both[0].confidence < HIGH - 10


def test_a_movement_is_in_one_pair_alone_and_all_that_fit_are_paired() -> None:
    outs = [moved(key, 1, -50_00, back=key) for key in range(4)]
    ins = [moved(10 + key, 2, 50_00, back=key) for key in range(4)]
    found = likeliest([sure(*two) for two in same_amounts(outs, ins)])
    assert sorted(pair.keys for pair in found) == [(key, 10 + key) for key in range(4)]


def test_amounts_of_one_account_or_too_far_apart_are_no_pair() -> None:
    outs = [moved(1, 1, -50_00, back=6), moved(2, 2, -70_00)]
    assert not list(same_amounts(outs, [moved(3, 2, 50_00), moved(4, 2, 70_00), moved(5, 3, 71_00)]))


def test_across_currencies_the_days_rate_decides() -> None:
    outs = [moved(1, 1, -100_00, worth=-100_00), moved(2, 1, -104_00, worth=-104_00)]
    into = moved(3, 2, 108_20, currency="USD", worth=99_80)
    found = list(across_currencies(outs, [into]))
    assert [(out.key, other.key) for out, other in found] == [(1, 3)]
    assert ("rate", 3) in sure(*found[0]).reasons


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(-5, 5).filter(bool), st.integers(0, 12)), max_size=40),
)
def test_suggestions_are_always_true_and_never_overlap(rows: list[tuple[int, int, int]]) -> None:
    every = [moved(key, account, amount * 100, back=back) for key, (account, amount, back) in enumerate(rows)]
    outs, ins = [row for row in every if row.amount < 0], [row for row in every if row.amount > 0]
    found = likeliest([sure(*two) for two in same_amounts(outs, ins)], least=1)
    keys = [key for pair in found for key in pair.keys]
    assert len(keys) == len(set(keys))
    for pair in found:
        assert pair.out.amount == -pair.into.amount
        assert pair.out.account != pair.into.account
        assert pair.days <= 5
        assert 1 <= pair.confidence <= 99
        assert pair.confidence < HIGH


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk):
        yield
        assert violations() == []


@pytest.fixture
def everyday(household: Household, scope: None) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household, scope: None) -> Account:
    return AccountFactory.create(household=household, name="Rainy day")


def booked(account: Account, amount: int, *, back: int = 0, **said: Any) -> Transaction:
    day = DAY - timedelta(days=back)
    return actions.add_transaction(
        household=account.household, by=None, account=account, date=day, amount=amount, **said
    )


def suggested(household: Household, **asked: Any) -> list[matching.TransferPair]:
    return matching.transfer_suggestions(household, today=DAY, **asked)


@pytest.mark.django_db
def test_a_pair_in_the_books_is_suggested_with_reasons_in_words(
    household: Household, everyday: Account, savings: Account
) -> None:
    out = booked(everyday, -250_10, back=1, values={"description": "UMBUCHUNG Rainy Day"})
    into = booked(savings, 250_10)
    booked(everyday, -250_10, back=20)
    [pair] = suggested(household)
    assert (pair.out, pair.into, pair.is_sure) == (out, into, True)
    assert pair.reasons == ["same amount", "1 day apart", "one is worded as a transfer", "names the other account"]
    assert Transaction.objects.filter(transfer=None).count() == 3


@pytest.mark.django_db
def test_a_pair_across_currencies_is_suggested_at_the_days_rate(household: Household, everyday: Account) -> None:
    dollars = AccountFactory.create(household=household, name="Dollars", currency="USD")
    add_rate(household=household, by=None, currency="USD", against="EUR", on=DAY, worth=920_000_000)
    out, into = booked(everyday, -92_00), booked(dollars, 100_40)
    booked(everyday, -60_00)
    [pair] = suggested(household)
    assert (pair.out, pair.into) == (out, into)
    assert pair.reasons[0] == "worth the same at the day’s rate, within 1 %"
    groceries = Category.objects.get(key="groceries")
    actions.change_transaction(transaction=out, by=None, edit_version=out.edit_version, category=groceries)
    assert not suggested(household)


@pytest.mark.django_db
def test_what_is_linked_thrown_away_or_long_ago_is_not_suggested(
    household: Household, everyday: Account, savings: Account
) -> None:
    actions.pair_transfer(out=booked(everyday, -10_00), into=booked(savings, 10_00), by=None)
    booked(everyday, -11_00)
    actions.trash_transaction(transaction=booked(savings, 11_00), by=None)
    booked(everyday, -12_00, back=500)
    booked(savings, 12_00, back=500)
    assert not suggested(household)
    assert len(suggested(household, months=24)) == 1


@pytest.mark.django_db
def test_no_transfer_is_not_proposed_again_until_that_is_undone(
    household: Household, everyday: Account, savings: Account, undo: Undo
) -> None:
    out, into = booked(everyday, -10_00), booked(savings, 10_00)
    linking.dismiss_pair(out=out, into=into, by=None)
    linking.dismiss_pair(out=out, into=into, by=None)
    assert NoPair.objects.count() == 1
    assert not suggested(household)
    assert [pair.into for pair in matching.other_sides(out)] == [into]
    undo()
    assert len(suggested(household)) == 1
    with pytest.raises(Refused):
        linking.dismiss_pair(out=into, into=out, by=None)


@pytest.mark.django_db
def test_many_are_linked_as_one_change_that_is_undone_to_the_cent(
    household: Household, everyday: Account, savings: Account, undo: Undo
) -> None:
    for number in range(1, 4):
        booked(everyday, -number * 10_00, values={"description": "transfer rainy day"})
        booked(savings, number * 10_00, values={"description": "transfer"})
    groceries = Category.objects.get(key="groceries")
    actions.file_transactions(
        household=household, by=None, rows=Transaction.objects.filter(amount=10_00), category=groceries
    )
    before = gathered_sums(Line.objects.all())
    pairs = [pair for pair in suggested(household) if pair.is_sure]
    linking.pair_transfers(household=household, by=None, pairs=[(pair.out, pair.into) for pair in pairs])
    assert Transaction.objects.filter(transfer__isnull=False).count() == 2 * len(pairs) >= 4
    assert gathered_sums(Line.objects.all()) != before
    undo()
    assert gathered_sums(Line.objects.all()) == before
    undo()
    assert Transaction.objects.filter(transfer__isnull=False).count() == 2 * len(pairs)


@pytest.mark.django_db
def test_what_another_member_keeps_private_is_not_suggested(household: Household) -> None:
    other = join(household, "editor")
    everyday = AccountFactory.create(household=household)
    private = AccountFactory.create(household=household, by=other, private_to=other)
    with household_scope(household.pk):
        booked(everyday, -10_00)
        booked(private, 10_00)
    with household_scope(household.pk, viewer=owner_of(household).pk):
        assert not suggested(household)
    with household_scope(household.pk, viewer=other.pk):
        assert len(suggested(household)) == 1


@pytest.mark.django_db
def test_by_hand_one_looks_further_and_finds_the_likeliest_first(
    household: Household, everyday: Account, savings: Account
) -> None:
    out = booked(everyday, -10_00)
    far, near = booked(savings, 10_00, back=20), booked(savings, 10_00, back=2)
    booked(savings, 11_00)
    booked(everyday, 10_00)
    assert [pair.into for pair in matching.other_sides(out)] == [near, far]
    assert [pair.out for pair in matching.other_sides(far)] == [out]
