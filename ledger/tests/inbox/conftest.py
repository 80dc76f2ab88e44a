"""Two accounts of one household, and a category."""

from __future__ import annotations

import pytest

from financeflow.households.models import Household
from ledger.models import Account, Category
from ledger.tests.entries import category
from ledger.tests.factories import AccountFactory


@pytest.fixture
def everyday(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Rainy day")


@pytest.fixture
def groceries(household: Household) -> Category:
    return category(household)
