"""The API of exchange rates, as an owner, a viewer, a stranger and a passer-by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.testing import HouseholdFactory
from ledger.tests.factories import AccountFactory
from ledger.tests.rated import NEW, TODAY, history, published, rates_of, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_history() -> Iterator[None]:
    with history("Date,USD,\n"):
        yield


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", locale="en-GB")


def test_the_api_tells_the_latest_rates_exactly(owner: Client, household: Household) -> None:
    AccountFactory.create(household=household, currency="USD")
    AccountFactory.create(household=household, currency="ARS")
    published("USD", "1.2")
    assert send(owner, "GET", "/rates").json() == {
        "base_currency": "EUR",
        "items": [
            {"currency": "ARS", "worth": None, "on": None, "source": "", "is_old": True},
            {
                "currency": "USD",
                "worth": "0.833333333",
                "on": TODAY.isoformat(),
                "source": "frankfurter",
                "is_old": False,
            },
        ],
        "total": 2,
    }


def test_a_program_types_reads_changes_and_deletes_a_rate(owner: Client, household: Household) -> None:
    added = send(owner, "POST", "/rates/typed", {**NEW, "worth": "0.921500001"})
    assert (added.status_code, added.json()["worth"]) == (201, "0.921500001")
    path = f"/rates/typed/{added.json()['uid']}"
    assert send(owner, "PATCH", path, {"worth": "0.9"}).status_code == 422
    changed = send(owner, "PATCH", path, {"edit_version": 1, "worth": "0.9"})
    assert (changed.status_code, changed.json()["worth"], changed.json()["edit_version"]) == (200, "0.9", 2)
    assert send(owner, "PATCH", path, {"edit_version": 1, "worth": "0.8"}).status_code == 409
    assert send(owner, "GET", "/rates/typed").json()["items"] == [changed.json()]
    assert send(owner, "DELETE", path).status_code == 204
    assert send(owner, "DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"worth": 0.9}, "worth"),
        ({"worth": "0"}, "worth"),
        ({"worth": "0,9"}, "worth"),
        ({"worth": "nan"}, "worth"),
        ({"worth": "9999999999"}, "worth"),
        ({"currency": "EUX"}, "currency"),
        ({"currency": "EUR"}, "against"),
        ({"on": "2026-02-31"}, "on"),
        ({"on": "1200-01-01"}, "on"),
        ({"household": 1}, "household"),
    ],
)
def test_the_api_says_at_which_field_it_is_wrong(
    owner: Client, household: Household, change: dict[str, Any], field: str
) -> None:
    answer = send(owner, "POST", "/rates/typed", {**NEW, **change})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert rates_of(household) == []


@pytest.mark.parametrize("empty", ["worth", "currency", "against", "on"])
def test_the_api_takes_no_empty_value_for_one_that_stays(owner: Client, household: Household, empty: str) -> None:
    path = f"/rates/typed/{typed(household).uid}"
    answer = send(owner, "PATCH", path, {"edit_version": 1, empty: None})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [empty])


def test_the_api_is_closed_to_viewers_for_writing_and_to_passers_by(viewer: Client, household: Household) -> None:
    path = f"/rates/typed/{typed(household).uid}"
    assert send(viewer, "GET", "/rates").status_code == 200
    assert send(viewer, "GET", "/rates/typed").json()["total"] == 1
    assert send(viewer, "POST", "/rates/typed", NEW).status_code == 403
    for method in ("PATCH", "DELETE"):
        assert send(viewer, method, path, {"edit_version": 1}).status_code == 403
    assert send(Client(), "GET", "/rates").status_code == 401


def test_the_api_costs_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for currencies in (["USD"], ["GBP", "CHF"]):
        for currency in currencies:
            typed(household, currency)
        with django_assert_num_queries(8):
            assert send(owner, "GET", "/rates").status_code == 200
        with django_assert_num_queries(4):
            assert send(owner, "GET", "/rates/typed").status_code == 200


def test_a_stranger_finds_nothing(stranger: Client, household: Household) -> None:
    path = f"/rates/typed/{typed(household).uid}"
    for method in ("PATCH", "DELETE"):
        assert send(stranger, method, path, {"edit_version": 1}).status_code == 404
    assert send(stranger, "GET", "/rates/typed").json()["total"] == 0
