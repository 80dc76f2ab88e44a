"""Two people at the same file at the same moment: what one began the other waits for, and nothing comes twice."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from financeflow.history.refusal import Refused
from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger.actions.imports import bring_in, start_bringing
from ledger.models import Import, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import found_row, put_on_desk, statement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", name="Home")


@pytest.fixture
def uploads(household: Household) -> list[Import]:
    """The same file, brought twice; both looked through before either came in."""
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        rows = [statement(found_row(-12_00), found_row(-12_00), found_row(-3_00, "Kiosk")) for _time in range(2)]
        return [put_on_desk(household, each, target=account) for each in rows]


def at_once(household: Household, *deeds: Any) -> list[Any]:
    """What each gave or raised, all begun at the same moment."""
    gate, results = threading.Barrier(len(deeds)), []

    def run(deed: Any) -> None:
        try:
            with household_scope(household.pk, viewer=owner_of(household).pk):
                gate.wait(timeout=10)
                results.append(deed())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    return results


def came(household: Household) -> list[int]:
    with household_scope(household.pk):
        assert violations() == []
        return sorted(Transaction.objects.values_list("amount", flat=True))


def test_the_same_file_brought_in_twice_at_once_comes_once(household: Household, uploads: list[Import]) -> None:
    by = owner_of(household)
    results = at_once(household, *(lambda each=each: bring_in(upload=each, by=by) for each in uploads))
    assert sorted(each.added for each in results) == [0, 3], results
    assert came(household) == [-12_00, -12_00, -3_00]


def test_one_file_brought_in_twice_at_once_comes_once(household: Household, uploads: list[Import]) -> None:
    by = owner_of(household)
    results = at_once(household, *(lambda: bring_in(upload=uploads[0], by=by) for _time in range(2)))
    assert sorted(each.added for each in results) == [0, 3], results
    assert came(household) == [-12_00, -12_00, -3_00]


def test_of_two_who_press_the_button_one_is_told_that_it_is_under_way(
    household: Household, uploads: list[Import]
) -> None:
    by = owner_of(household)
    results = at_once(household, *(lambda: start_bringing(upload=uploads[0], by=by) for _time in range(2)))
    assert sorted(type(each) is Job for each in results) == [False, True], results
    [told] = [each for each in results if isinstance(each, Exception)]
    assert isinstance(told, Refused)
