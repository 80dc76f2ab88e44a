"""Every figure, slice, bar and point of the dashboard leads to a list whose total is that figure to the cent."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, made_once
from financeflow.web.months import Month
from ledger import actions, story
from ledger.actions import NewTransaction, Part
from ledger.calc.terms import read_search
from ledger.models import Account, Category
from ledger.queries.listing import listing
from ledger.tests.entries import HTMX
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NOW = time_machine.travel("2026-11-21 12:00:00+00:00", tick=False)
LINK = re.compile(r'<a class="(?:kpi__value )?figure" href="([^"]+)"[^>]*>\s*<data class="money[^"]*" value="([^"]+)"')
DATA = re.compile(r"<template><script[^>]*>(.*?)</script></template>", re.DOTALL)
Door = tuple[str, int]


@pytest.fixture(scope="module")
def books(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with made_once(django_db_blocker, _life) as household:
        yield household.pk


@NOW
def _life() -> Household:
    """Eight months of the sample life, and what makes sums hard."""
    household: Household = HouseholdFactory.create()
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=TODAY, seed=3, months=8)
        _awkward(household)
    return household


@pytest.fixture
def household(books: int) -> Iterator[Household]:
    with NOW:
        yield Household.objects.get(pk=books)


def _awkward(household: Household) -> None:
    account = Account.objects.get(name="Everyday")
    groceries, salary = Category.objects.get(key="groceries"), Category.objects.get(key="salary")
    twin = actions.add_category(household=household, by=None, name=salary.name, kind="expense", parent=None)
    many = [
        actions.add_category(household=household, by=None, name=f"={n}, “odd” kind", kind="expense", parent=None)
        for n in range(22)
    ]
    old = actions.add_category(household=household, by=None, name="Closed", kind="expense", parent=None)
    yen = AccountFactory.create(household=household, currency="JPY", name="Yen")
    rows: list[dict[str, Any]] = [
        {"amount": -5000, "parts": [Part(-7000, groceries), Part(2000, twin)]},
        {"amount": -90000, "parts": [Part(-90000, twin)]},
        {"amount": 40000, "parts": [Part(40000, None)]},
        {"amount": -30000, "parts": [Part(-30000, None)], "date": date(2026, 11, 29)},
        {"amount": -1, "parts": [Part(-1, salary)]},
        {"amount": -1250, "parts": [Part(-1250, old)], "date": date(2026, 10, 31)},
        {"amount": -4000, "parts": [Part(-4000, groceries)], "account": yen},
        *({"amount": -100 - n, "parts": [Part(-100 - n, kind)]} for n, kind in enumerate(many)),
    ]
    entries = [NewTransaction(**{"account": account, "date": date(2026, 11, 2), **row}) for row in rows]
    actions.add_transactions(household=household, by=None, rows=entries)
    actions.archive_category(category=old, by=None)


def links_in(page: str) -> Iterator[Door]:
    for address, value in LINK.findall(page):
        yield html.unescape(address), round(float(value) * 100)


def chart_doors(page: str) -> Iterator[Door]:
    """What each slice, bar, point and band stands for, and where it leads."""
    for found in DATA.findall(page):
        data = json.loads(found)
        if "slices" in data:
            yield from zip(data["urls"], (each["value"] for each in data["slices"]), strict=True)
        elif "flows" in data:
            yield from ((each["url"], each["value"]) for each in data["flows"])
        elif "actual" in data:
            yield from zip(data["urls"], data["actual"], strict=False)
        elif "series_urls" in data:
            for urls, values in zip(data["series_urls"], (data["money_in"], data["money_out"]), strict=True):
                yield from zip(urls, values, strict=True)


def net_behind(household: Household, address: str) -> int:
    asked = parse_qs(urlsplit(address).query)
    search = read_search(asked.get("q", [""])[0], today=TODAY, locale=household.locale)
    found = listing(household, search, months=[Month.parse(text) for text in asked.get("month", [])])
    assert not search.problems, (address, search.problems)
    assert not found.problems, (address, found.problems)
    return found.tally().net


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/dashboard/", 120),
        ("/dashboard/?pace=day", 120),
        ("/dashboard/?month=2026-10", 120),
        ("/dashboard/?month=2026-04", 100),
        ("/dashboard/?month=2026-09&month=2026-10&month=2026-11", 40),
    ],
)
def test_every_door_leads_to_its_figure(owner: Client, household: Household, address: str, least: int) -> None:
    page = owner.get(address, headers=HTMX).text
    # What is owned at a moment has no list; it leads to the accounts.
    every = [*links_in(page), *chart_doors(page)]
    doors = [door for door in every if not door[0].startswith("/accounts/")]
    assert len(doors) > least
    with household_scope(household.pk):
        behind = {url: net_behind(household, url) for url in {url for url, _figure in doors}}
    wrong = {(url, figure, behind[url]) for url, figure in doors if abs(behind[url]) != abs(figure)}
    assert not wrong
    assert owner.get(doors[0][0]).status_code == 200


def test_what_an_account_holds_leads_to_the_account(owner: Client, household: Household) -> None:
    page = owner.get("/dashboard/", headers=HTMX).text
    with household_scope(household.pk):
        account = Account.objects.get(name="Everyday")
    assert f'href="/accounts/{account.uid}/"' in page
    assert "/accounts/" in json.dumps(next(json.loads(found)["urls"] for found in DATA.findall(page)))
