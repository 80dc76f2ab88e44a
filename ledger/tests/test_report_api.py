"""Reports as JSON: the numbers of their pages, by the same words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.models import Account
from ledger.reporting.registry import REPORTS
from ledger.tests.entries import category, spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
MONTHLY = "/api/v1/reports/monthly?month=2026-03"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def filed(account: Account, amount: int, key: str, **said: Any) -> None:
    spend(account, amount, parts=[actions.Part(amount, category(account.household, key))], **said)


def test_a_monthly_report_tells_its_sums_as_text_and_in_minor_units(owner: Client, account: Account) -> None:
    filed(account, 300_000, "salary", payee="Work")
    filed(account, -80_050, "groceries", payee="Lidl")
    filed(account, 1_050, "groceries", payee="Lidl")
    spend(account, -1_000, payee="Somebody")
    told = owner.get(MONTHLY).json()
    assert (told["first"], told["last"], told["currency"]) == ("2026-03-01", "2026-03-31", "EUR")
    assert (told["total_income"], told["total_income_minor"]) == ("3000.00", 300_000)
    assert (told["total_expenses"], told["total_expenses_minor"]) == ("800.00", 80_000)
    assert (told["net_savings"], told["net_savings_minor"]) == ("2200.00", 220_000)
    assert told["savings_rate"] == pytest.approx(0.7333, abs=0.0001)
    rows = {(row["name"], row["kind"]): row for row in told["by_category"]}
    assert rows[("Groceries", "expense")]["amount"] == "790.00"
    assert rows[("Groceries", "expense")]["share"] == pytest.approx(0.9875)
    assert rows[("Uncategorised", "expense")]["category"] is None
    assert told["daily"] == [
        {
            "date": "2026-03-14",
            "income": "3000.00",
            "income_minor": 300_000,
            "expenses": "800.00",
            "expenses_minor": 80_000,
        }
    ]


@pytest.mark.parametrize("words", ["month=2026-03", "year=2026&month=3", "from=2026-03-14&to=14 mar 2026", "year=2026"])
def test_a_period_is_said_as_in_the_address_of_the_page(owner: Client, account: Account, words: str) -> None:
    spend(account, -1_000)
    assert owner.get(f"/api/v1/reports/monthly?{words}").json()["total_expenses"] == "10.00"


def test_a_search_narrows_it_down(owner: Client, account: Account) -> None:
    filed(account, -1_000, "groceries")
    filed(account, -2_000, "dining")
    told = owner.get(f"{MONTHLY}&q=category:groceries").json()
    assert told["total_expenses"] == "10.00"
    told = owner.get(f"{MONTHLY}&q=category:nonsense").json()
    assert "nonsense" in told["problems"][0]


@pytest.mark.parametrize(
    ("words", "field"),
    [("month=13", "month"), ("from=soon", "from"), ("compare=them", "compare"), ("latest=0", "latest"), ("to=1", "to")],
)
def test_what_is_no_period_is_said_at_its_field(owner: Client, words: str, field: str) -> None:
    answer = owner.get(f"/api/v1/reports/monthly?{words}")
    assert answer.status_code == 422
    assert field in answer.json()["fields"]


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "monthly"])
def test_every_report_answers_also_with_nothing_in_the_books(owner: Client, name: str) -> None:
    told = owner.get(f"/api/v1/reports/{name}").json()
    assert told["report"] == name
    assert told["currency"] == "EUR"


def test_the_reports_and_their_choices_are_told(owner: Client) -> None:
    told = owner.get("/api/v1/reports").json()
    assert [kind["name"] for kind in told["items"]] == list(REPORTS)


def test_who_may_see_it(owner: Client, viewer: Client, stranger: Client, account: Account) -> None:
    spend(account, -1_000)
    assert viewer.get(MONTHLY).json()["total_expenses"] == "10.00"
    assert stranger.get(MONTHLY).json()["total_expenses"] == "0.00"
    assert Client().get(MONTHLY).status_code == 401
    assert owner.get("/api/v1/reports/horoscope").status_code == 404


def test_a_private_account_stays_unseen(owner: Client, household: Household) -> None:
    ed = join(household, "editor", name="Ed")
    secret = AccountFactory.create(household=household, name="Surprise", private_to=ed, by=ed)
    spend(secret, -4_321, payee="Casino")
    assert owner.get(MONTHLY).json()["total_expenses"] == "0.00"
    assert logged_in(ed).get(MONTHLY).json()["total_expenses"] == "43.21"


def test_an_amount_without_a_rate_is_counted_and_in_no_sum(owner: Client, household: Household) -> None:
    abroad = AccountFactory.create(household=household, name="Abroad", currency="XAF")
    spend(abroad, -5_000)
    told = owner.get(MONTHLY).json()
    assert (told["total_expenses"], told["missing"]) == ("0.00", 1)


def test_a_yen_has_no_decimals(owner: Client, household: Household) -> None:
    with household_scope(household.pk):
        account = AccountFactory.create(household=household, name="Yen", currency="JPY")
    spend(account, -5_000)
    told = owner.get(f"{MONTHLY}&q=account:Yen").json()
    assert (told["currency"], told["total_expenses"]) == ("JPY", "5000")
    assert date.fromisoformat(told["daily"][0]["date"]) == date(2026, 3, 14)
