"""A household and its owner, and undo tried both as for few rows and as for many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from financeflow.history import recording, setwise, taking_back
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def owner(household: Household) -> Membership:
    with household_scope(household.pk):
        return Membership.objects.select_related("user", "household").get(user=owner_of(household))


@pytest.fixture(params=["row by row", "set by set"])
def any_size(request: Any, household: Household, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Once as for small change-sets, and once as for large ones, in chunks of two rows."""
    settings.KEEPERS = []
    if request.param == "set by set":
        monkeypatch.setattr(taking_back, "FEW", 0)
        monkeypatch.setattr(setwise, "FEW", 0)
        for module in (recording, taking_back):
            monkeypatch.setattr(module, "CHUNK", 2)
    with household_scope(household.pk):
        yield
