"""Lists of transactions: pages, sums and rows agree, whatever is asked for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Line, Transaction
from ledger.queries.conditions import Conditions, Span
from ledger.queries.listing import Listing
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def fill(household: Household, account: Account) -> None:
    """Sixty days of a life: a payee in three, a split in ten, a transfer in twenty."""
    other = AccountFactory.create(household=household, currency="EUR")
    with household_scope(household.pk):
        food, fun = Category.objects.get(key="groceries"), Category.objects.get(key="entertainment")
        rows = []
        for number in range(120):
            day = date(2026, 9, 1 + number % 28)
            amount = -(number * 37 + 100)
            parts = [Part(amount + 50, food), Part(-50, fun)] if number % 10 == 0 else [Part(amount, food)]
            payee = ("Lidl", "Café Zürich", None)[number % 3]
            rows.append(NewTransaction(account=account, date=day, amount=amount, payee=payee, parts=parts))
        actions.add_transactions(household=household, by=None, rows=rows)
        for number in range(6):
            actions.add_transfer(
                household=household, by=None, source=account, target=other, amount=500, on=date(2026, 9, 3 + number)
            )


def listing(household: Household, **asked: object) -> Listing:
    return Listing(household, Conditions(**asked))  # type: ignore[arg-type]


def every_page(found: Listing, size: int) -> list[int]:
    keys: list[int] = []
    place: str | None = None
    while True:
        page = found.page(place, size)
        keys += [row.pk for row in page.rows]
        if page.next is None:
            return keys
        place = page.next


def test_pages_show_every_row_once_latest_first(household: Household, account: Account) -> None:
    fill(household, account)
    with household_scope(household.pk):
        found = listing(household)
        keys = every_page(found, 7)
        expected = list(Transaction.objects.order_by("-date", "-pk").values_list("pk", flat=True))
        assert keys == expected
        assert found.tally().count == len(expected) == 132


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"spans": (Span(date(2026, 9, 5), date(2026, 9, 20)),)},
        {"spans": (Span(None, date(2026, 9, 9)), Span(date(2026, 9, 20), None))},
        {"rows": (Q(amount__lt=-2000),)},
        {"texts": (("lidl",),)},
        {"texts": (("zur",), ("cafe",))},
        {"texts": (("cafe zurich", "a1p37"),)},
        {"texts": (("nothing",),)},
    ],
)
def test_the_tally_is_the_sum_of_what_is_listed(
    household: Household, account: Account, asked: dict[str, object]
) -> None:
    fill(household, account)
    with household_scope(household.pk):
        found = listing(household, **asked)
        keys = every_page(found, 50)
        lines = Line.objects.filter(transaction__in=keys)
        earned = [line.amount for line in lines if not line.is_transfer]
        tally = found.tally()
        assert (tally.coming_in, tally.going_out) == (
            sum(amount for amount in earned if amount > 0),
            sum(amount for amount in earned if amount <= 0),
        )
        assert tally.moved == sum(line.amount for line in lines if line.is_transfer)
        assert tally.count == len(keys)
        assert found.rows().count() == len(keys)


def test_of_a_split_only_the_part_asked_for_counts(household: Household, account: Account) -> None:
    fill(household, account)
    with household_scope(household.pk):
        fun = Category.objects.get(key="entertainment")
        found = listing(household, categories=frozenset({fun.pk}))
        page = found.page()
        assert len(page.rows) == 12
        assert {row.part for row in page.rows} == {-50}
        assert found.tally().going_out == -600
        assert found.tally().count == 12
        assert sum(day.total for day in page.days) == -600


def test_a_word_that_many_rows_hold_is_found_by_walking(
    household: Household, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(household, account)
    with household_scope(household.pk):
        narrow = every_page(listing(household, texts=(("lid",),)), 50)
        monkeypatch.setattr("ledger.queries.listing.FEW", 3)
        assert every_page(listing(household, texts=(("lid",),)), 50) == narrow
        assert len(narrow) == 40


def test_what_a_word_is_found_by_follows_the_payee(household: Household, account: Account) -> None:
    fill(household, account)
    with household_scope(household.pk):
        row = Transaction.objects.filter(payee__name="Lidl")[0]
        actions.change_transaction(
            transaction=row, by=None, edit_version=1, payee="Bäckerei", notes="Brötchen, 12 Stück"
        )
        assert every_page(listing(household, texts=(("backerei",), ("brot",))), 50) == [row.pk]
        assert row.pk not in every_page(listing(household, texts=(("lidl",),)), 50)


def test_the_sums_of_one_account_are_in_its_own_currency(household: Household) -> None:
    account = AccountFactory.create(household=household, currency="JPY")
    with household_scope(household.pk):
        actions.add_transaction(household=household, by=None, account=account, date=date(1950, 1, 2), amount=-900)
        conditions = Conditions(accounts=frozenset({account.pk}))
        own = Listing(household, conditions, account=account).tally()
        assert (own.currency, own.going_out, own.missing) == ("JPY", -900, 0)
        base = Listing(household, Conditions()).tally()
        assert (base.currency, base.going_out, base.missing, base.left_out) == ("EUR", 0, 1, (("JPY", 1),))


def test_a_page_costs_the_same_with_three_rows_and_with_fifty(
    household: Household, account: Account, django_assert_num_queries: object
) -> None:
    fill(household, account)
    with household_scope(household.pk):
        for size in (3, 50):
            with django_assert_num_queries(5):  # type: ignore[operator]
                listing(household, rows=(Q(transfer=None),)).page(size=size)
