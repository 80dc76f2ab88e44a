"""Words that very many rows hold: their newest are found by walking, and what is found is the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import NewTransaction
from ledger.calc.terms import read_search
from ledger.queries import frequent
from ledger.queries import listing as lists
from ledger.queries.frequent import Sample, sample_of
from ledger.queries.listing import Listing, listing
from ledger.queries.wording import first_matches
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is much in earnest is little here."""
    monkeypatch.setattr(frequent, "LOOKED_AT", 20)
    monkeypatch.setattr(frequent, "OFTEN", 5)
    monkeypatch.setattr(lists, "FEW", 10)


@pytest.fixture
def household(household: Household) -> Household:
    """Every other row is lunch; the seventh of September was once, long ago."""
    account = AccountFactory.create(household=household)
    days = [(date(2026, 9, 1 + number % 28), ("Lunch bar", "Bakery")[number % 2]) for number in range(80)]
    rows = [NewTransaction(account=account, date=day, amount=-100, payee=payee) for day, payee in days]
    rows.append(NewTransaction(account=account, date=date(2026, 1, 7), amount=-100, payee="Lunch of old"))
    with household_scope(household.pk):
        actions.add_transactions(household=household, by=None, rows=rows)
    cache.clear()
    return household


def found(household: Household, line: str) -> Listing:
    return listing(household, read_search(line, today=TODAY, locale="en-GB"))


def pages(asked: Listing) -> list[int]:
    keys: list[int] = []
    place: str | None = None
    while True:
        page = asked.page(place, 7)
        keys += [row.pk for row in page.rows]
        place = page.next
        if place is None:
            return keys


def test_pages_and_sums_are_the_same_whichever_way_they_are_found(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    with household_scope(household.pk):
        for line in ("lunch", "lunch old", "bakery", "bakery old", "lunch bar"):
            walked = found(household, line)
            keys, sums, days = pages(walked), walked.tally(), walked.page().days
            with monkeypatch.context() as indexed:
                indexed.setattr(lists, "sample_of", lambda _household: Sample((), 0))
                asked = found(household, line)
                assert (pages(asked), asked.tally()) == (keys, sums)
                assert [(day.day, day.total) for day in asked.page().days] == [(day.day, day.total) for day in days]


def test_the_index_is_not_asked_for_the_first_page_of_a_frequent_word(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def index(words: list[str], most: int) -> list[int]:
        asked.append(words)
        return first_matches(words, most)

    monkeypatch.setattr(lists, "first_matches", index)
    with household_scope(household.pk):
        for line, wanted in (("lunch", []), ("lunch old", [["old"]]), ("old", [["old"]])):
            asked.clear()
            page = found(household, line)
            assert page.page().rows
            assert page.tally_is_cheap == (line != "lunch")
            assert asked == wanted


def test_a_sample_tells_of_many_rows_only_where_they_are_met_soon(household: Household) -> None:
    with household_scope(household.pk):
        sample = sample_of(household)
    assert (len(sample.lines), sample.total) == (20, 81)
    assert 30 < sample.rows_with([["lunch"]]) < 50
    assert sample.rows_with([["lunch"], ["bakery"]]) == 0
    assert sample.rows_with([["lunch", "bakery"]]) == 81
    assert sample.rows_with([["old"]]) == 0
