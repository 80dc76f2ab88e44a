"""Months added up by the database are the same as those of reports, whatever stands in them."""

from __future__ import annotations

from datetime import date

import pytest

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger import actions, story
from ledger.actions import Part
from ledger.calc.flows import Flow
from ledger.calc.periods import Period
from ledger.models import Account
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import category_kinds, grouped
from ledger.queries.reports.month_sums import flows_by_month
from ledger.tests.entries import category
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
YEAR = Period(date(2025, 11, 1), date(2026, 11, 30))


def both(household: Household, viewer: int | None = None) -> tuple[dict[date, Flow], dict[date, Flow]]:
    with household_scope(household.pk, viewer=viewer):
        question = Question(household, TODAY, YEAR)
        whole = {month: flow for (month,), flow in grouped(question.listing(), "month").items()}
        return flows_by_month(YEAR, category_kinds()), whole


def test_a_year_of_a_household_comes_to_the_same(household: Household) -> None:
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=TODAY, seed=5, months=14)
    found, expected = both(household)
    assert len(found) == 13
    assert found == expected


def test_refunds_what_is_uncategorised_and_no_transfer(household: Household) -> None:
    account: Account = AccountFactory.create(household=household, opened_on=date(2025, 1, 1))
    rows = [(-5000, "groceries"), (1200, "groceries"), (90000, "salary"), (-700, "salary"), (300, ""), (-40, "")]
    for amount, key in rows:
        filed = category(household, key) if key else None
        with household_scope(household.pk):
            values = {"account": account, "date": date(2026, 10, 3), "amount": amount, "parts": [Part(amount, filed)]}
            actions.add_transaction(household=household, by=None, **values)
    found, expected = both(household)
    assert found == expected == {date(2026, 10, 1): Flow(income=89600, spending=3840, count=6)}


def test_what_others_keep_private_is_in_no_month(household: Household) -> None:
    other = join(household, "editor")
    secret = AccountFactory.create(household=household, opened_on=date(2025, 1, 1), by=other, private_to=other)
    with household_scope(household.pk):
        values = {"account": secret, "date": date(2026, 10, 3), "amount": -100, "payee": "Casino"}
        actions.add_transaction(household=household, by=None, **values)
    for viewer in (owner_of(household), other, owner_of(household)):
        found, expected = both(household, viewer.pk)
        assert found == expected
        assert bool(found) == (viewer == other)
