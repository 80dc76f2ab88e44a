"""The summary of a month: on the first in the household's own time, once, in each member's own eyes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from financeflow.households.models import Household, User
from financeflow.notify.actions import choose_channels
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Category
from ledger.queries.summaries import KIND, due
from ledger.tasks import summarise_months
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    """October came to 500 less 120.50."""
    household = HouseholdFactory.create(base_currency="EUR", time_zone="Europe/Berlin", locale="en-GB")
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        salary, food = Category.objects.get(key="salary"), Category.objects.get(key="groceries")
        rows = [
            NewTransaction(account=account, date=date(2026, 10, 5), amount=amount, parts=[Part(amount, category)])
            for amount, category in ((50000, salary), (-12050, food))
        ]
        actions.add_transactions(household=household, by=None, rows=rows)
    return household


def told(household: Household) -> list[Notification]:
    with household_scope(household.pk):
        return list(Notification.objects.filter(kind=KIND).order_by("user"))


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> time_machine.travel:
    return time_machine.travel(datetime(year, month, day, hour, minute, tzinfo=UTC), tick=False)


def wants_letters(household: Household, person: User) -> None:
    with household_scope(household.pk):
        choose_channels(household_id=household.pk, user_id=person.pk, chosen={KIND: (True, True)})


@pytest.mark.parametrize(
    ("moment", "is_due"),
    [
        ((2026, 10, 31, 23, 30), False),  # the first in Berlin already, at half past midnight
        ((2026, 11, 1, 4, 0), False),
        ((2026, 11, 1, 5, 30), True),
        ((2026, 11, 4, 12, 0), True),
        ((2026, 11, 20, 12, 0), False),
    ],
)
def test_it_is_due_on_the_first_in_the_household_s_own_time(
    household: Household, moment: tuple[int, int, int, int, int], is_due: bool
) -> None:
    with at(*moment), every_household("a test"):
        assert [key for key, _month in due(timezone.now())] == ([household.pk] if is_due else [])


@pytest.mark.django_db(transaction=True)
def test_everybody_is_told_once(household: Household) -> None:
    join(household, "viewer")
    with at(2026, 11, 1, 9):
        assert summarise_months() == 1
        assert summarise_months() == 0
    first, second = told(household)
    assert first.title == second.title == "October 2026: €379.50 kept"
    assert first.text == "Money in €500.00, money out €120.50."
    with at(2026, 12, 1, 9):
        assert summarise_months() == 0  # nothing happened in November


@pytest.mark.django_db(transaction=True)
def test_who_wants_it_gets_the_report_by_mail(household: Household) -> None:
    owner = owner_of(household)
    join(household, "editor")
    wants_letters(household, owner)
    with at(2026, 11, 1, 9):
        summarise_months()
        summarise_months()
    [letter] = mail.outbox
    assert letter.to == [owner.email]
    assert letter.subject == "October 2026: €379.50 kept"
    for text in (str(letter.body), str(letter.alternatives[0][0])):  # type: ignore[attr-defined]
        assert "€120.50" in text
        assert "€379.50" in text
        assert "75.9%" in text
        assert text.index("Where it went") < text.index("Food ")
        assert "/reports/monthly/?year=2026" in text


@pytest.mark.django_db(transaction=True)
def test_each_member_is_told_what_that_member_may_see(household: Household) -> None:
    keeper = join(household, "editor")
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    with household_scope(household.pk):
        actions.add_transaction(household=household, by=keeper, account=secret, date=date(2026, 10, 9), amount=-100000)
    wants_letters(household, keeper)
    wants_letters(household, owner_of(household))
    with at(2026, 11, 1, 9):
        summarise_months()
    titles = {notice.user_id: notice.title for notice in told(household)}
    assert titles[keeper.pk] == "October 2026: €620.50 more spent than came in"
    assert titles[owner_of(household).pk] == "October 2026: €379.50 kept"
    letters = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    assert "€1,120.50" in letters[keeper.email]
    assert "1,120.50" not in letters[owner_of(household).email]


def test_demos_and_households_on_their_way_out_are_told_nothing(household: Household) -> None:
    later = timezone.now()
    for field in ("expires_at", "delete_at"):
        Household.objects.update(expires_at=None, delete_at=None)
        Household.objects.filter(pk=household.pk).update(**{field: later})
        with at(2026, 11, 1, 9), every_household("a test"):
            assert list(due(timezone.now())) == []


@pytest.mark.django_db(transaction=True)
def test_the_notice_leads_to_the_report(household: Household) -> None:
    with at(2026, 11, 1, 9):
        summarise_months()
    [notice] = told(household)
    client = logged_in(owner_of(household))
    page = client.post(f"/notifications/{notice.uid}/", follow=True)
    assert page.redirect_chain == [("/reports/monthly/?year=2026&month=10", 302)]
    assert page.status_code == 200
    assert "October 2026" in page.content.decode()
