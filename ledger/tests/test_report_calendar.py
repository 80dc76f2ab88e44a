"""The spending calendar: weeks of the household, five steps, doors of days, weekdays, days without spending."""

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
from ledger.actions import Part
from ledger.calc.heat import bounds_of, longest_run, step_of, weeks_of
from ledger.calc.periods import Period, latest_months
from ledger.models import Account, Category
from ledger.reporting import calendar
from ledger.reporting.document import Document
from ledger.reporting.document import Part as Drawn
from ledger.tests.factories import AccountFactory
from ledger.tests.reported import MONTH, TODAY, ask, figure, live, net_behind, rows_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, opened_on=date(2026, 1, 1))


def spend(account: Account, day: int, amount: int, payee: str | None = None, *, key: str = "") -> None:
    category = Category.objects.get(key=key) if key else None
    said: dict[str, Any] = {"amount": amount, "payee": payee, "parts": [Part(amount, category)]}
    actions.add_transaction(household=account.household, by=None, account=account, date=date(2026, 11, day), **said)


def sheets(document: Document) -> Any:
    return next(section.it for section in document.sections if isinstance(section, Drawn))


def days(document: Document) -> dict[int, Any]:
    """The cells of one month by their day."""
    [month] = sheets(document)["months"]
    return {cell.day.day: cell for week in month.weeks for cell in week if cell}


def test_weeks_begin_as_the_household_counts_them() -> None:
    november = date(2026, 11, 1)
    assert [day and day.day for day in weeks_of(november, 0)[0]] == [None] * 6 + [1]
    assert [day and day.day for day in weeks_of(november, 6)[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert [day and day.day for day in weeks_of(november, 5)[0]] == [None, 1, 2, 3, 4, 5, 6]
    for first in (0, 5, 6):
        for month in range(1, 13):
            weeks = weeks_of(date(2028, month, 15), first)
            known = [day for week in weeks for day in week if day]
            assert all(len(week) == 7 for week in weeks)
            assert known[0].day == 1
            assert len({day.day for day in known}) == len(known) >= 29


def test_five_steps_hold_about_as_many_days_each() -> None:
    bounds = bounds_of(list(range(1, 101)))
    steps = [step_of(amount, bounds) for amount in range(1, 101)]
    assert [steps.count(step) for step in range(6)] == [0, 20, 20, 20, 20, 20]
    assert step_of(0, bounds) == step_of(-5, bounds) == 0
    assert [step_of(7, bounds_of(some)) for some in ([7], [7, 7, 7])] == [5, 5]
    assert [step_of(amount, bounds_of([1, 9])) for amount in (1, 9)] == [4, 5]


def test_the_longest_run_of_days() -> None:
    found = longest_run([date(2026, 1, day) for day in (1, 2, 5, 6, 7, 20)])
    assert found == (date(2026, 1, 5), date(2026, 1, 7))
    assert longest_run([]) is None


def test_a_day_says_what_was_spent_and_leads_to_its_rows(account: Account, owner: Client) -> None:
    spend(account, 3, -12_60, "Bakery")
    spend(account, 3, 500_00, key="salary")
    document = calendar.build(ask(account.household))
    cell = days(document)[3]
    assert (cell.step, cell.said, cell.short) == (5, "€12.60", "13")
    assert net_behind(account.household, cell.url) == -12_60
    assert "Bakery" in owner.get(cell.url).content.decode()
    assert days(document)[4].url == ""
    assert days(document)[21].is_today
    assert days(document)[22].is_out


def test_every_door_comes_to_its_figure(scoped: Household) -> None:
    live(scoped)
    for line in ("", "category:groceries", 'account:"Credit card"', "-tag:none"):
        for period in (MONTH, Period(date(2026, 9, 10), date(2026, 11, 9))):
            document = calendar.build(ask(scoped, period, line))
            assert walk(scoped, document) > 0
            for month in sheets(document)["months"]:
                for cell in (cell for week in month.weeks for cell in week if cell and cell.url):
                    assert net_behind(scoped, cell.url) == -dict(map(tuple, rows_of(document, "days")))[cell.day]


def test_months_add_up_to_the_whole(scoped: Household) -> None:
    live(scoped)
    document = calendar.build(ask(scoped, latest_months(12, TODAY)))
    assert sum(month.spent.minor for month in sheets(document)["months"]) == figure(document, "spent").minor


def test_days_without_spending_are_those_that_have_passed(account: Account) -> None:
    spend(account, 5, -10_00)
    spend(account, 6, -10_00)
    spend(account, 25, -99_00)
    document = calendar.build(ask(account.household))
    # From the first day in the books, the fifth, to today, the twenty-first.
    assert figure(document, "idle").value == 15
    assert figure(document, "spent").minor == 119_00
    assert figure(document, "average").minor == 118
    assert document.told == (
        "On 15 of 17 days nothing was spent. The dearest day was Wednesday, 25 November, with €99.00."
    )


def test_what_came_back_makes_a_day_quiet(account: Account) -> None:
    spend(account, 3, 40_00, key="groceries")
    cell = days(calendar.build(ask(account.household)))[3]
    assert (cell.step, cell.short) == (0, "−40")
    assert cell.said == "€40.00 more came back than was spent"


def test_weekdays_in_the_order_of_the_household(account: Account) -> None:
    account.household.first_weekday = 6
    spend(account, 2, -70_00)
    spend(account, 9, -30_00)
    rows = rows_of(calendar.build(ask(account.household)), "weekdays")
    assert [row[0] for row in rows][:3] == ["Sunday", "Monday", "Tuesday"]
    # Three Mondays have passed since the second of November.
    assert rows[1] == ["Monday", 33_33, 1.0, 2]


def test_the_dearest_days_come_first(account: Account) -> None:
    for day in range(1, 16):
        spend(account, day, -day * 100)
    rows = rows_of(calendar.build(ask(account.household)), "dearest")
    assert [row[1] for row in rows] == [day * 100 for day in range(15, 5, -1)]


def test_amounts_from_a_cent_to_a_thousand_million(account: Account) -> None:
    spend(account, 1, -1)
    spend(account, 2, -(10**11))
    found = days(calendar.build(ask(account.household)))
    assert (found[1].short, found[2].short) == ("0", "1B")
    assert found[1].step < found[2].step == 5


def test_an_empty_household(scoped: Household) -> None:
    document = calendar.build(ask(scoped))
    assert document.told == "Nothing was spent in this time."
    assert sheets(document)["scale"] == []
    assert not rows_of(document, "weekdays")


def test_what_has_no_rate_is_told(scoped: Household) -> None:
    abroad = AccountFactory.create(household=scoped, currency="KWD")
    spend(abroad, 3, -4000)
    document = calendar.build(ask(scoped))
    assert document.honest == "1 amount in KWD not included"
    assert figure(document, "spent").minor == 0


def test_private_accounts_of_others_stay_unseen(household: Household) -> None:
    keeper, owner = join(household, "editor"), owner_of(household)
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    with household_scope(household.pk, viewer=keeper.pk):
        spend(secret, 3, -77_00)
        assert figure(calendar.build(ask(household)), "spent").minor == 77_00
    with household_scope(household.pk, viewer=owner.pk):
        document = calendar.build(ask(household))
        assert figure(document, "spent").minor == 0
        assert not days(document)[3].url


def test_the_page_is_a_table_for_owner_and_viewer(owner: Client, viewer: Client, account: Account) -> None:
    spend(account, 3, -12_50)
    url = f"{reverse('report_show', args=['calendar'])}?month=2026-11"
    for client in (owner, viewer):
        page = client.get(url).content.decode()
        assert '<table class="heat__month">' in page
        assert 'aria-label="3 Nov 2026: €12.50"' in page
        assert 'abbr="Monday"' in page
    assert reverse("report_show", args=["calendar"]) in owner.get(reverse("report_list")).content.decode()


def test_a_stranger_sees_days_of_their_own(stranger: Client, account: Account) -> None:
    spend(account, 3, -12_50)
    other = HouseholdFactory.create()
    assert "€12.50" not in stranger.get(f"{reverse('report_show', args=['calendar'])}?month=2026-11").content.decode()
    with household_scope(other.pk):
        assert not rows_of(calendar.build(ask(other)), "days")


@pytest.mark.parametrize("count", [3, 60])
def test_as_many_questions_for_many_rows(account: Account, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        spend(account, number % 20 + 1, -10_00)
    with django_assert_num_queries(3):
        calendar.build(ask(account.household))
