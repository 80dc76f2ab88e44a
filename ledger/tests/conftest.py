"""The three persons that every view is tried as."""

from __future__ import annotations

import pytest
from django.test import Client

from financeflow.households.models import Household, User
from financeflow.testing import HouseholdFactory, join, owner_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def owner(household: Household) -> Client:
    return logged_in(owner_of(household))


@pytest.fixture
def editor(household: Household) -> Client:
    return logged_in(join(household, "editor", name="Ed Editor"))


@pytest.fixture
def viewer(household: Household) -> Client:
    return logged_in(join(household, "viewer"))


@pytest.fixture
def stranger() -> Client:
    return logged_in(owner_of(HouseholdFactory.create()))
