"""The persons that every page of insights is tried as."""

from __future__ import annotations

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger.models import Account
from ledger.tests.factories import AccountFactory


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(locale="en-GB")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


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
