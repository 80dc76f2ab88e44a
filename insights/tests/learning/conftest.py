"""A household whose filing is learned from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from insights.tests.learning.books import Books, Commits


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def books(household: Household, django_capture_on_commit_callbacks: Commits) -> Iterator[Books]:
    with household_scope(household.pk):
        yield Books(household, django_capture_on_commit_callbacks)
