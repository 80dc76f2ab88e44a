"""Net worth over time: by kind of account, what counts and until when, rates that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.calc.periods import Period, latest_months
from ledger.models import Account
from ledger.queries.accounts import account_sheet
from ledger.reporting import worth
from ledger.reporting.document import Chart
from ledger.tests.factories import AccountFactory
from ledger.tests.rated import published
from ledger.tests.reported import MONTH, TODAY, ask, figure, live, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


def account(household: Household, opening: int, **said: Any) -> Account:
    return AccountFactory.create(household=household, opening_balance=opening, **said)


def chart(document: Any) -> Any:
    return next((section for section in document.sections if isinstance(section, Chart)), None)


def test_it_is_what_the_accounts_page_says_today(scoped: Household) -> None:
    live(scoped)
    sheet = account_sheet(scoped, today=TODAY)
    document = worth.build(ask(scoped))
    expected = sheet.worth.net if sheet.worth else sheet.net[0].minor
    assert figure(document, "net").minor == expected
    assert figure(document, "owned").minor + figure(document, "owed").minor == expected


def test_kinds_stand_upon_each_other_and_add_up_to_the_line(scoped: Household) -> None:
    live(scoped, months=14)
    for period in (MONTH, latest_months(12, TODAY)):
        data = chart(worth.build(ask(scoped, period))).data
        assert len(data["labels"]) == len(data["net"]) == len(data["urls"]) > 1
        for place, net in enumerate(data["net"]):
            assert sum(series["values"][place] for series in data["series"]) == net


def test_days_up_to_three_months_and_ends_of_months_beyond(scoped: Household) -> None:
    account(scoped, 100_00, opened_on=date(2020, 1, 1))
    assert len(chart(worth.build(ask(scoped, MONTH))).data["net"]) == 21
    assert len(chart(worth.build(ask(scoped, latest_months(12, TODAY)))).data["net"]) == 12
    assert len(chart(worth.build(ask(scoped, latest_months(120, TODAY)))).data["net"]) == 83


def test_debts_stand_below_and_more_debts_than_goods_are_less_than_nothing(scoped: Household) -> None:
    account(scoped, 50_00)
    account(scoped, -(10**11), kind="loan")
    document = worth.build(ask(scoped))
    assert [figure(document, key).minor for key in ("owned", "owed", "net")] == [5000, -(10**11), 5000 - 10**11]
    assert "were worth −" in document.told
    [cash, loan] = chart(document).data["series"]
    assert max(cash["values"]) > 0 > max(loan["values"])


def test_what_does_not_count_is_left_out(scoped: Household) -> None:
    account(scoped, 100_00)
    account(scoped, 999_00, in_net_worth=False, name="Not mine")
    document = worth.build(ask(scoped))
    assert figure(document, "net").minor == 100_00
    assert not any("Not mine" in row for row in rows_of(document, "accounts"))


def test_a_closed_account_counts_while_it_was_open(scoped: Household) -> None:
    account(scoped, 100_00)
    old = account(scoped, 40_00, name="Old")
    actions.close_account(account=old, by=None, on=date(2026, 11, 11))
    document = worth.build(ask(scoped))
    net = chart(document).data["net"]
    assert net[:10] == [140_00] * 10
    assert net[10:] == [100_00] * 11
    assert figure(document, "change").minor == -40_00
    assert [row[-1] for row in rows_of(document, "accounts") if row[0] == "Old"] == [-40_00]
    assert rows_of(document, "accounts")[-1][-1] == -40_00


def test_shares_are_of_what_is_owned_and_of_what_is_owed(scoped: Household) -> None:
    account(scoped, 300_00, name="A")
    account(scoped, 100_00, name="B")
    account(scoped, -50_00, kind="loan", name="L")
    shares = {row[0]: row[2] for row in rows_of(worth.build(ask(scoped)), "accounts")}
    assert (shares["A"], shares["B"], shares["L"], shares["Net worth"]) == (0.75, 0.25, 1.0, None)


def test_what_has_no_rate_is_told_and_no_change(scoped: Household) -> None:
    account(scoped, 100_00)
    account(scoped, 5000_00, currency="USD", name="Abroad")
    published("USD", "1.25", date(2026, 10, 31))
    document = worth.build(ask(scoped))
    assert figure(document, "net").minor == 100_00
    assert figure(document, "change").minor == 0
    assert document.honest == "Accounts in USD are not included where no rate is known"
    [row] = [row for row in rows_of(document, "accounts") if row[0] == "Abroad"]
    assert row == ["Abroad", "no rate", 5000_00, None, None]


def test_an_earlier_days_rate_is_told(scoped: Household) -> None:
    account(scoped, 5000_00, currency="USD")
    published("USD", "1.25", date(2026, 11, 19))
    document = worth.build(ask(scoped))
    assert figure(document, "net").minor == 4000_00
    assert "1 at an earlier day’s rate" in document.honest


def test_a_running_period_ends_today_and_a_past_one_when_it_was_over(scoped: Household) -> None:
    row = account(scoped, 100_00)
    actions.add_transaction(household=scoped, by=None, account=row, date=date(2026, 11, 25), amount=-10_00)
    assert figure(worth.build(ask(scoped)), "net").minor == 100_00
    ended = Period(date(2025, 12, 1), date(2025, 12, 31))
    assert worth.build(ask(scoped, ended)).told.startswith("No account")


def test_private_accounts_of_others_stay_unseen(household: Household) -> None:
    keeper, owner = join(household, "editor"), owner_of(household)
    AccountFactory.create(household=household, opening_balance=777_00, private_to=keeper, by=keeper, name="Secret")
    with household_scope(household.pk, viewer=owner.pk):
        document = worth.build(ask(household))
        assert figure(document, "net").minor == 0
        assert not rows_of(document, "accounts")
    with household_scope(household.pk, viewer=keeper.pk):
        assert figure(worth.build(ask(household)), "net").minor == 777_00


def test_the_page_for_owner_viewer_and_stranger(owner: Client, viewer: Client, household: Household) -> None:
    AccountFactory.create(household=household, opening_balance=123_45, name="Ours")
    url = reverse("report_show", args=["worth"])
    for client in (owner, viewer):
        assert "123" in client.get(url).content.decode()
    other = HouseholdFactory.create()
    with household_scope(other.pk):
        assert figure(worth.build(ask(other)), "net").minor == 0


@pytest.mark.parametrize("count", [3, 30])
def test_as_many_questions_for_many_accounts(scoped: Household, django_assert_num_queries: Any, count: int) -> None:
    for _number in range(count):
        account(scoped, 100_00)
    published("USD", "1.25", date(2026, 11, 19))
    with django_assert_num_queries(11):
        worth.build(ask(scoped))
