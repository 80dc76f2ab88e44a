"""How accounts end, what keeps them from it, and what all of them are worth together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, ExchangeRate
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def fresh(account: Account) -> Account:
    with household_scope(account.household_id):
        return Account.objects.get(pk=account.pk)


def posted_for(account: Account, **change: Any) -> dict[str, Any]:
    kept = {
        "name": account.name,
        "kind": account.kind,
        "currency": account.currency,
        "opening_balance": "100",
        "opened_on": "2026-01-01",
        "in_net_worth": "on",
        "edit_version": account.edit_version,
    }
    return kept | change


def test_one_that_holds_transactions_is_not_deleted_and_is_closed_from_the_same_place(
    owner: Client, household: Household
) -> None:
    account = AccountFactory.create(household=household, name="Everyday")
    spend(account)
    path = reverse("account_delete", args=[account.uid])
    for answer in (owner.get(path, headers=HTMX), owner.post(path, headers=HTMX)):
        assert "“Everyday” holds transactions, and what happened stays" in answer.text
        assert reverse("account_close", args=[account.uid]) in answer.text
    assert answer.status_code == 422
    assert fresh(account).trashed_at is None


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-12-31", "It was opened later than this."),
        ("2026-03-13", "1 transaction in it is dated after this day."),
        ("soon", "“soon” is not a day."),
        ("", "This field is required."),
    ],
)
def test_an_account_does_not_close_on_just_any_day(owner: Client, household: Household, day: str, words: str) -> None:
    account = AccountFactory.create(household=household)
    spend(account)
    answer = owner.post(reverse("account_close", args=[account.uid]), {"closed_on": day, "because": ""})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert fresh(account).closed_on is None


def test_an_account_with_transactions_keeps_its_currency(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household)
    spend(account)
    answer = owner.post(reverse("account_edit", args=[account.uid]), posted_for(account, currency="USD"))
    assert (answer.status_code, "so its currency stays" in answer.text) == (422, True)


def test_an_account_has_an_icon_of_its_own_or_that_of_its_kind(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, kind="savings")
    assert account.icon == "piggy"
    owner.post(reverse("account_edit", args=[account.uid]), posted_for(account, chosen_icon="plane"))
    assert (fresh(account).icon, "#plane" in owner.get("/accounts/").text) == ("plane", True)
    assert (
        owner.post(reverse("account_edit", args=[account.uid]), posted_for(account, chosen_icon="x")).status_code == 422
    )


def test_sums_over_currencies_are_told_at_todays_rates_and_what_is_missing_is_named(
    owner: Client, household: Household
) -> None:
    for currency, balance in (("EUR", 10000), ("EUR", -2500), ("USD", 1000), ("JPY", -900)):
        AccountFactory.create(household=household, currency=currency, opening_balance=balance)
    today = today_in(household.time_zone)
    for day, worth in ((today - timedelta(days=2), 1_200_000_000), (today - timedelta(days=20), 1)):
        ExchangeRate.objects.create(currency="USD", on=day, per_euro=worth, source="test")
    worth = owner.get("/accounts/").context["sheet"].worth
    assert (worth.owned, worth.owed, worth.net, worth.estimated) == (10833, -2500, 8333, 1)
    assert [(money.minor, money.currency) for money in worth.missing] == [(-900, "JPY")]
    page = " ".join(owner.get("/accounts/").text.split())
    for words in ("1 balance at the rate of an earlier day", "not included: no rate is known"):
        assert words in page
