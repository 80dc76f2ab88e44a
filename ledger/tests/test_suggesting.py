"""Who suggests a category: a payee's past where nobody is named, else whoever settings name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Payee
from ledger.queries.suggesting import PAST, Suggestion, Unfiled, suggest_categories
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def spend(account: Account, key: str, amount: int = -1000, payee: str = "Pret", day: int = 1) -> None:
    filed = Category.objects.get(key=key)
    said: dict[str, Any] = {"account": account, "date": date(2026, 3, day), "amount": amount, "payee": payee}
    actions.add_transaction(household=account.household, by=None, parts=[Part(amount, filed)], **said)


def asked(household: Household, payee: str = "Pret", amount: int = -1000) -> list[tuple[str, str, float]]:
    found = Unfiled(amount=amount, currency="EUR", payee=Payee.objects.filter(name=payee).first(), words=payee)
    [suggested] = suggest_categories(household, [found])
    return [(each.category.key, each.reason, each.confidence) for each in suggested]


def test_a_payee_s_past_is_told_with_how_often(household: Household, account: Account) -> None:
    for key in ("dining", "groceries", "dining", "dining"):
        spend(account, key)
    assert asked(household) == [("dining", "3 of 4 times", 0.75), ("groceries", "1 of 4 times", 0.25)]
    assert asked(household, payee="Nobody") == []


def test_money_in_says_little_about_money_out(household: Household, account: Account) -> None:
    spend(account, "salary", 5000)
    assert asked(household) == [("salary", "1 of 1 times", 1.0)]
    spend(account, "dining")
    assert asked(household) == [("dining", "1 of 1 times", 1.0)]
    assert asked(household, amount=5000) == [("salary", "1 of 1 times", 1.0)]


def test_the_usual_category_goes_before_the_past(household: Household, account: Account) -> None:
    spend(account, "dining")
    Payee.objects.update(default_category=Category.objects.get(key="groceries"))
    assert [key for key, _why, _sure in asked(household)] == ["groceries", "dining"]


def test_only_the_latest_past_counts_and_what_is_archived_or_thrown_away_does_not(
    household: Household, account: Account
) -> None:
    for number in range(PAST):
        spend(account, "groceries", day=2 + number % 20)
    spend(account, "dining")
    assert asked(household) == [("groceries", f"{PAST} of {PAST} times", 1.0)]
    Category.objects.filter(key="groceries").update(archived_at="2026-01-01T00:00:00Z")
    assert asked(household) == []


def test_settings_name_somebody_who_knows_better(household: Household, account: Account, settings: Any) -> None:
    spend(account, "dining")
    settings.CATEGORY_SUGGESTER = "ledger.tests.test_suggesting.always_groceries"
    assert asked(household) == [("groceries", "because", 0.9)]


def always_groceries(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    return [[Suggestion(Category.objects.get(key="groceries"), "because", 0.9)] for _each in asked]


def test_many_are_answered_in_their_order(
    household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    for payee, key in (("Pret", "dining"), ("Lidl", "groceries")):
        spend(account, key, payee=payee)
    every = [Unfiled(amount=-1, currency="EUR", payee=payee) for payee in Payee.objects.order_by("name")]
    with django_assert_num_queries(2):
        found = suggest_categories(household, [*every, Unfiled(amount=-1, currency="EUR"), *every])
    assert [some[0].category.key if some else None for some in found] == [
        "groceries",
        "dining",
        None,
        "groceries",
        "dining",
    ]
