"""The monthly report: what it says of a month, of a running one, and of books of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from time_machine import travel

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, owner_of
from ledger import actions
from ledger.forms.report_asking import read_report
from ledger.models import Account, Category
from ledger.reporting.document import Amount, Chart, Document, Share
from ledger.reporting.monthly import KIND
from ledger.tests.entries import category
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opened_on=date(2016, 1, 1))


def add(account: Account, day: str, amount: int, key: str | Category = "", **said: Any) -> None:
    filed = key if isinstance(key, Category) else category(account.household, key) if key else None
    with household_scope(account.household_id):
        actions.add_transaction(
            household=account.household,
            by=said.pop("by", None),
            account=account,
            date=date.fromisoformat(day),
            amount=amount,
            parts=[actions.Part(amount, filed)],
            **said,
        )


def report(household: Household, query: str = "month=2026-03", viewer: Any = None, today: date = TODAY) -> Document:
    with household_scope(household.pk, viewer=(viewer or owner_of(household)).pk):
        asked = read_report(KIND, QueryDict(query), household=household, today=today)
        assert not asked.form.errors
        return KIND.build(asked.question)


def figures(document: Document) -> dict[str, Any]:
    return {
        figure.key: figure.value.minor if isinstance(figure.value, Amount) else figure.value.value
        for figure in document.figures
    }


def rows(document: Document, key: str) -> dict[str, list[Any]]:
    """The rows of one table by what they are about, amounts as minor units and shares as parts."""
    table = next(table for table in document.tables if table.key == key)
    return {row.cells[0].text: [_plain(cell) for cell in row.cells[1:]] for row in table.rows}  # type: ignore[union-attr]


def _plain(cell: Any) -> Any:
    if isinstance(cell, Amount):
        return cell.minor
    return cell.value if isinstance(cell, Share) else getattr(cell, "text", cell)


def test_the_sums_of_a_month_beside_the_one_before_and_a_year_ago(household: Household, account: Account) -> None:
    for month, income, spent in (
        ("2026-03", 300_000, -120_000),
        ("2026-02", 200_000, -100_000),
        ("2025-03", 100_000, -150_000),
    ):
        add(account, f"{month}-05", income, "salary")
        add(account, f"{month}-09", spent, "groceries")
    found = report(household)
    assert figures(found) == {"net": 180_000, "income": 300_000, "spending": 120_000, "rate": 0.6}
    beside = rows(found, "compared")
    assert beside["Income"] == [300_000, 200_000, 100_000]
    assert beside["Expenses"] == [120_000, 100_000, 150_000]
    assert beside["Net savings"] == [180_000, 100_000, -50_000]
    notes = {figure.key: (figure.note, figure.tone) for figure in found.figures}
    assert notes["income"] == ("+50% against February 2026 · +200% against March 2025", "good")
    assert notes["spending"] == ("+20% against February 2026 · −20% against March 2025", "bad")
    assert notes["rate"][0] == "50% in February 2026 · −50% in March 2025"
    assert found.told == "€3,000.00 came in, €1,200.00 was spent, and €1,800.00 is left."


def test_a_running_month_is_held_against_as_many_days(household: Household, account: Account) -> None:
    for day in ("2026-04-20", "2026-04-21", "2026-05-20"):
        add(account, day, -10_000, "groceries")
    found = report(household, "month=2026-05")
    assert rows(found, "compared")["Expenses"] == [10_000, 10_000, 0]
    table = next(table for table in found.tables if table.key == "compared")
    assert table.head[1:3] == ["May 2026", "April 2026, first 20 days"]


def test_categories_stand_in_their_groups_with_share_and_change(household: Household, account: Account) -> None:
    with household_scope(household.pk):
        group = Category.objects.get(children__key="groceries")
    add(account, "2026-03-01", -60_00, "groceries")
    add(account, "2026-03-02", 10_00, "groceries")
    add(account, "2026-03-03", -30_00, group)
    add(account, "2026-03-04", -20_00)
    add(account, "2026-03-05", 5_00)
    add(account, "2026-02-05", -40_00, "groceries")
    found = report(household)
    where = rows(found, "spending")
    assert where["Groceries"] == [50_00, 0.5, 40_00, 0.25]
    assert where[group.name] == [80_00, 0.8, 40_00, 1.0]
    assert where[f"{group.name}, nothing closer"] == [30_00, 0.3, 0, None]
    assert where["Uncategorised"] == [20_00, 0.2, 0, None]
    assert where["Together"] == [100_00, 1.0, 40_00, 1.5]
    assert rows(found, "income")["Uncategorised"][0] == 5_00
    assert rows(report(household, "month=2026-03&compare=year"), "spending")["Together"] == [100_00, 1.0, 0, None]


def test_days_are_drawn_up_to_today_and_beside_a_usual_month(household: Household, account: Account) -> None:
    for month in ("2026-03", "2026-04"):
        add(account, f"{month}-02", -10_000, "groceries")
    add(account, "2026-05-03", -3_000, "groceries")
    chart = next(section for section in report(household, "month=2026-05").sections if isinstance(section, Chart))
    assert (chart.kind, len(chart.data["days"]), len(chart.data["actual"])) == ("pace", 31, 20)
    assert chart.data["actual"][:4] == [0, 0, 3_000, 3_000]
    assert chart.data["usual"][:3] == [0, 10_000, 10_000]
    assert len(chart.data["urls"]) == 20


def test_a_year_is_drawn_by_months(household: Household, account: Account) -> None:
    add(account, "2025-02-02", -10_000, "groceries")
    chart = next(section for section in report(household, "year=2025").sections if isinstance(section, Chart))
    assert (chart.kind, len(chart.data["labels"])) == ("months", 12)
    assert chart.data["money_out"][:3] == [0, 10_000, 0]


def test_the_biggest_and_who_is_new(household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Savings")
    add(account, "2026-02-01", -5_00, payee="Known")
    add(account, "2026-03-01", -90_00, "groceries", payee="Known")
    add(account, "2026-03-02", 500_00, "salary", payee="Work")
    add(account, "2026-03-03", -1_00, payee="Fresh")
    add(account, "2026-03-09", -2_00, payee="Fresh")
    with household_scope(household.pk):
        moved: dict[str, Any] = {"source": account, "target": other, "amount": 10_000_00, "on": date(2026, 3, 4)}
        actions.add_transfer(household=household, by=None, **moved)
    found = report(household)
    assert list(rows(found, "biggest"))[:2] == ["Work", "Known"]
    assert 10_000_00 not in [row[-1] for row in rows(found, "biggest").values()]
    new = rows(found, "new_payees")
    assert list(new) == ["Work", "Fresh"]
    assert [new["Fresh"][1].value, new["Fresh"][2]] == [2, -3_00]


def test_accounts_stand_in_their_own_currency(household: Household, account: Account) -> None:
    abroad = AccountFactory.create(household=household, name="Abroad", currency="XAF")
    add(account, "2026-03-01", -10_00)
    add(abroad, "2026-03-01", -700)
    found = report(household)
    table = next(table for table in found.tables if table.key == "accounts")
    spent = [row.cells[2] for row in table.rows]
    assert [(cell.minor, cell.currency) for cell in spent if isinstance(cell, Amount)] == [(1000, "EUR"), (700, "XAF")]
    assert figures(found)["spending"] == 10_00
    assert found.honest == "1 amount in XAF not included"


def test_members_are_told_apart_where_there_are_several(household: Household, account: Account) -> None:
    owner = owner_of(household)
    add(account, "2026-03-01", -10_00, by=owner)
    assert "members" not in {table.key for table in report(household).tables}
    ed = join(household, "editor", name="Ed")
    add(account, "2026-03-02", -5_00, by=ed)
    add(account, "2026-03-03", -1_00)
    found = rows(report(household), "members")
    assert {name: row[1] for name, row in found.items()} == {owner.name: 10_00, "Ed": 5_00, "Nobody by hand": 1_00}


def test_an_empty_month_says_so(household: Household) -> None:
    found = report(household)
    assert figures(found) == {"net": 0, "income": 0, "spending": 0, "rate": None}
    assert found.told == "Nothing came in and nothing was spent in March 2026."
    assert not list(found.tables)


def test_more_spent_than_came_in(household: Household, account: Account) -> None:
    add(account, "2026-03-01", 100_00, "salary")
    add(account, "2026-03-02", -150_00, "groceries")
    found = report(household)
    assert figures(found) == {"net": -50_00, "income": 100_00, "spending": 150_00, "rate": -0.5}
    assert found.told == "€100.00 came in and €150.00 was spent, €50.00 more than came in."


@pytest.mark.parametrize("amount", [-1, -1_000_000_000_00])
def test_the_smallest_and_the_largest(household: Household, account: Account, amount: int) -> None:
    add(account, "2026-03-01", amount, "groceries")
    assert figures(report(household))["spending"] == -amount


def test_many_categories_and_more_back_than_spent(household: Household, account: Account) -> None:
    for number in range(30):
        filed = CategoryFactory.create(household=household, name=f"Group {number}", kind="expense")
        add(account, "2026-03-01", -100 - number, filed)
    back = CategoryFactory.create(household=household, name="Back", kind="expense")
    add(account, "2026-03-01", 50_00, back)
    found = report(household)
    ring = next(section for section in found.sections if isinstance(section, Chart) and section.key == "where")
    assert len(ring.data["slices"]) == 8
    assert all(each["value"] > 0 for each in ring.data["slices"])
    assert sum(each["value"] for each in ring.data["slices"]) == sum(100 + number for number in range(30))
    assert rows(found, "spending")["Back"][:2] == [-50_00, None]


def test_a_private_account_is_seen_by_its_keeper_alone(household: Household, account: Account) -> None:
    ed = join(household, "editor", name="Ed")
    secret = AccountFactory.create(household=household, name="Surprise", private_to=ed, by=ed)
    add(secret, "2026-03-01", -43_21, payee="Casino", by=ed)
    assert figures(report(household))["spending"] == 0
    found = report(household, viewer=ed)
    assert figures(found)["spending"] == 43_21
    assert list(rows(found, "new_payees")) == ["Casino"]


def test_a_page_costs_the_same_queries_with_three_rows_and_with_hundreds(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    for day in range(1, 4):
        add(account, f"2026-03-{day:02}", -100, "groceries", payee="Lidl")
    with travel("2026-05-20 12:00", tick=False), django_assert_num_queries(QUERIES):
        owner.get("/reports/monthly/?month=2026-03")
    with household_scope(household.pk):
        filed = list(Category.objects.filter(kind="expense"))
        new = [
            actions.NewTransaction(
                account=account,
                date=date(2026, 3, 1) + timedelta(days=n % 31),
                amount=-n,
                payee=f"Shop {n % 40}",
                parts=[actions.Part(-n, filed[n % 20])],
            )
            for n in range(1, 300)
        ]
        actions.add_transactions(household=household, by=None, rows=new)
    with travel("2026-05-20 12:00", tick=False), django_assert_num_queries(QUERIES):
        owner.get("/reports/monthly/?month=2026-03")


# The member, what is hidden from them; the books' version, sums of three periods by category, of days, of usual days
# and of accounts, each with the kinds of categories; categories, accounts, members; the biggest and what they are; who
# is new.
QUERIES = 18


@pytest.mark.django_db(transaction=True)
def test_a_write_shows_at_once_though_the_page_was_kept(owner: Client, household: Household, account: Account) -> None:
    add(account, "2026-03-01", -10_00, "groceries")
    first, again = (owner.get("/reports/monthly/?month=2026-03").context["document"] for _ in range(2))
    assert figures(first) == figures(again)
    add(account, "2026-03-02", -5_00, "groceries")
    after = owner.get("/reports/monthly/?month=2026-03").context["document"]
    assert (figures(first)["spending"], figures(after)["spending"]) == (10_00, 15_00)
