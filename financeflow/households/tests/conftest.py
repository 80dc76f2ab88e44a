"""What the tests of households share: no tries counted yet, and people who are logged in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from financeflow.households.models import Household, User
from financeflow.testing import HouseholdFactory, UserFactory, join, owner_of

LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def household(db: None) -> Household:
    return HouseholdFactory.create(name="Lindenstraße")


@pytest.fixture
def owner(household: Household) -> User:
    return owner_of(household)


@pytest.fixture
def viewer(household: Household) -> User:
    return join(household, "viewer")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody with a household of their own."""
    return owner_of(HouseholdFactory.create(owner=UserFactory.create()))


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
