"""What the ledger hangs elsewhere: search, navigation, the story of the sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import story
from ledger.models import Account
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def told(household: Household, seed: int) -> list[tuple[Any, ...]]:
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=date(2026, 11, 21), seed=seed, months=18)
        return list(Account.objects.values_list("name", "kind", "currency", "opening_balance", "opened_on"))


def test_the_story_is_the_same_for_the_same_seed() -> None:
    first, again, other = (told(HouseholdFactory.create(), seed) for seed in (7, 7, 8))
    assert first == again != other
    assert {row[2] for row in first} == {"EUR", "USD"}
    assert {row[4] for row in first} == {date(2025, 5, 1)}


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
def test_the_story_is_told_in_any_currency(currency: str) -> None:
    rows = told(HouseholdFactory.create(base_currency=currency), 7)
    assert {row[2] for row in rows} == {currency, "EUR" if currency == "USD" else "USD"}


def test_search_finds_accounts_categories_and_deeds(owner: Client, viewer: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Rainy day")
    found = owner.get("/search/?q=rain", headers=HTMX).text
    assert f"/accounts/{account.uid}/" in found
    assert "€100.00" in found
    assert "Groceries" in owner.get("/search/?q=GROC", headers=HTMX).text
    assert "/accounts/add/" in owner.get("/search/?q=account", headers=HTMX).text
    found = viewer.get("/search/?q=rain", headers=HTMX).text
    assert "Rainy day" in found
    assert "/edit/" not in found


def test_search_does_not_look_over_the_fence(stranger: Client, household: Household) -> None:
    AccountFactory.create(household=household, name="Rainy day")
    assert "Rainy day" not in stranger.get("/search/?q=rain", headers=HTMX).text


def test_only_who_may_add_is_offered_to_add(owner: Client, viewer: Client) -> None:
    assert 'data-key="a"' in owner.get("/accounts/").text
    assert 'data-key="a"' not in viewer.get("/accounts/").text


@pytest.mark.parametrize("number", ["0", "-1", "one", "²", "٣", "10001", "000001" + "9" * 30, "9" * 5000])
@pytest.mark.parametrize("path", ["/payees/", "/rules/runs/"])
def test_a_page_with_a_strange_number_is_not_there(owner: Client, path: str, number: str) -> None:
    assert owner.get(path, {"page": number}).status_code == 404
    assert owner.get(path, {"page": "10000"}).status_code == 200
