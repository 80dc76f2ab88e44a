"""The three persons that every view is tried as."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of

Undo = Callable[[], ChangeSet]


@pytest.fixture(autouse=True)
def nobody_upstairs() -> Iterator[None]:
    """The ledger's own tests ask its own suggester, unless one says otherwise."""
    with override_settings(CATEGORY_SUGGESTER=""):
        yield


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


@pytest.fixture
def undo() -> Undo:
    """Takes back what was done last in the household in scope; taking that back does it again."""

    def undo() -> ChangeSet:
        return undo_change(ChangeSet.objects.latest("id"), by=Membership.objects.filter(role="owner").get())

    return undo
