"""Activity by month, as the household counts days."""

from datetime import UTC, datetime

import pytest
import time_machine

from financeflow.testing import HouseholdFactory, logged_in, owner_of
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def test_activity_is_shown_for_the_months_asked_for_as_the_household_counts_days() -> None:
    household = HouseholdFactory.create(time_zone="Pacific/Auckland")
    moments = {"September": "2026-09-30T10:59Z", "October": "2026-09-30T11:01Z", "November": "2026-11-05T12:00Z"}
    for name, moment in moments.items():
        with time_machine.travel(datetime.fromisoformat(moment), tick=False):
            AccountFactory.create(household=household, name=name)
    with time_machine.travel(datetime(2026, 11, 6, tzinfo=UTC), tick=False):
        client = logged_in(owner_of(household))
        october = client.get("/activity/?month=2026-10").content.decode()
        both = client.get("/activity/?month=2026-10&month=2026-11").content.decode()
        nothing = client.get("/activity/?month=2026-01").content.decode()
    assert "“October”" in october
    assert "“September”" not in october
    assert "“November”" not in october
    assert "“October”" in both
    assert "“November”" in both
    assert "Nothing was done then" in nothing
    assert client.get("/activity/?month=2026-13").status_code == 404
