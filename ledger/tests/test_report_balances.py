"""Balance history: chosen accounts in their own currencies, their lowest and highest, and the registers behind them."""

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
from ledger.calc.periods import Period, latest_months
from ledger.models import Account
from ledger.reporting import balances
from ledger.reporting.document import Chart
from ledger.tests.factories import AccountFactory
from ledger.tests.reported import MONTH, TODAY, ask, figure, live, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


def move(account: Account, day: int, amount: int) -> None:
    said: dict[str, Any] = {"account": account, "date": date(2026, 11, day), "amount": amount}
    actions.add_transaction(household=account.household, by=None, **said)


def charts(document: Any) -> list[Chart]:
    return [section for section in document.sections if isinstance(section, Chart)]


def test_one_account_day_by_day(scoped: Household) -> None:
    account = AccountFactory.create(household=scoped, name="Giro", opening_balance=100_00)
    move(account, 3, -130_00)
    move(account, 5, 80_00)
    document = balances.build(ask(scoped, Period(date(2026, 11, 1), date(2026, 11, 6))))
    [chart] = charts(document)
    assert chart.data["series"][0]["values"] == [100_00, 100_00, -30_00, -30_00, 50_00, 50_00]
    keys = ("end", "change", "lowest", "highest")
    assert [figure(document, key).minor for key in keys] == [50_00, -50_00, -30_00, 100_00]
    assert rows_of(document, "standing") == [["Giro", 50_00, -50_00, 100_00, 40_00]]
    assert rows_of(document, "extremes") == [["Giro", -30_00, date(2026, 11, 3), 100_00, date(2026, 11, 1)]]
    assert document.told == "“Giro” ended at €50.00. The least in it was −€30.00, on 3 Nov 2026."


def test_each_point_leads_to_the_rows_of_its_register(scoped: Household, owner: Client) -> None:
    account = AccountFactory.create(household=scoped, opening_balance=100_00)
    move(account, 3, -130_00)
    [chart] = charts(balances.build(ask(scoped)))
    url = chart.data["urls"][0][2]
    assert url == f"{reverse('account_show', args=[account.uid])}?from=2026-11-03&to=2026-11-03"
    assert "30.00" in owner.get(url).content.decode()


def test_each_currency_has_a_chart_of_its_own(scoped: Household) -> None:
    live(scoped)
    every = tuple(
        str(account.uid) for account in Account.objects.filter(name__in=["Everyday", "Wallet", "Dollar account"])
    )
    document = balances.build(ask(scoped, account=every))
    assert [chart.data["currency"] for chart in charts(document)] == ["EUR", "USD"]
    assert [len(chart.data["series"]) for chart in charts(document)] == [2, 1]
    assert not list(document.figures)


def test_without_a_choice_the_open_everyday_accounts(scoped: Household) -> None:
    live(scoped)
    drawn = [[series["label"] for series in chart.data["series"]] for chart in charts(balances.build(ask(scoped)))]
    assert drawn == [["Everyday", "Household", "Wallet"], ['Tanaka’s "box"']]
    ends = {row[0]: row[1] for row in rows_of(balances.build(ask(scoped)), "standing")}
    assert ends["Wallet"] == Account.objects.get(name="Wallet").balance


def test_a_closed_account_ends_when_it_was_closed(scoped: Household) -> None:
    old = AccountFactory.create(household=scoped, opening_balance=100_00)
    move(old, 4, -100_00)
    actions.close_account(account=old, by=None, on=date(2026, 11, 5))
    [chart] = charts(balances.build(ask(scoped, account=str(old.uid))))
    assert chart.data["series"][0]["values"] == [100_00, 100_00, 100_00, 0, 0]


def test_what_was_closed_is_not_there_when_all_are_counted_together(scoped: Household) -> None:
    AccountFactory.create(household=scoped, opening_balance=60_00)
    old = AccountFactory.create(household=scoped, opening_balance=40_00)
    actions.close_account(account=old, by=None, on=date(2026, 11, 5))
    every = tuple(str(account.uid) for account in Account.objects.all())
    document = balances.build(ask(scoped, account=every))
    assert [figure(document, key).minor for key in ("end", "change")] == [60_00, -40_00]


def test_an_account_begins_with_its_first_day(scoped: Household) -> None:
    AccountFactory.create(household=scoped, opening_balance=100_00, opened_on=date(2026, 11, 20))
    [row] = rows_of(balances.build(ask(scoped)), "standing")
    assert row[1:] == [100_00, 100_00, 0, 100_00]


def test_ten_years_are_drawn_by_month(scoped: Household) -> None:
    AccountFactory.create(household=scoped, opening_balance=10**11, opened_on=date(2010, 1, 1))
    [chart] = charts(balances.build(ask(scoped, latest_months(120, TODAY))))
    assert chart.data["series"][0]["values"] == [10**11] * 120


def test_an_empty_household_and_a_time_before_everything(scoped: Household) -> None:
    assert balances.build(ask(scoped)).told == "None of these accounts held anything in this time."
    AccountFactory.create(household=scoped)
    document = balances.build(ask(scoped, Period(date(2001, 1, 1), date(2001, 12, 31))))
    assert not charts(document)
    assert rows_of(document, "standing") == []


def test_private_accounts_of_others_are_not_offered(household: Household) -> None:
    keeper, owner = join(household, "editor"), owner_of(household)
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    with household_scope(household.pk, viewer=owner.pk):
        assert balances.offered(ask(household)) == []
        assert not charts(balances.build(ask(household, account=str(secret.uid))))
    with household_scope(household.pk, viewer=keeper.pk):
        assert len(balances.offered(ask(household))) == 1


def test_the_page_for_owner_viewer_and_stranger(
    owner: Client, viewer: Client, stranger: Client, household: Household
) -> None:
    account = AccountFactory.create(household=household, name="Giro of ours")
    url = f"{reverse('report_show', args=['balances'])}?account={account.uid}"
    for client in (owner, viewer):
        assert "Giro of ours" in client.get(url).content.decode()
    assert "Giro of ours" not in stranger.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_as_many_questions_for_many_accounts(scoped: Household, django_assert_num_queries: Any, count: int) -> None:
    for _number in range(count):
        move(AccountFactory.create(household=scoped), 3, -10_00)
    with django_assert_num_queries(5):
        balances.build(ask(scoped, MONTH))
