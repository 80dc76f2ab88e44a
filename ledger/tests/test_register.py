"""The register of an account: a running balance on every row, however one pages, and a balance for every day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions.transactions import NewTransaction
from ledger.models import Account, Transaction
from ledger.queries.balances import balance_on, balances_by_day, balances_by_month, begins_on
from ledger.queries.register import register_page
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
START = date(2026, 1, 1)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def fill(account: Account, days: list[int], *, seed: int = 1, **values: Any) -> None:
    chance = random.Random(seed)
    rows = [
        NewTransaction(
            account=account,
            date=START + timedelta(days=day),
            amount=chance.randrange(-50_00, 40_00) or 1,
            payee=f"P{number}",
            values=values,
        )
        for number, day in enumerate(days)
    ]
    with household_scope(account.household_id):
        actions.add_transactions(household=account.household, by=None, rows=rows)
        account.refresh_from_db()


def plainly(account: Account) -> dict[int, int]:
    """The balance after each row by adding up all rows before it."""
    balance, found = account.opening_balance, {}
    for row in Transaction.objects.filter(account=account, trashed_at=None).order_by("date", "pk"):
        balance += row.amount
        found[row.pk] = balance
    return found


def show(account: Account, query: str = "") -> str:
    return reverse("account_show", args=[account.uid]) + query


def test_every_row_of_every_page_has_the_balance_after_it(account: Account) -> None:
    fill(account, [0, 3, 3, 3, 10, 31, 31, 40, 45, 45, 70, 70, -5, 90, 90, 120])
    with household_scope(account.household_id):
        expected, seen, after = plainly(account), {}, None
        for _ in range(20):
            page = register_page(account, after=after, size=3)
            seen.update({row.pk: row.balance for row in page.rows})
            after = page.next
            if after is None:
                break
        assert seen == expected
        for first, last in ((3, 45), (31, 31), (45, None), (None, 10)):
            span = [None if day is None else START + timedelta(days=day) for day in (first, last)]
            rows = register_page(account, first=span[0], last=span[1]).rows
            assert rows
            assert all(row.balance == expected[row.pk] for row in rows)


def test_what_is_in_an_account_on_a_day_is_known_for_every_day(account: Account) -> None:
    fill(account, [0, 3, 3, 10, 31, 40, 45, 70, -5, 90, 120])
    with household_scope(account.household_id):
        rows = list(Transaction.objects.filter(account=account))

        def plain(day: date) -> int:
            return account.opening_balance + sum(row.amount for row in rows if row.date <= day)

        first, last = START - timedelta(days=5), START + timedelta(days=150)
        assert begins_on([account]) == {account.pk: first}
        for step in range(156):
            day = first + timedelta(days=step)
            assert balance_on(account, day) == plain(day)
        by_day = balances_by_day([account], first - timedelta(days=9), last)[account.pk]
        assert [(point.day, point.balance) for point in by_day] == [
            (first + timedelta(days=step), plain(first + timedelta(days=step))) for step in range(156)
        ]
        by_month = balances_by_month([account], first, last)[account.pk]
        assert [point.day for point in by_month] == [
            date(2025, 12, 31),
            date(2026, 1, 31),
            date(2026, 2, 28),
            date(2026, 3, 31),
            date(2026, 4, 30),
            last,
        ]
        assert all(point.balance == plain(point.day) for point in by_month)


def test_the_page_shows_what_is_cleared_pending_and_ahead(
    owner: Client, account: Account, household: Household
) -> None:
    fill(account, [0, 3])
    with household_scope(household.pk):
        frame: dict[str, Any] = {"household": household, "by": None, "account": account}
        actions.add_transaction(**frame, date=START, amount=-777, values={"status": "pending"})
        actions.add_transaction(**frame, date=date(2030, 1, 1), amount=-10_00)
    page = owner.get(show(account))
    standing = page.context["standing"]
    assert (standing.pending, standing.pending_count, standing.ahead) == (-777, 1, -1000)
    assert standing.cleared == standing.balance + 777
    assert standing.today == standing.balance + 1000
    for words in ("Everyday", "1 pending", "Today, without what is dated later"):
        assert words in page.text


def test_the_register_keeps_to_a_month_or_to_days(owner: Client, account: Account) -> None:
    fill(account, [0, 10, 31, 45, 70])
    dates = [row.date for row in owner.get(show(account, "?month=2026-02")).context["found"].rows]
    assert dates == [date(2026, 2, 15), date(2026, 2, 1)]
    found = owner.get(show(account, "?from=2026-01-05&to=2026-02-05")).context["found"]
    assert [row.date for row in found.rows] == [date(2026, 2, 1), date(2026, 1, 11)]
    assert "Nothing in these days" in owner.get(show(account, "?month=2026-08")).text
    for wrong in ("from=2026-02-31", "from=2026-03-01&to=2026-02-01"):
        answer = owner.get(show(account, f"?{wrong}"))
        assert (answer.status_code, len(answer.context["found"].rows)) == (422, 5)


def test_a_search_leads_to_the_list_of_this_account_alone(owner: Client, account: Account) -> None:
    answer = owner.get(show(account, "?q=P1&month=2026-02"))
    assert answer["Location"] == "/transactions/?q=account%3AEveryday+P1&month=2026-02"


def test_the_register_goes_on_where_the_page_ends(owner: Client, account: Account) -> None:
    fill(account, list(range(60)))
    page = owner.get(show(account))
    later = page.context["found"].next
    assert f"?after={later}" in page.text
    rest = owner.get(show(account, f"?after={later}"), headers=HTMX)
    assert (rest.text.count("<tr id="), "<html" in rest.text) == (10, False)
    for odd in ("x", "2026-01-01", "2026-01-01.99999999999999999999999", "0000-01-01.1"):
        assert owner.get(show(account, f"?after={odd}"), headers=HTMX).status_code == 200


def test_the_balance_is_drawn_by_day_and_by_month(owner: Client, account: Account) -> None:
    fill(account, [0, 10, 31, 45, 300])
    by_day = owner.get(show(account, "?from=2026-01-01&to=2026-03-31")).context["figure"]
    assert (len(by_day.data["values"]), len(by_day.table["rows"])) == (90, 90)
    by_month = owner.get(show(account, "?from=2026-01-01&to=2026-06-30")).context["figure"]
    assert len(by_month.data["values"]) == 6
    assert owner.get(show(account, "?from=2026-01-04&to=2026-01-04")).context["figure"] is None


def test_an_account_without_transactions_says_what_to_do(owner: Client, viewer: Client, account: Account) -> None:
    assert "/transactions/add/?account=Everyday" in owner.get(show(account)).text
    assert "/transactions/add/?account" not in viewer.get(show(account)).text


def test_a_viewer_looks_and_a_stranger_finds_nothing(viewer: Client, stranger: Client, account: Account) -> None:
    fill(account, [0])
    page = viewer.get(show(account)).text
    assert "P0" in page
    assert "/edit/" not in page
    assert stranger.get(show(account)).status_code == 404


def test_the_register_costs_the_same_however_many_rows(
    owner: Client, account: Account, django_assert_num_queries: Any
) -> None:
    for rows in (1, 3):
        fill(account, list(range(rows)), seed=rows)
        with django_assert_num_queries(19):
            owner.get(show(account), headers=HTMX)


def test_earlier_rows_are_a_whole_page_where_no_script_runs(owner: Client, account: Account) -> None:
    for day in (1, 2):
        with household_scope(account.household_id):
            register = actions.add_transaction(
                household=account.household, by=None, account=account, date=date(2026, 3, day), amount=-100
            )
    later = f"2026-03-02.{register.pk}"
    for after in (later, "nothing"):
        page = owner.get(show(account, f"?after={after}"))
        assert page.status_code == 200
        assert "register__figures" in page.text
