"""Pages that refresh themselves: after being offline, after a gap, and until the right to them ends."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.events import streaming
from financeflow.events.models import Event
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.tests.e2e.conftest import LogIn
from ledger import actions
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def household(transactional_db: None) -> Household:
    household: Household = HouseholdFactory.create()
    return household


@pytest.fixture
def viewer(household: Household) -> User:
    return join(household, "viewer")


@pytest.fixture
def accounts(page: Page, context: BrowserContext, log_in: LogIn, viewer: User) -> Page:
    """The list of accounts as a viewer has it open, already listening."""
    log_in(context, viewer)
    with page.expect_response("**/events/**"):
        page.goto("/accounts/")
    return page


def add(household: Household, name: str) -> None:
    with household_scope(household.pk):
        account = AccountFactory.build(household=household, name=name)
        values = {field: getattr(account, field) for field in ("name", "kind", "currency", "opened_on")}
        actions.add_account(household=household, by=owner_of(household), **values)


def test_a_change_made_elsewhere_comes_by_itself(accounts: Page, household: Household) -> None:
    add(household, "Savings")
    expect(accounts.get_by_text("Savings")).to_be_visible()


def test_what_happened_while_offline_is_caught_up_with(
    accounts: Page, context: BrowserContext, household: Household
) -> None:
    context.set_offline(True)
    add(household, "Savings")
    context.set_offline(False)
    expect(accounts.get_by_text("Savings")).to_be_visible()


def test_a_stream_that_comes_to_its_end_is_taken_up_again(
    accounts: Page, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr(streaming, "LIFE_SECONDS", -1.0)
        short.setattr(streaming, "MOST_PER_PERSON", streaming.MOST_PER_PERSON)
        accounts.reload()
        with accounts.expect_response("**/events/**"):
            pass
    add(household, "Savings")
    expect(accounts.get_by_text("Savings")).to_be_visible()


def test_after_a_gap_the_page_asks_for_everything_again(
    accounts: Page, context: BrowserContext, household: Household
) -> None:
    context.set_offline(True)
    add(household, "Savings")
    add(household, "Wallet")
    with household_scope(household.pk):
        Event.objects.exclude(pk=Event.objects.latest("id").pk).delete()
    context.set_offline(False)
    expect(accounts.get_by_text("Savings")).to_be_visible()


def test_whoever_was_logged_out_elsewhere_is_told_that_the_page_has_stopped(
    accounts: Page, household: Household
) -> None:
    Session.objects.all().delete()
    add(household, "Savings")
    expect(accounts.get_by_text("This page has stopped refreshing itself")).to_be_visible()
    expect(accounts.get_by_text("Savings")).to_have_count(0)
