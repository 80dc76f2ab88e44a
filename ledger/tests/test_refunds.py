"""Money that is owed back: expected, come back whole or in parts, given up; and net in every sum by one definition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from financeflow.history.refusal import Refused
from financeflow.households.models import Household
from financeflow.money.values import Money
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import Part, refunds
from ledger.actions.summing import gathered_sums
from ledger.models import Account, Category, Line, MonthTotal, RefundLink, Transaction
from ledger.queries import refunds as queries
from ledger.queries.checking import violations
from ledger.tests.conftest import Undo
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


def test_a_refund_is_filed_where_the_money_was_spent_and_so_every_sum_is_net(account: Account, undo: Undo) -> None:
    line, back = dinner(account), booked(account, 60_00, payee="Anna")
    link = refunds.expect_refund(line=line, expected=60_00, owed_by="Anna", by=None)
    before = kept()
    refunds.link_refund(link=link, refund=back, by=None)
    assert net("dining") == -30_00
    assert back.lines.get().category == line.category
    after = kept()
    undo()
    assert kept() == before
    assert net("dining") == -90_00
    undo()
    assert kept() == after


def test_a_refund_follows_when_the_spending_is_filed_elsewhere(account: Account) -> None:
    line, back = dinner(account), booked(account, 60_00)
    refunds.link_money_back(line=line, refund=back, by=None)
    travel = Category.objects.get(key="travel")
    spending = Transaction.objects.get(pk=line.transaction_id)
    actions.change_transaction(transaction=spending, by=None, edit_version=spending.edit_version, category=travel)
    assert (net("dining"), net("travel")) == (0, -30_00)
    rows = Transaction.objects.filter(pk=spending.pk)
    gifts = Category.objects.get(key="gifts-donations")
    actions.file_transactions(household=account.household, by=None, rows=rows, category=gifts)
    assert (net("travel"), net("gifts-donations")) == (0, -30_00)


def test_money_back_is_filed_nowhere_else(account: Account) -> None:
    line, back = dinner(account), booked(account, 60_00)
    refunds.link_money_back(line=line, refund=back, by=None)
    back.refresh_from_db()
    bonus = Category.objects.get(key="bonus")
    with pytest.raises(Refused, match="Unlink the two first"):
        actions.change_transaction(transaction=back, by=None, edit_version=back.edit_version, category=bonus)
    parts = [Part(30_00, line.category), Part(30_00, line.category)]
    with pytest.raises(Refused, match="Unlink the two first"):
        actions.change_transaction(transaction=back, by=None, edit_version=back.edit_version, parts=parts)
    outcome = actions.file_transactions(
        household=account.household, by=None, rows=Transaction.objects.filter(pk=back.pk), category=bonus
    )
    assert (outcome.changed, outcome.left) == (0, 1)
    assert net("dining") == -30_00


def test_parts_of_what_is_owed_come_back_one_by_one(account: Account) -> None:
    line = dinner(account)
    link = refunds.expect_refund(line=line, expected=60_00, owed_by="Anna", by=None)
    refunds.link_refund(link=link, refund=booked(account, 25_00, back=9), by=None)
    rest = RefundLink.objects.get(refund=None)
    assert (rest.expected, rest.owed_by, rest.since) == (35_00, "Anna", link.since)
    refunds.link_refund(link=rest, refund=booked(account, 35_00), by=None)
    assert not RefundLink.objects.filter(refund=None).exists()
    assert net("dining") == -30_00


def test_several_people_owe_parts_of_one_line_and_never_more_than_it(account: Account) -> None:
    line = dinner(account)
    refunds.expect_refund(line=line, expected=30_00, owed_by="Anna", by=None)
    refunds.expect_refund(line=line, expected=30_00, owed_by="Ben", by=None)
    for amount in (30_01, 0, -5):
        with pytest.raises(ValidationError):
            refunds.expect_refund(line=line, expected=amount, by=None)
    with pytest.raises(ValidationError, match=r"No more than €30\.00"):
        refunds.link_money_back(line=line, refund=booked(account, 31_00), by=None)
    assert queries.room_in(line) == 30_00


def test_a_refund_larger_than_the_line_is_refused(account: Account) -> None:
    line = dinner(account)
    link = refunds.expect_refund(line=line, expected=60_00, by=None)
    with pytest.raises(ValidationError, match=r"No more than €90\.00"):
        refunds.link_refund(link=link, refund=booked(account, 90_01), by=None)
    refunds.link_refund(link=link, refund=booked(account, 70_00), by=None)
    assert RefundLink.objects.get().expected == 70_00


def test_money_back_in_another_currency_says_how_much_it_covers(household: Household, account: Account) -> None:
    line = dinner(account)
    dollars = AccountFactory.create(household=household, currency="USD")
    back = booked(dollars, 65_00)
    link = refunds.expect_refund(line=line, expected=60_00, by=None)
    with pytest.raises(ValidationError, match="in EUR"):
        refunds.link_refund(link=link, refund=back, by=None)
    with pytest.raises(ValidationError, match="No more"):
        refunds.link_refund(link=link, refund=back, by=None, covers=90_01)
    refunds.link_refund(link=link, refund=back, by=None, covers=60_00)
    assert back.lines.get().category == line.category
    assert not RefundLink.objects.filter(refund=None).exists()


@pytest.mark.parametrize("what", ["out", "transfer", "split", "trashed", "linked"])
def test_what_cannot_be_money_back_is_refused(household: Household, account: Account, what: str) -> None:
    line, back = dinner(account), booked(account, 20_00)
    other = AccountFactory.create(household=household)
    if what == "out":
        back = booked(account, -20_00)
    elif what == "transfer":
        actions.pair_transfer(out=booked(other, -20_00), into=back, by=None)
    elif what == "split":
        back = booked(account, 20_00, parts=[Part(5_00), Part(15_00)])
    elif what == "trashed":
        actions.trash_transaction(transaction=back, by=None)
    else:
        refunds.link_money_back(line=dinner(account), refund=back, by=None)
    before = kept()
    with pytest.raises((Refused, ValidationError)):
        refunds.link_money_back(line=line, refund=back, by=None)
    assert kept() == before


def test_nothing_comes_back_for_an_income_a_transfer_or_what_is_in_the_trash(
    household: Household, account: Account
) -> None:
    other = AccountFactory.create(household=household)
    out, _into = actions.add_transfer(household=household, by=None, source=account, target=other, amount=5, on=DAY)
    gone = booked(account, -5_00)
    lines = [booked(account, 5_00).lines.get(), out.lines.get(), gone.lines.get()]
    actions.trash_transaction(transaction=gone, by=None)
    for line in lines:
        with pytest.raises(Refused):
            refunds.expect_refund(line=line, expected=1, by=None)


def test_unlinking_makes_it_expected_again_and_the_money_unfiled(account: Account, undo: Undo) -> None:
    line = dinner(account)
    link = refunds.expect_refund(line=line, expected=60_00, owed_by="Anna", by=None)
    link = refunds.link_refund(link=link, refund=booked(account, 25_00), by=None)
    before = kept()
    refunds.unlink_refund(link=link, by=None)
    only = RefundLink.objects.get()
    assert (only.expected, only.refund, net("dining")) == (60_00, None, -90_00)
    with pytest.raises(Refused):
        refunds.unlink_refund(link=only, by=None)
    undo()
    assert kept() == before


def test_what_is_given_up_is_expected_again_or_forgotten(account: Account, undo: Undo) -> None:
    line = dinner(account)
    link = refunds.expect_refund(line=line, expected=60_00, owed_by="Anna", by=None)
    refunds.give_up_refund(link=link, by=None, on=DAY)
    assert queries.owed(account.household, today=DAY).people == []
    assert queries.room_in(line) == 90_00
    refunds.expect_again(link=link, by=None)
    assert queries.room_in(line) == 30_00
    refunds.forget_refund(link=link, by=None)
    assert not RefundLink.objects.exists()
    undo()
    link = RefundLink.objects.get()
    refunds.link_refund(link=link, refund=booked(account, 60_00), by=None)
    for deed in (refunds.forget_refund, refunds.expect_again):
        with pytest.raises(Refused, match="Unlink"):
            deed(link=link, by=None)


def test_a_line_cannot_shrink_below_what_is_owed_back_of_it(account: Account) -> None:
    line = dinner(account)
    refunds.expect_refund(line=line, expected=60_00, by=None)
    spending = Transaction.objects.get(pk=line.transaction_id)
    with pytest.raises(Refused, match="More would come back"):
        actions.change_transaction(transaction=spending, by=None, edit_version=spending.edit_version, amount=-50_00)
    actions.change_transaction(transaction=spending, by=None, edit_version=spending.edit_version, amount=-70_00)
    assert queries.room_in(Line.objects.get(pk=line.pk)) == 10_00


def test_a_refund_that_changes_its_amount_changes_its_link(account: Account) -> None:
    line, back = dinner(account), booked(account, 60_00)
    refunds.link_money_back(line=line, refund=back, by=None)
    back.refresh_from_db()
    actions.change_transaction(transaction=back, by=None, edit_version=back.edit_version, amount=61_00)
    assert RefundLink.objects.get().expected == 61_00
    back.refresh_from_db()
    with pytest.raises(Refused, match="More would come back"):
        actions.change_transaction(transaction=back, by=None, edit_version=back.edit_version, amount=91_00)


def test_money_back_in_the_trash_did_not_come_back(account: Account, undo: Undo) -> None:
    line, back = dinner(account), booked(account, 60_00)
    refunds.link_money_back(line=line, refund=back, by=None, owed_by="Anna")
    actions.trash_transaction(transaction=back, by=None)
    assert [by.name for by in queries.owed(account.household, today=DAY).people] == ["Anna"]
    undo()
    assert queries.owed(account.household, today=DAY).people == []


def test_who_owes_what_since_when(household: Household, account: Account) -> None:
    dollars = AccountFactory.create(household=household, currency="USD")
    refunds.expect_refund(line=dinner(account, back=43), expected=60_00, owed_by="Anna", by=None)
    refunds.expect_refund(line=dinner(dollars, back=5), expected=10_00, owed_by="Anna", by=None)
    refunds.expect_refund(line=dinner(account, back=50), expected=5_00, by=None)
    found = queries.owed(household, today=DAY)
    assert [(by.name, by.days) for by in found.people] == [("Osteria", 50), ("Anna", 43)]
    assert found.people[1].sums == [Money(60_00, "EUR"), Money(10_00, "USD")]
    assert found.sums == [Money(65_00, "EUR"), Money(10_00, "USD")]
    assert queries.people_owing() == ["Anna"]
