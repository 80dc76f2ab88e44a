"""Every figure, cell, bar, slice and point of every report leads to a list that comes to it, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from financeflow.households.models import User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import logged_in
from ledger.calc.periods import plus_months
from ledger.forms.report_asking import AskedReport, read_report
from ledger.reporting.kinds import ReportKind
from ledger.reporting.registry import REPORTS
from ledger.tests.awkward import AwkwardBooks, awkward_books
from ledger.tests.report_doors import Behind, complaint_about, doors_of, list_behind, pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# So many options of what a report lets one choose are tried.
MOST_OPTIONS = 3


# What was found behind an address, by whom: the same list stands behind doors of many reports.
Known = dict[tuple[int, str], Behind]


@pytest.fixture(scope="module")
def known() -> Known:
    return {}


@pytest.fixture(scope="module")
def books(django_db_setup: Any, django_db_blocker: Any) -> Iterator[AwkwardBooks]:
    """Made once for all reports, for it takes a while; nothing in here changes it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield awkward_books()
        transaction.set_rollback(True)


def asked_in_all_ways(kind: ReportKind, books: AwkwardBooks) -> Iterator[AskedReport]:
    for query in [*_queries(kind, books.today)]:
        sent = QueryDict(urlencode(query, doseq=True))
        found = read_report(kind, sent, household=books.household, today=books.today)
        assert not found.form.errors, (query, found.errors)
        yield found


def _queries(kind: ReportKind, today: date) -> Iterator[dict[str, Any]]:
    before = plus_months(today.replace(day=1), -1)
    yield {}
    if kind.asks_period:
        yield {"quarter": f"{before.year}-{(before.month + 2) // 3}", "compare": "before"}
        yield {"from": before.replace(day=11).isoformat(), "to": today.isoformat(), "compare": "year"}
    if kind.filters:
        yield {"q": 'account:"Dollars"'}
        yield {"q": 'category:Groceries by:Anna -payee:market -tag:"none"'}


@pytest.mark.parametrize("name", REPORTS)
def test_every_door_leads_to_what_makes_the_figure(name: str, books: AwkwardBooks, known: Known) -> None:
    complaints = []
    with household_scope(books.household.pk, viewer=books.owner.pk):
        for asked in asked_in_all_ways(REPORTS[name], books):
            complaints += complaints_about(asked, books.owner, known)
    assert not complaints, "\n".join(["", *complaints[:40]])


@pytest.mark.parametrize("name", REPORTS)
def test_who_keeps_an_account_private_sees_it_behind_the_doors_too(
    name: str, books: AwkwardBooks, known: Known
) -> None:
    with household_scope(books.household.pk, viewer=books.other.pk):
        asked = read_report(REPORTS[name], QueryDict(""), household=books.household, today=books.today)
        complaints = complaints_about(asked, books.other, known)
    assert not complaints, "\n".join(["", *complaints[:40]])


def complaints_about(asked: AskedReport, viewer: User, known: Known) -> list[str]:
    """Each door once, however often it stands in the report with the same figure."""
    doors = {(door.url, door.amounts, door.count): door for door in doors_of(asked.kind.build(asked.question))}

    def listed(query: str) -> Behind:
        if (viewer.pk, query) not in known:
            known[viewer.pk, query] = list_behind(query, asked.question.household)
        return known[viewer.pk, query]

    found = (complaint_about(door, listed) for door in doors.values())
    return [f"{asked.query}: {complaint}" for complaint in found if complaint]


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_report_lets_one_choose_keeps_its_doors(name: str, books: AwkwardBooks, known: Known) -> None:
    kind, complaints = REPORTS[name], []
    with household_scope(books.household.pk, viewer=books.owner.pk):
        usual = read_report(kind, QueryDict(""), household=books.household, today=books.today)
        for choice in kind.choices:
            for option in choice.options(usual.question)[:MOST_OPTIONS]:
                sent = QueryDict(urlencode({choice.name: option.value}))
                asked = read_report(kind, sent, household=books.household, today=books.today)
                complaints += complaints_about(asked, books.owner, known)
    assert not complaints, "\n".join(["", *complaints[:40]])


@pytest.mark.parametrize("name", REPORTS)
def test_pages_behind_the_doors_open(name: str, books: AwkwardBooks) -> None:
    client = logged_in(books.owner)
    page = client.get(reverse("report_show", args=[name]))
    assert page.status_code == 200
    with household_scope(books.household.pk, viewer=books.owner.pk):
        asked = read_report(REPORTS[name], QueryDict(""), household=books.household, today=books.today)
        urls = pages_of(list(doors_of(REPORTS[name].build(asked.question))))
    for url in urls:
        assert client.get(url).status_code == 200, url
