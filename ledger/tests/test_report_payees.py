"""Where money goes by payee and who pays in: amounts, how often, when last, against another period, and their doors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Payee
from ledger.reporting import payees
from ledger.reporting.document import Amount
from ledger.tests.factories import AccountFactory
from ledger.tests.reported import MONTH, YEAR, ask, figure, live, net_behind, rows_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped)


def pay(account: Account, amount: int, payee: str | None, on: date = date(2026, 11, 3), *, key: str = "") -> None:
    category = Category.objects.get(key=key) if key else None
    said: dict[str, Any] = {"amount": amount, "payee": payee, "parts": [Part(amount, category)]}
    actions.add_transaction(household=account.household, by=None, account=account, date=on, **said)


def test_who_got_how_much_how_often_and_when_last(account: Account) -> None:
    pay(account, -30_00, "Bakery", date(2026, 11, 2))
    pay(account, -10_00, "Bakery", date(2026, 11, 9))
    pay(account, -60_00, "Market")
    pay(account, 500_00, "Employer", key="salary")
    document = payees.build(ask(account.household))
    assert rows_of(document, "payees") == [
        ["Market", 60_00, 0.6, 1, 60_00, date(2026, 11, 3)],
        ["Bakery", 40_00, 0.4, 2, 20_00, date(2026, 11, 9)],
        ["Together", 100_00, 1.0, 3, 33_33, None],
    ]
    document = payees.build(ask(account.household, flow="income"))
    assert [row[:2] for row in rows_of(document, "payees")] == [["Employer", 500_00], ["Together", 500_00]]


def test_a_split_counts_once_and_what_came_back_nets(account: Account) -> None:
    groceries, dining = Category.objects.get(key="groceries"), Category.objects.get(key="dining")
    parts = [Part(-20_00, groceries), Part(-15_00, dining)]
    row = NewTransaction(account=account, date=date(2026, 11, 3), amount=-35_00, payee="Market", parts=parts)
    actions.add_transactions(household=account.household, by=None, rows=[row])
    pay(account, 5_00, "Market", key="groceries")
    [market, _sum] = rows_of(payees.build(ask(account.household)), "payees")
    assert market[:4] == ["Market", 30_00, 1.0, 2]


def test_against_the_period_before(account: Account) -> None:
    pay(account, -50_00, "Market", date(2026, 10, 3))
    pay(account, -10_00, "Gone", date(2026, 10, 4))
    pay(account, -99_00, "Market", date(2026, 10, 30))
    pay(account, -60_00, "Market")
    pay(account, -40_00, "New")
    document = payees.build(ask(account.household, compared="before"))
    rows = rows_of(document, "payees")
    # Of October as much as has passed of November: up to the twenty-first.
    assert rows[0][-2:] == [50_00, 0.2]
    assert rows[1][-2:] == [0, None]
    assert rows[-1][-2:] == [60_00, pytest.approx(2 / 3)]
    assert walk(account.household, document) > 0


def test_every_door_comes_to_its_figure(scoped: Household) -> None:
    live(scoped)
    for flow in ("spending", "income"):
        for line in ("", "category:groceries", 'account:"Credit card"', "-tag:none"):
            document = payees.build(ask(scoped, YEAR, line, compared="before", flow=flow))
            assert walk(scoped, document) > 0
            table = next(document.tables)
            for row in table.rows:
                amount = row.cells[1]
                assert isinstance(amount, Amount)
                assert net_behind(scoped, amount.url) == (amount.minor if flow == "income" else -amount.minor)


def test_names_that_could_be_read_otherwise_have_exact_doors(account: Account) -> None:
    names = ["none", "=Store", "@home", "Shop", "Shop two", 'The "Shop"', "…", "-minus", "a:b"]
    for place, name in enumerate(names):
        pay(account, -(place + 1) * 100, name)
    pay(account, -50, None)
    document = payees.build(ask(account.household))
    assert {row[0] for row in rows_of(document, "payees")} == {*names, "No payee", "Together"}
    assert walk(account.household, document) == len(names) + 3


def test_the_rest_is_one_row(account: Account) -> None:
    entries = [
        NewTransaction(account=account, date=date(2026, 11, 3), amount=-100 - place, payee=f"Payee {place}")
        for place in range(130)
    ]
    actions.add_transactions(household=account.household, by=None, rows=entries)
    rows = rows_of(payees.build(ask(account.household)), "payees")
    assert len(rows) == 102
    assert rows[100][:2] == ["Other (30 payees)", sum(range(100, 130))]
    assert sum(row[1] for row in rows[:-1]) == rows[-1][1]
    assert sum(row[3] for row in rows[:-1]) == rows[-1][3] == 130


def test_nobody_in_an_empty_household(scoped: Household) -> None:
    document = payees.build(ask(scoped, compared="year"))
    assert rows_of(document, "payees") == []
    assert (figure(document, "amount").minor, figure(document, "average").minor) == (0, 0)
    assert document.told == ""


def test_more_came_back_than_was_spent(account: Account) -> None:
    pay(account, 80_00, "Shop", key="groceries")
    document = payees.build(ask(account.household))
    assert rows_of(document, "payees")[0][:3] == ["Shop", -80_00, None]
    assert net_behind(account.household, figure(document, "amount").url) == 80_00


def test_what_has_no_rate_is_told_and_in_no_sum(scoped: Household) -> None:
    abroad = AccountFactory.create(household=scoped, currency="KWD")
    pay(abroad, -4000, "Odd")
    pay(abroad, 9000, "Odd", key="salary")
    document = payees.build(ask(scoped))
    assert document.honest == "1 amount in KWD not included"
    assert rows_of(document, "payees")[0][:2] == ["Odd", 0]
    document = payees.build(ask(scoped, MONTH, f"account:@{abroad.uid}"))
    assert (document.currency, document.honest, figure(document, "amount").minor) == ("KWD", "", 4000)


def test_private_accounts_of_others_stay_unseen(household: Household) -> None:
    keeper, owner = join(household, "editor"), owner_of(household)
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    with household_scope(household.pk, viewer=keeper.pk):
        pay(secret, -77_00, "Jeweller")
        assert rows_of(payees.build(ask(household)), "payees")[0][0] == "Jeweller"
    with household_scope(household.pk, viewer=owner.pk):
        assert rows_of(payees.build(ask(household)), "payees") == []


def test_the_page_for_owner_viewer_and_stranger(
    owner: Client, viewer: Client, stranger: Client, account: Account
) -> None:
    pay(account, -30_00, "Bakery of ours")
    url = f"{reverse('report_show', args=['payees'])}?month=2026-11&compare=year"
    for client in (owner, viewer):
        page = client.get(url).content.decode()
        assert "Bakery of ours" in page
        assert reverse("payee_show", args=[Payee.objects.get().uid]) in page
    assert "Bakery of ours" not in stranger.get(url).content.decode()


@pytest.mark.parametrize("count", [3, 60])
def test_as_many_questions_for_many_rows(account: Account, django_assert_num_queries: Any, count: int) -> None:
    entries = [
        NewTransaction(account=account, date=date(2026, 11, 3), amount=-100, payee=f"Payee {place}")
        for place in range(count)
    ]
    actions.add_transactions(household=account.household, by=None, rows=entries)
    with django_assert_num_queries(4):
        payees.build(ask(account.household, compared="before"))
