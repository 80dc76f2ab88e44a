"""Income and spending by one definition: kept totals, plain lines and the lists behind them agree to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Q

from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, made_once
from financeflow.web.months import Month
from ledger import actions, story
from ledger.actions import NewTransaction, Part
from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period, period_of
from ledger.calc.terms import Term, read_search
from ledger.models import Account, Category, Line, Transaction
from ledger.queries.conditions import Span
from ledger.queries.listing import Listing, listing
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import By, grouped, whole
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING, Doors
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(scope="module")
def life(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with made_once(django_db_blocker, _life) as household:
        yield household.pk


def _life() -> Household:
    """Three months of the sample life, and what makes sums hard."""
    household: Household = HouseholdFactory.create(base_currency="EUR")
    with household_scope(household.pk):
        story.tell(household=household, by=None, today=TODAY, seed=3, months=3)
        _awkward(household)
    return household


@pytest.fixture
def told(life: int, db: None) -> Iterator[Household]:
    with household_scope(life):
        yield Household.objects.get(pk=life)


def _awkward(household: Household) -> None:
    account = Account.objects.get(name="Everyday")
    groceries, salary = Category.objects.get(key="groceries"), Category.objects.get(key="salary")
    twin = actions.add_category(household=household, by=None, name=groceries.name, kind="expense", parent=None)
    yen = AccountFactory.create(household=household, currency="JPY", name='Tanaka’s "box"')
    rows: list[dict[str, Any]] = [
        {"amount": -5000, "parts": [Part(-7000, groceries), Part(2000, twin)]},
        {"amount": 999, "parts": [Part(999, groceries)], "payee": 'The "Shop", none'},
        {"amount": -1, "parts": [Part(-1, salary)]},
        {"amount": 77, "parts": [Part(77, None)]},
        {"amount": 0, "parts": [Part(0, None)]},
        {"amount": -(10**11), "parts": [Part(-(10**11), twin)]},
        {"amount": -4000, "parts": [Part(-4000, groceries)], "account": yen, "date": date(2050, 1, 1)},
    ]
    entries = [NewTransaction(**{"account": account, "date": date(2026, 11, 2), **row}) for row in rows]
    actions.add_transactions(household=household, by=None, rows=entries)


def everything(household: Household, line: str = "") -> Listing:
    return listing(household, read_search(line, today=TODAY, locale="en-GB"))


def from_lines(found: Listing) -> Listing:
    """The same list, asked so that the kept totals cannot answer."""
    return replace(found, conditions=replace(found.conditions, rows=(*found.conditions.rows, Q(pk__gt=0))))


def plain_sums(*by: str) -> dict[tuple[Any, ...], Flow]:
    """Every line of the books looked at one by one."""
    found: dict[tuple[Any, ...], Flow] = defaultdict(Flow)
    for line in Line.objects.filter(is_kept=True, is_transfer=False).select_related("category"):
        is_income = line.category.kind == "income" if line.category else line.amount > 0
        worth = line.base_amount or 0
        values = {"month": line.date.replace(day=1), "day": line.date, "account": line.account_id}
        flow = found[tuple((values | {"category": line.category_id or 0})[name] for name in by)]
        flow.income += worth if is_income else 0
        flow.spending -= 0 if is_income else worth
        flow.count += 1
        flow.estimated += line.rate_state == "estimated"
        flow.missing += line.rate_state == "missing"
    return dict(found)


@pytest.mark.parametrize(
    "by", [(), ("month",), ("month", "category"), ("account", "month"), ("day",), ("day", "account"), ("category",)]
)
def test_kept_totals_and_lines_say_the_same(told: Household, by: tuple[By, ...]) -> None:
    found = everything(told)
    plain = plain_sums(*by)
    assert grouped(found, *by) == plain
    assert grouped(from_lines(found), *by) == plain


def test_ragged_days_are_whole_months_and_the_rest(told: Household) -> None:
    found = everything(told)
    days = {day: flow for (day,), flow in plain_sums("day").items()}
    for first, last in [(date(2026, 9, 3), date(2026, 11, 19)), (date(2026, 10, 1), date(2026, 10, 31))]:
        period = Period(first, last)
        expected = together(flow for day, flow in days.items() if day in period)
        assert whole(Question(told, TODAY, period).listing()) == expected
        assert whole(from_lines(found.over(Span(period.first, period.last)))) == expected


def test_an_account_speaks_its_own_currency(told: Household) -> None:
    question = Question(
        told,
        TODAY,
        Period(date(2050, 1, 1), date(2050, 1, 31)),
        read_search("account:tanaka", today=TODAY, locale="en"),
    )
    assert question.currency == "JPY"
    assert whole(question.listing()) == Flow(spending=4000, count=1)
    assert whole(Question(told, TODAY, question.period).listing()) == Flow(count=1, missing=1)


@pytest.mark.parametrize("line", ["", 'account:"Credit card"', "-tag:none", "category:groceries", "amount>20"])
def test_each_sum_has_a_list_that_comes_to_it(told: Household, line: str) -> None:
    question = Question(told, TODAY, period_of("month", TODAY), read_search(line, today=TODAY, locale="en-GB"))
    doors, found = Doors(question), question.listing()
    for (slot,), flow in grouped(found, "category").items():
        category = question.categories.get(slot)
        kind = [] if category else [INCOME]
        url = doors.to(doors.category(category, alone=True), *kind)
        assert net_behind(told, url) == (flow.income if kind else flow.kept), category
    total = whole(found)
    assert net_behind(told, doors.to(INCOME)) == total.income
    assert net_behind(told, doors.to(SPENDING)) == -total.spending
    assert net_behind(told, doors.to(NOT_TRANSFER)) == total.kept
    for (key,), flow in grouped(found, "account").items():
        if not line.startswith("account"):
            assert net_behind(told, doors.to(doors.account(question.accounts[key]), NOT_TRANSFER), key) == flow.kept


def net_behind(household: Household, url: str, account: int | None = None) -> int:
    """What the list at an address comes to; in the base currency also where it is of one account."""
    said = parse_qs(urlsplit(url).query)
    search = read_search(said.get("q", [""])[0], today=TODAY, locale="en-GB")
    assert not search.problems
    found = listing(household, search, months=[Month.parse(text) for text in said.get("month", [])])
    assert not found.problems
    if account and found.account and found.account.currency != household.base_currency:
        found = replace(found, account=None)
    return found.tally().net


def test_what_is_income_and_what_is_spending_can_be_left_out(told: Household) -> None:
    every = everything(told)
    spending, income = everything(told, "is:spending"), everything(told, "is:income")
    assert spending.tally().net + income.tally().net == every.tally().net
    assert {row.pk for row in everything(told, "-is:spending -is:transfer").rows()} <= {row.pk for row in income.rows()}
    assert everything(told, "is:expenses").tally() == spending.tally()


def test_two_of_one_name_are_told_apart(told: Household) -> None:
    question = Question(told, TODAY, period_of("month", TODAY))
    doors = Doors(question)
    twins = [row for row in question.categories.values() if row.name == Category.objects.get(key="groceries").name]
    assert len({str(doors.category(row)) for row in twins}) == 2
    for row in twins:
        found = everything(told, str(doors.category(row)))
        assert found.conditions.categories == frozenset({row.pk})
    assert len(everything(told, str(Term("category", twins[0].name))).conditions.categories or ()) == 2


def test_a_group_alone_leaves_out_what_stands_in_it(told: Household) -> None:
    group = Category.objects.get(key="groceries").parent
    assert group
    alone = everything(told, f'category:"={group.name}"').conditions.categories
    assert alone == frozenset({group.pk})
    assert len(everything(told, f'category:"{group.name}"').conditions.categories or ()) > 1


def test_what_another_member_keeps_private_is_in_no_sum(told: Household) -> None:
    before = whole(everything(told))
    keeper = join(told, "editor")
    secret = AccountFactory.create(household=told, private_to=keeper, by=keeper)
    actions.add_transaction(household=told, by=keeper, account=secret, date=TODAY, amount=-12345)
    viewer = Membership.objects.get(role="owner").user_id
    with household_scope(told.pk, viewer=viewer):
        assert whole(everything(told)) == before
        assert whole(from_lines(everything(told))) == before
    with household_scope(told.pk, viewer=keeper.pk):
        assert whole(everything(told)).spending == before.spending + 12345


def test_an_empty_household_has_no_sums(household: Household) -> None:
    with household_scope(household.pk):
        assert grouped(everything(household), "month", "category") == {}
        assert whole(everything(household)).is_nothing
        assert Transaction.objects.count() == 0
