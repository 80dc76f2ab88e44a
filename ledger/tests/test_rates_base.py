"""Amounts in the base currency follow whatever rates and the base currency do, and undo brings them back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import UndoRefused
from financeflow.households import actions as households
from financeflow.households.models import Household, Membership
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger import actions
from ledger.actions import NewTransaction, Part, base_currency, published_rates
from ledger.actions.rates import add_rate, change_rate, delete_rate, recompute_base
from ledger.calc.conversion import BILLION, PublishedRate
from ledger.models import Account, Category, DayTotal, Line, MonthTotal, Transaction, TypedRate
from ledger.models.totals import Total
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory
from ledger.tests.rated import history, spend, worked_out

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def rates() -> Iterator[None]:
    """Three currencies on three Fridays, and no packaged history."""
    worths = {"USD": 1_250_000_000, "GBP": 800_000_000, "JPY": 160 * BILLION}
    published_rates.keep_rates(
        [
            PublishedRate(code, FRIDAY - timedelta(days=7 * weeks), worth + weeks * 1_000_003)
            for code, worth in worths.items()
            for weeks in range(3)
        ],
        "ecb",
    )
    with history("Date,USD,\n"):
        yield


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture
def dollars(household: Household) -> Account:
    return AccountFactory.create(household=household, currency="USD", opening_balance=0)


def euros_out(household: Household) -> tuple[int, int, int]:
    with household_scope(household.pk):
        months, days = (_summed(model.objects.all()) for model in (MonthTotal, DayTotal))
    assert months == days
    return months


def _summed(totals: Iterable[Total]) -> tuple[int, int, int]:
    rows = list(totals)
    return sum(row.base_out for row in rows), sum(row.estimated for row in rows), sum(row.missing for row in rows)


def undo_last(household: Household, **of: Any) -> None:
    """Of what people did, the latest that is in force; or of what is asked for."""
    with household_scope(household.pk):
        member = Membership.objects.get(user=owner_of(household))
        undo_change(ChangeSet.objects.filter(undone_at=None, **(of or {"undoes": None})).latest("pk"), by=member)


def test_a_typed_rate_is_used_changed_deleted_and_each_is_undone(household: Household, dollars: Account) -> None:
    lunch = spend(dollars, -1000, FRIDAY)
    later = spend(dollars, -1000, FRIDAY + timedelta(days=7))
    assert worked_out(lunch) == (-800, "dated")
    with household_scope(household.pk):
        rate = add_rate(household=household, by=None, currency="USD", against="EUR", on=FRIDAY, worth=BILLION // 2)
    assert (worked_out(lunch), worked_out(later)) == ((-500, "dated"), (-500, "estimated"))
    with household_scope(household.pk):
        moved = change_rate(rate=rate, by=None, edit_version=1, on=FRIDAY + timedelta(days=7), worth=BILLION // 4)
    assert (worked_out(lunch), worked_out(later)) == ((-800, "dated"), (-250, "dated"))
    with household_scope(household.pk):
        delete_rate(rate=moved, by=None)
    assert (worked_out(lunch), worked_out(later)) == ((-800, "dated"), (-800, "estimated"))
    for expected in ((-800, -250), (-500, -500), (-800, -800)):
        undo_last(household)
        assert (worked_out(lunch)[0], worked_out(later)[0]) == expected
    assert euros_out(household) == (-1600, 1, 0)


def test_lines_add_up_to_their_transaction_in_the_base_currency_too(household: Household, dollars: Account) -> None:
    with household_scope(household.pk):
        food = Category.objects.get(key="groceries")
    parts = [Part(-334, food), Part(-333), Part(-333)]
    shared = spend(dollars, -1000, FRIDAY, parts=parts)
    with household_scope(household.pk):
        lines = Line.objects.filter(transaction=shared).order_by("base_amount")
        assert list(lines.values_list("base_amount", flat=True)) == [-268, -266, -266]
        assert lines.aggregate(sum=Sum("base_amount"))["sum"] == worked_out(shared)[0] == -800


def test_an_amount_that_gets_too_large_is_left_out_and_counted(household: Household, dollars: Account) -> None:
    large = spend(dollars, -(10**15), FRIDAY)
    assert worked_out(large) == (-8 * 10**14, "dated")
    with household_scope(household.pk):
        add_rate(household=household, by=None, currency="USD", against="EUR", on=FRIDAY, worth=10**18)
    assert worked_out(large) == (None, "missing")
    assert euros_out(household) == (0, 0, 1)


def test_amounts_in_the_trash_follow_too(household: Household, dollars: Account) -> None:
    lunch = spend(dollars, -1000, FRIDAY)
    with household_scope(household.pk):
        actions.trash_transaction(transaction=lunch, by=None)
        add_rate(household=household, by=None, currency="USD", against="EUR", on=FRIDAY, worth=BILLION // 2)
    undo_last(household)
    with household_scope(household.pk):
        add_rate(household=household, by=None, currency="USD", against="EUR", on=FRIDAY, worth=BILLION // 4)
    assert worked_out(lunch)[0] == -250


def test_another_base_currency_works_all_out_at_once_and_undo_brings_it_back(
    household: Household, dollars: Account
) -> None:
    lunch = spend(dollars, -1000, FRIDAY)
    tea = spend(AccountFactory.create(household=household, currency="GBP"), -400, FRIDAY)
    bread = spend(AccountFactory.create(household=household, currency="EUR"), -100, FRIDAY)
    before = euros_out(household)
    with household_scope(household.pk):
        assert households.change_household(household, by=owner_of(household), base_currency="USD")
    assert [worked_out(each) for each in (lunch, tea, bread)] == [(-1000, "same"), (-625, "dated"), (-125, "dated")]
    assert euros_out(household) == (-1750, 0, 0)
    undo_last(household)
    household.refresh_from_db()
    assert household.base_currency == "EUR"
    assert [worked_out(each) for each in (lunch, tea, bread)] == [(-800, "dated"), (-500, "dated"), (-100, "same")]
    assert euros_out(household) == before
    undo_last(household, verb="history.undone")
    assert worked_out(lunch) == (-1000, "same")


def test_who_still_has_the_old_base_currency_in_mind_writes_in_the_new(household: Household, dollars: Account) -> None:
    with household_scope(household.pk):
        households.change_household(Household.objects.get(pk=household.pk), by=owner_of(household), base_currency="USD")
    assert dollars.household.base_currency == "EUR"
    assert worked_out(spend(dollars, -1000, FRIDAY)) == (-1000, "same")


def test_many_amounts_are_worked_out_by_a_job_and_until_then_all_stays(
    household: Household, dollars: Account, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(base_currency, "AT_ONCE", 1)
    lunch, tea = spend(dollars, -1000, FRIDAY), spend(dollars, -500, FRIDAY)
    with household_scope(household.pk), django_capture_on_commit_callbacks() as waiting:
        assert not households.change_household(household, by=owner_of(household), name="Ours", base_currency="USD")
    household.refresh_from_db()
    assert (household.name, household.base_currency) == ("Ours", "EUR")
    assert worked_out(lunch) == (-800, "dated")
    for callback in waiting:
        callback()
    household.refresh_from_db()
    assert household.base_currency == "USD"
    assert (worked_out(lunch), worked_out(tea)) == ((-1000, "same"), (-500, "same"))
    with household_scope(household.pk):
        job = Job.objects.get()
        assert (job.state, job.title) == (Job.State.DONE, "Change of the base currency")
        assert not ChangeSet.objects.get(summary="Changed the base currency to USD").is_undoable
        assert not base_currency.change_base_currency(household=household, by=None, currency="USD")
    assert worked_out(lunch) == (-1000, "same")


def test_a_second_change_stops_the_first(household: Household, dollars: Account, monkeypatch: Any) -> None:
    monkeypatch.setattr(base_currency, "AT_ONCE", 0)
    spend(dollars, -1000, FRIDAY)
    with household_scope(household.pk):
        for currency in ("USD", "GBP"):
            households.change_household(household, by=owner_of(household), base_currency=currency)
        states = list(Job.objects.order_by("pk").values_list("state", "params"))
    assert states == [("cancelled", {"currency": "USD"}), ("queued", {"currency": "GBP"})]


def test_too_many_amounts_are_not_undone_while_somebody_waits(
    household: Household, dollars: Account, monkeypatch: Any
) -> None:
    lunch = spend(dollars, -1000, FRIDAY)
    with household_scope(household.pk):
        households.change_household(household, by=owner_of(household), base_currency="USD")
    monkeypatch.setattr(base_currency, "MOST_UNDONE", 0)
    with pytest.raises(UndoRefused, match="too many amounts"):
        undo_last(household)
    assert worked_out(lunch) == (-1000, "same")


def test_the_settings_page_says_that_the_currency_comes_later(
    owner: Client, household: Household, dollars: Account, monkeypatch: Any
) -> None:
    monkeypatch.setattr(base_currency, "AT_ONCE", 0)
    spend(dollars, -1000, FRIDAY)
    path = reverse("settings_household")
    sent = {name: owner.get(path).context["form"].initial[name] for name in ("name", "locale", "time_zone")}
    sent |= {"first_weekday": 0, "month_start_day": 1, "base_currency": "USD"}
    answer = owner.post(path, sent, follow=True)
    assert answer.redirect_chain == [(reverse("job_list"), 302)]
    assert "The base currency changes once every amount is worked out in it" in answer.text
    assert "Change of the base currency" in answer.text


def test_rates_come_into_use_with_a_new_base_currency(household: Household) -> None:
    lunch = spend(AccountFactory.create(household=household, currency="EUR"), -1000, FRIDAY)
    with household_scope(household.pk), history("Date,CHF,\n2026-03-06,0.95,\n"):
        households.change_household(household, by=owner_of(household), base_currency="CHF")
    assert worked_out(lunch) == (-950, "dated")


def test_what_another_member_keeps_private_follows_too(household: Household, owner: Client) -> None:
    keeper = owner_of(household)
    private = AccountFactory.create(household=household, by=keeper, currency="USD", private_to=keeper)
    secret = spend(private, -1000, FRIDAY)
    other = HouseholdFactory.create()
    with household_scope(household.pk, viewer=owner_of(other).pk):
        add_rate(household=household, by=None, currency="USD", against="EUR", on=FRIDAY, worth=BILLION // 2)
    assert worked_out(secret) == (-500, "dated")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_rates_amounts_are_what_a_fresh_look_gives(household: Household, seed: int) -> None:
    """A long random life of rates and base currencies, with amounts before, between and after."""
    chance = random.Random(seed)
    accounts = [
        AccountFactory.create(household=household, currency=code) for code in ("EUR", "USD", "GBP", "JPY", "ARS")
    ]
    by = owner_of(household)
    with household_scope(household.pk):
        for _ in range(16):
            _something_happens(chance, household, by, accounts)
            household.refresh_from_db()
        kept = list(Transaction.objects.order_by("pk").values_list("pk", "base_amount", "rate_state"))
        lines = list(Line.objects.order_by("pk").values_list("pk", "base_amount", "rate_state"))
        assert violations() == []
        recompute_base(household=household)
        assert list(Transaction.objects.order_by("pk").values_list("pk", "base_amount", "rate_state")) == kept
        assert list(Line.objects.order_by("pk").values_list("pk", "base_amount", "rate_state")) == lines
        missing = Transaction.objects.filter(rate_state="missing")
        assert {each.base_amount for each in missing} <= {None}
        assert not Transaction.objects.exclude(rate_state="missing").filter(base_amount=None).exists()


def _something_happens(chance: random.Random, household: Household, by: Any, accounts: list[Account]) -> None:
    day = FRIDAY + timedelta(days=chance.randint(-25, 12))
    kind = chance.choice(["spend", "spend", "type", "change", "delete", "base", "undo"])
    typed = list(TypedRate.objects.all())
    if kind == "spend":
        rows = [
            NewTransaction(account=account, date=day, amount=amount, parts=[Part(amount - 7), Part(7)])
            for account in accounts
            for amount in (chance.randint(-99_999, -10),)
        ]
        actions.add_transactions(household=household, by=by, rows=rows)
    elif kind == "type":
        pair = chance.sample(["EUR", "USD", "GBP", "ARS"], 2)
        if not TypedRate.objects.filter(currency=pair[0], against=pair[1], on=day).exists():
            worth = chance.randint(1, 3 * BILLION)
            add_rate(household=household, by=by, currency=pair[0], against=pair[1], on=day, worth=worth)
    elif kind == "change" and typed:
        rate = chance.choice(typed)
        change_rate(rate=rate, by=by, edit_version=rate.edit_version, worth=chance.randint(1, 3 * BILLION))
    elif kind == "delete" and typed:
        delete_rate(rate=chance.choice(typed), by=by)
    elif kind == "base":
        households.change_household(household, by=by, base_currency=chance.choice(["EUR", "USD", "ARS"]))
    elif kind == "undo":
        _undo_something(chance, by)


def _undo_something(chance: random.Random, by: Any) -> None:
    undoable = ChangeSet.objects.filter(undone_at=None, is_undoable=True).exclude(verb="account.added")
    found = list(undoable.order_by("-pk")[:3])
    if found:
        try:
            undo_change(chance.choice(found), by=Membership.objects.get(user=by))
        except UndoRefused:
            return
