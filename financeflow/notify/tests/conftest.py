"""What the tests of notices stand on: two kinds, a household and its owner."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from financeflow.households.models import Household, User
from financeflow.notify.tests.weather import KINDS
from financeflow.testing import HouseholdFactory, owner_of


@pytest.fixture(autouse=True)
def known_kinds(settings: Settings) -> None:
    settings.NOTICE_KINDS = KINDS


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(time_zone="Europe/Berlin", name="Home")


@pytest.fixture
def owner(household: Household) -> User:
    return owner_of(household)
