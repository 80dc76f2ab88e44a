"""What the dashboard keeps is never old, the same without a cache, and ready for who works there now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from financeflow.events import hit_rates
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import story
from ledger.models import Account
from ledger.tasks import refresh_dashboards
from ledger.tests.entries import HTMX, spend

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-11-21 12:00:00+00:00", tick=False):
        yield
    cache.clear()


@pytest.fixture
def household() -> Household:
    household = HouseholdFactory.create(base_currency="EUR")
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=TODAY, seed=3, months=3)
    return household


@pytest.fixture
def owner(household: Household) -> Client:
    return logged_in(owner_of(household))


def page(client: Client, address: str = "/dashboard/?whole=1") -> str:
    text = client.get(address, headers=HTMX).text
    return re.sub(r'value="[\w]{64}"', "", text)


def account_of(household: Household) -> Account:
    with household_scope(household.pk):
        return Account.objects.get(name="Everyday")


ADDRESSES = ["/dashboard/?whole=1", "/dashboard/?whole=1&month=2026-10", "/dashboard/?month=2026-09&month=2026-10"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_and_without_a_cache_it_is_the_same(owner: Client, address: str, settings: Any) -> None:
    cold, warm = page(owner, address), page(owner, address)
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert cold == warm == page(owner, address)


def test_what_is_chosen_within_a_part_is_kept_apart(owner: Client) -> None:
    first = page(owner)
    assert 'kind="days"' not in first
    assert 'kind="days"' in page(owner, "/dashboard/?whole=1&pace=day&worth=6")
    assert page(owner, "/dashboard/?whole=1&pace=nonsense") == first


def test_a_look_at_what_is_kept_asks_for_no_numbers(owner: Client, django_assert_max_num_queries: Any) -> None:
    page(owner)
    with django_assert_max_num_queries(5):
        page(owner)


def test_what_is_entered_shows_at_once(owner: Client, household: Household) -> None:
    before = page(owner)
    with time_machine.travel("2026-11-21 12:00:01+00:00", tick=False):
        spend(account_of(household), -123456)
    assert page(owner) != before
    assert "Added" in page(owner)


def test_another_day_is_another_page(owner: Client) -> None:
    assert "than by 21 Oct" in page(owner)
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        assert "than by 22 Oct" in page(owner)


def seen(person: User, minutes: int) -> None:
    when = timezone.now() - timedelta(minutes=minutes)
    UserSession.objects.create(user=person, session_key=f"s{person.pk}", ip="127.0.0.1", last_seen_at=when)
    UserSession.objects.filter(user=person).update(last_seen_at=when)


def misses() -> int:
    return sum(rate.misses for rate in hit_rates.hit_rates() if rate.name.startswith("dashboard_"))


def test_numbers_are_ready_for_who_is_there(owner: Client, household: Household) -> None:
    seen(owner_of(household), 5)
    seen(owner_of(HouseholdFactory.create()), 45)
    assert refresh_dashboards() == 1
    worked_out = misses()
    page(owner)
    assert misses() == worked_out


def test_where_nothing_changed_one_query_is_all(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    seen(owner_of(household), 5)
    assert refresh_dashboards() == 1
    with django_assert_num_queries(1):
        assert refresh_dashboards() == 0


def test_a_change_and_a_new_day_make_them_anew(household: Household) -> None:
    seen(owner_of(household), 5)
    assert refresh_dashboards() == 1
    spend(account_of(household), -100)
    assert refresh_dashboards() == 1
    assert refresh_dashboards() == 0
    with time_machine.travel("2026-11-22 00:10:00+00:00", tick=False):
        UserSession.objects.update(last_seen_at=timezone.now())
        assert refresh_dashboards() == 1


def test_each_member_s_eyes_count(household: Household) -> None:
    for person in (owner_of(household), join(household, "viewer")):
        seen(person, 5)
    assert refresh_dashboards() == 2
