"""Pages of reports: which there are, of which days, compared, narrowed down, and what an unclear address is told."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from time_machine import travel

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join
from ledger import actions
from ledger.models import Account, Category
from ledger.reporting.registry import REPORTS
from ledger.tests.entries import HTMX, spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
SHOW = "/reports/monthly/"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def test_all_reports_are_listed_behind_one_door(owner: Client, viewer: Client) -> None:
    page = owner.get("/reports/").text
    for kind in REPORTS.values():
        assert f'href="/reports/{kind.name}/"' in page
    assert 'href="/reports/"' in viewer.get("/accounts/").text
    assert 'data-key="g r"' in page


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_opens_with_nothing_in_the_books_and_with_one_row(
    owner: Client, household: Household, name: str
) -> None:
    assert owner.get(f"/reports/{name}/").status_code == 200
    spend(AccountFactory.create(household=household))
    for query in ("", "?month=2026-03", "?year=2026", "?from=2026-03-14&to=2026-03-14"):
        assert owner.get(f"/reports/{name}/{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "November 2026"),
        ("month=2026-03", "March 2026"),
        ("year=2026&month=3", "March 2026"),
        ("quarter=2026-3", "Q3 2026"),
        ("year=2025", "2025"),
        ("cycle=2026-11-25", "Nov 2026"),
        ("from=yesterday&to=today", "20 Nov 2026 to 21 Nov 2026"),
        ("from=3 nov", "3 Nov 2026 to 21 Nov 2026"),
        ("latest=3", "Sept 2026 to Nov 2026"),
    ],
)
def test_a_period_stands_in_the_address(owner: Client, query: str, title: str) -> None:
    with travel("2026-11-21 12:00", tick=False):
        page = owner.get(f"{SHOW}?{query}")
    assert page.status_code == 200
    assert title in page.context["document"].subtitle or title == "Nov 2026"


def test_a_pay_cycle_begins_on_the_households_day(owner: Client, household: Household) -> None:
    household.month_start_day = 25
    household.save()
    page = owner.get(f"{SHOW}?cycle=2026-11-26")
    assert page.context["document"].subtitle == "25 Nov 2026 to 24 Dec 2026"
    assert "Pay cycle" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=soon", "is not a day"),
        ("to=2026-03-01", "Write the first day too."),
        ("from=2026-03-02&to=2026-03-01", "This is before the first day."),
        ("month=2026-13", "Write a month like 2026-11."),
        ("month=3", "Write a month like 2026-11."),
        ("year=1066&month=3", "Write a year from 1900 to 2199."),
        ("quarter=2026-5", "Write a quarter like 2026-3."),
        ("year=0", "Write a year like 2026."),
        ("cycle=tomorrow", "Write a day like 2026-11-25."),
        ("latest=121", "Write a number from 1 to 120."),
        ("compare=them", "Write “before” or “year”."),
        ("from=1900-01-01&to=2199-12-31", "months at most."),
        ("month=%00", "Null characters"),
    ],
)
def test_an_unclear_address_is_told_so_and_loses_nothing(owner: Client, query: str, words: str) -> None:
    page = owner.get(f"{SHOW}?{query}&q=tag:work")
    assert page.status_code == 400
    assert words in page.text
    assert 'name="q" value="tag:work"' in page.text


def test_steps_lead_to_other_periods_and_keep_all_else(owner: Client) -> None:
    with travel("2026-11-21 12:00", tick=False):
        page = owner.get(f"{SHOW}?quarter=2026-2&q=tag:work&compare=year")
    picker = page.context["picker"]
    assert parse_qs(urlsplit(picker.before_url).query) == {
        "quarter": ["2026-1"],
        "q": ["tag:work"],
        "compare": ["year"],
    }
    assert parse_qs(urlsplit(picker.after_url).query)["quarter"] == ["2026-3"]
    assert [item.label for item in picker.items] == ["Q1", "Q2", "Q3", "Q4"]
    assert [item.current for item in picker.items] == [False, True, False, False]


def test_the_menu_of_periods_turns_to_other_kinds_and_years(owner: Client) -> None:
    with travel("2026-11-21 12:00", tick=False):
        picker = owner.get(f"{SHOW}?month=2026-03&as=year&shown=2024").context["picker"]
    assert [item.label for item in picker.items] == [str(year) for year in range(2013, 2025)]
    assert picker.year_before_url == "?month=2026-03&as=year&shown=2012"
    assert owner.get(f"{SHOW}?as=nonsense&shown=0").status_code == 200


def test_what_is_asked_for_can_be_narrowed_down(owner: Client, account: Account, household: Household) -> None:
    join(household, "editor", name="Ed Editor", email="ed@example.org")
    for by in ("account", "category", "tag", "member"):
        part = owner.get(f"{SHOW}filter/{by}/?month=2026-03&compare=year", headers=HTMX)
        assert 'name="month" value="2026-03"' in part.text
        assert "<html" not in part.text
    assert "Ed Editor" in owner.get(f"{SHOW}filter/member/").text
    answer = owner.get(f"{SHOW}filter/?month=2026-03&q=lidl&by-account={account.uid}", headers=HTMX)
    assert answer["HX-Redirect"] == "/reports/monthly/?month=2026-03&q=lidl+account%3AEveryday"
    assert owner.get(f"{SHOW}filter/horoscope/").status_code == 404
    wrong = owner.get(f"{SHOW}filter/?by-least=lots&month=2026-03")
    assert wrong.status_code == 422


def test_members_alike_are_told_apart(owner: Client, household: Household) -> None:
    ann = join(household, "editor", name="Ann")
    annabel = join(household, "editor", name="Annabel")
    asked = {person: owner.get(f"{SHOW}filter/?by-member={person.uid}")["Location"] for person in (ann, annabel)}
    assert asked[annabel] == "/reports/monthly/?q=by%3AAnnabel"
    assert asked[ann] == f"/reports/monthly/?q=by%3A%22%40{ann.uid}%22"


def test_a_filter_shows_as_chips_and_says_what_it_does_not_understand(owner: Client, account: Account) -> None:
    page = owner.get(f"{SHOW}?month=2026-03&q=account%3AEveryday+category%3Anonsense").text
    assert "Account: <b>Everyday</b>" in page
    assert 'href="?month=2026-03&amp;q=category%3Anonsense"' in page
    assert "Nothing here is called “nonsense”" in page


def test_a_page_draws_itself_anew_when_the_books_change(owner: Client) -> None:
    page = owner.get(f"{SHOW}?month=2026-03").text
    assert 'hx-get="/reports/monthly/?month=2026-03" hx-trigger="live:ledger.changed from:body' in page
    part = owner.get(f"{SHOW}?month=2026-03", headers=HTMX).text
    assert "<html" not in part
    assert "Monthly report" in part


def test_an_unknown_report_is_not_there(owner: Client) -> None:
    assert owner.get("/reports/horoscope/").status_code == 404


def test_nobody_but_members_sees_a_report(stranger: Client, account: Account) -> None:
    spend(account, -12_345, payee="Secret shop")
    assert "Secret shop" not in stranger.get(f"{SHOW}?month=2026-03").text
    assert Client().get(SHOW).status_code == 302


def test_what_reports_let_one_choose_has_names_of_its_own() -> None:
    taken = {"month", "year", "quarter", "cycle", "from", "to", "latest", "compare", "q", "as", "shown"}
    for kind in REPORTS.values():
        assert not taken & {choice.name for choice in kind.choices}


def test_what_is_not_offered_is_left_out(owner: Client, household: Household) -> None:
    for kind in REPORTS.values():
        query = QueryDict(mutable=True)
        for choice in kind.choices:
            query[choice.name] = "nonsense"
        assert owner.get(f"/reports/{kind.name}/?{query.urlencode()}").status_code == 200


def test_names_that_look_like_markup_stay_names(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="<b>Bold</b>")
    spend(account, -1_000, payee="<script>alert(1)</script>")
    page = owner.get(f"{SHOW}?month=2026-03").text
    assert "<script>alert(1)" not in page
    assert "<b>Bold</b>" not in page
    assert "&lt;script&gt;" in page


def test_a_page_is_not_heavier_than_it_may_be(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        every = list(Category.objects.all())
        rows = [
            actions.NewTransaction(
                account=account,
                date=date(2026, 3, day),
                amount=-1_000,
                payee=f"Shop {place}",
                parts=[actions.Part(-1_000, each)],
            )
            for place, each in enumerate(every)
            for day in range(1, 29, 9)
        ]
        actions.add_transactions(household=household, by=None, rows=rows)
    assert len(owner.get(f"{SHOW}?month=2026-03").content) < 100_000
