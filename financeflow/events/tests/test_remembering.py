"""What is remembered is never old, and is the same without a cache."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction

from financeflow.events.models import Event
from financeflow.events.publishing import publish
from financeflow.events.remembering import remember
from financeflow.households.models import Household
from financeflow.settings.base import caches
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(params=["as set", "off", "Redis away"])
def any_cache(request: pytest.FixtureRequest, settings: Any) -> str:
    if request.param == "off":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    if request.param == "Redis away":
        settings.CACHES = caches(NOWHERE)
        settings.REDIS_URL = NOWHERE
    cache.clear()
    return str(request.param)


def said(household: Household) -> int:
    """A number that follows from the books: how often something was said."""
    return remember("said", household_id=household.pk, build=Event.objects.count)


def test_a_number_follows_every_change_with_any_cache(any_cache: str) -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        for _ in range(4):
            assert said(household) == said(household) == Event.objects.count()
            publish("ledger.changed", household_id=household.pk)


def test_a_change_that_is_rolled_back_leaves_no_number_behind(any_cache: str) -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        before = said(household)
        with suppress(InterruptedError), transaction.atomic():
            publish("ledger.changed", household_id=household.pk)
            publish("ledger.changed", household_id=household.pk, refreshes=False)
            assert said(household) == before + 2
            raise InterruptedError
        assert said(household) == before
        publish("ledger.changed", household_id=household.pk)
        assert said(household) == before + 1


def test_what_is_remembered_is_not_built_again_until_something_changes() -> None:
    if django_settings.CACHES["default"]["BACKEND"].endswith("DummyCache"):
        pytest.skip("no cache")
    household = HouseholdFactory.create()
    built: list[int] = []

    def build() -> None:
        built.append(1)

    with household_scope(household.pk):
        for _ in range(3):
            remember("nothing", household_id=household.pk, build=build)
        assert len(built) == 1
        publish("ledger.changed", household_id=household.pk)
        remember("nothing", household_id=household.pk, build=build)
        assert len(built) == 2


def test_households_names_and_parameters_are_kept_apart() -> None:
    one, two = HouseholdFactory.create(), HouseholdFactory.create()
    Household.objects.update(version=7)
    assert remember("a", household_id=one.pk, build=lambda: "one") == "one"
    assert remember("a", household_id=two.pk, build=lambda: "two") == "two"
    assert remember("b", household_id=one.pk, build=lambda: "b") == "b"
    assert remember("a", household_id=one.pk, build=lambda: "May", month="2026-05") == "May"
    assert remember("a", household_id=one.pk, build=lambda: "again") == "one"


def test_progress_that_changes_no_number_makes_no_number_old() -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        version = Household.objects.get(pk=household.pk).version
        publish("job.changed", household_id=household.pk, refreshes=False)
        assert Household.objects.get(pk=household.pk).version == version


def test_a_known_version_saves_the_question(django_assert_num_queries: Any) -> None:
    household = HouseholdFactory.create()
    with django_assert_num_queries(0):
        assert remember("a", household_id=household.pk, version=3, build=lambda: 1) == 1
