"""The dashboard as a page: what it says of a month, to whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account
from ledger.tests.entries import HTMX, category
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-21 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opened_on=date(2025, 1, 1))


def enter(account: Account, day: str, amount: int, key: str = "", **more: Any) -> None:
    filed = category(account.household, key) if key else None
    with household_scope(account.household_id):
        actions.add_transaction(
            household=account.household,
            by=None,
            account=account,
            date=date.fromisoformat(day),
            amount=amount,
            parts=[Part(amount, filed)],
            **more,
        )


def text_of(page: str) -> str:
    """What a person reads, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)))


def words(client: Client, address: str = "/dashboard/") -> str:
    return text_of(client.get(f"{address}{'&' if '?' in address else '?'}whole=1", headers=HTMX).text)


def test_an_empty_household_is_shown_ways_to_start(owner: Client) -> None:
    page = owner.get("/dashboard/").text
    for shown in ("Welcome", "/accounts/add/", 'action="/demo/"', "First steps", "Look at sample data"):
        assert shown in page
    assert "Month by month" not in page


def test_who_may_only_look_is_offered_nothing_to_add(viewer: Client) -> None:
    page = viewer.get("/dashboard/").text
    assert "Nothing to see yet" in page
    assert "First steps" not in page
    assert "/accounts/add/" not in page


def test_the_latest_rows_lead_where_a_member_may_go(owner: Client, viewer: Client, account: Account) -> None:
    enter(account, str(timezone.now().date()), -500, payee="Lidl")
    for client, end in ((owner, "edit/"), (viewer, "")):
        [link] = re.findall(r'href="(/transactions/[0-9a-f-]{36}/[^"]*)"', client.get("/dashboard/?whole=1").text)
        assert link.endswith(f"/{end}")
        assert client.get(link).status_code == 200


def test_the_first_steps_tick_themselves_and_go_away(owner: Client, household: Household, account: Account) -> None:
    assert "1 of 5 done" in words(owner)
    enter(account, "2026-11-20", -500)
    assert "2 of 5 done" in words(owner)
    join(household, "viewer")
    with household_scope(household.pk):
        actions.add_category(household=household, by=None, name="Tea", kind="expense")
    assert "4 of 5 done" in words(owner)
    owner.post("/settings/data/export/")
    assert "First steps" not in words(owner)


def test_the_first_steps_can_be_hidden(owner: Client) -> None:
    assert "First steps" in words(owner)
    assert owner.post("/dashboard/arrange/", {"do": "hide:steps"}, headers=HTMX).status_code == 200
    assert "First steps" not in words(owner)


def test_a_month_is_told_in_a_sentence_and_figures(owner: Client, account: Account) -> None:
    for day, amount, key in (
        ("2026-09-01", 300000, "salary"),
        ("2026-09-10", -100000, "groceries"),
        ("2026-10-01", 300000, "salary"),
        ("2026-10-30", -50000, "groceries"),
        ("2026-11-01", 310000, "salary"),
        ("2026-11-10", -80000, "groceries"),
    ):
        enter(account, day, amount, key)
    page = words(owner)
    assert "November 2026 so far" in page
    # By the 21st 2,000 and 3,000 were kept of the two full months: 2,500 are usual.
    assert "You have kept €2,300.00 of what came in, €200.00 less than usual by now." in page
    assert "€100.00 more than by 21 Oct" in page
    assert "€800.00 more than by 21 Oct" in page
    assert "74.2%" in page
    assert "25.8 points down than by 21 Oct" in page


def test_a_month_that_is_over_is_held_against_the_whole_one_before(owner: Client, account: Account) -> None:
    enter(account, "2026-09-28", -40000, "groceries")
    enter(account, "2026-10-30", -50000, "groceries")
    page = words(owner, "/dashboard/?month=2026-10")
    assert "€500.00 went out, and nothing came in, €100.00 more than usual." in page
    assert "€100.00 more than in September 2026" in page


def test_more_out_than_in_is_said_so(owner: Client, account: Account) -> None:
    enter(account, "2026-11-01", 10000, "salary")
    enter(account, "2026-11-02", -25000, "groceries")
    page = words(owner)
    assert "€150.00 more went out than came in." in page
    assert re.search("Savings rate *–", page)
    assert "From savings" in owner.get("/dashboard/").text


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2026-11", "Nothing has come in or gone out yet."),
        ("2026-10", "Nothing came in or went out."),
        ("2027-03", "Nothing is entered for it yet."),
    ],
)
def test_a_month_without_entries_says_so(owner: Client, account: Account, month: str, said: str) -> None:
    assert said in words(owner, f"/dashboard/?month={month}")


def test_one_transaction_is_a_dashboard(owner: Client, account: Account) -> None:
    enter(account, "2026-11-20", -1, "groceries")
    page = words(owner)
    for said in ("€0.01 went out, and nothing came in.", "Nothing to compare with yet", "Last entry 20 Nov"):
        assert said in page
    assert "Nothing wants a decision." in page


def test_large_amounts_stay_whole(owner: Client, account: Account) -> None:
    enter(account, "2026-11-20", 100_000_000_000, "salary")
    assert "€1,000,000,000.00" in words(owner)


def test_what_is_missing_a_rate_is_told(owner: Client, household: Household) -> None:
    yen = AccountFactory.create(household=household, currency="JPY", opened_on=date(2026, 1, 1))
    enter(yen, "2026-11-20", -5000, "groceries")
    page = words(owner)
    assert "1 amount in JPY not included" in page
    assert "Without what is in JPY: no rate is known." in page


def test_what_wants_a_decision_leads_to_where_it_is_made(owner: Client, account: Account, household: Household) -> None:
    savings = AccountFactory.create(household=household, name="Savings")
    enter(account, "2026-11-10", -7700)
    enter(savings, "2026-11-10", 7700)
    page = owner.get("/dashboard/", {"widget": "decide"}, headers=HTMX).text
    assert "3 things want a decision." in text_of(page)
    assert "Possible transfers: 1, Without a category: 2" in text_of(page)
    assert 'href="/inbox/?kind=uncategorised"' in page
    assert "3 things want a decision." in text_of(owner.get("/inbox/").text)


def test_what_another_member_keeps_private_is_in_no_figure(
    owner: Client, household: Household, account: Account
) -> None:
    other = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Surprise", by=other, private_to=other)
    enter(account, "2026-11-10", -1000, "groceries")
    enter(secret, "2026-11-10", -99900, "groceries")
    page = words(owner)
    assert "€10.00 went out" in page
    assert "Surprise" not in page
    assert "€1,009.00 went out" in words(logged_in(other))


def test_a_stranger_sees_nothing_of_it(stranger: Client, account: Account) -> None:
    enter(account, "2026-11-10", -1000, "groceries")
    page = words(stranger)
    assert "Everyday" not in page
    assert "€10.00" not in page


def test_several_months_stand_side_by_side(owner: Client, account: Account) -> None:
    enter(account, "2026-09-28", -40000, "groceries")
    enter(account, "2026-10-01", 90000, "salary")
    enter(account, "2026-10-30", -50000, "groceries")
    page = words(owner, "/dashboard/?month=2026-09&month=2026-10")
    for said in ("2 months side by side", "Most was kept in October 2026: €400.00.", "−€400.00", "€500.00", "44.4 %"):
        assert said in page
    assert "Nothing came in or went out in any of them." in words(owner, "/dashboard/?month=2020-01&month=2020-02")


@pytest.mark.parametrize("month", ["2026-13", "x", "1600-01"])
def test_a_month_that_is_none_is_not_found(owner: Client, month: str) -> None:
    assert owner.get("/dashboard/", {"month": month}).status_code == 404


def test_one_part_is_asked_for_by_itself(owner: Client, account: Account) -> None:
    enter(account, "2026-10-10", -1000, "groceries")
    part = owner.get("/dashboard/?worth=6&widget=worth", headers=HTMX).text
    assert part.startswith('<div class="widget span-8" id="widget-worth"')
    assert 'aria-current="true">6 months' in part
    assert 'kind="days"' in owner.get("/dashboard/?month=2026-10&pace=day&widget=pace", headers=HTMX).text
    assert owner.get("/dashboard/?widget=nothing", headers=HTMX).status_code == 404
    assert owner.get("/dashboard/?month=2026-10&widget=pace")["Location"] == "/dashboard/?month=2026-10"


def test_it_costs_the_same_with_three_rows_and_with_three_hundred(
    owner: Client, account: Account, django_assert_num_queries: Any
) -> None:
    for count in (3, 300):
        with household_scope(account.household_id):
            rows = [
                NewTransaction(account=account, date=date(2026, 11, 1 + n % 20), amount=-100 - n, payee=f"Shop {n}")
                for n in range(count)
            ]
            actions.add_transactions(household=account.household, by=None, rows=rows)
        with django_assert_num_queries(27):
            owner.get("/dashboard/", headers=HTMX)


def test_what_was_done_in_private_is_among_the_latest_of_its_member_alone(
    owner: Client, household: Household, account: Account
) -> None:
    other = join(household, "editor", name="Ed Editor")
    enter(account, "2026-11-02", -1000)
    AccountFactory.create(household=household, name="Surprise", by=other, private_to=other)
    for _time in range(2):
        assert "Surprise" not in words(owner)
        latest = words(logged_in(other)).split("Lately", 1)[1]
        assert "Surprise" in latest
