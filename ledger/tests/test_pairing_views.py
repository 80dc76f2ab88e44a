"""The pages of transfers to link and of money that is owed back, as owner, editor, viewer and stranger."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part, refunds
from ledger.actions.summing import gathered_sums
from ledger.models import Account, Category, Line, NoPair, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SUGGESTED = "/transactions/transfers/"


@pytest.fixture
def everyday(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def savings(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Rainy day")


def booked(account: Account, amount: int, *, back: int = 0, words: str = "", **said: Any) -> Transaction:
    day = today_in(account.household.time_zone) - timedelta(days=back)
    values = {"description": words}
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household, by=None, account=account, date=day, amount=amount, values=values, **said
        )


def line_of(transaction: Transaction) -> Line:
    with household_scope(transaction.household_id):
        return Line.objects.select_related("transaction__household", "transaction__account").get(
            transaction=transaction
        )


def two(out: Transaction, into: Transaction) -> dict[str, str]:
    return {"out": str(out.uid), "into": str(into.uid)}


def count(model: Any, household: Household, **where: Any) -> int:
    with household_scope(household.pk):
        return int(model.objects.filter(**where).count())


def test_a_pair_is_linked_and_the_undo_brings_every_sum_back(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    out, into = booked(everyday, -250_00), booked(savings, 250_00)
    with household_scope(household.pk):
        before = gathered_sums(Line.objects.all())
    page = owner.get(SUGGESTED).text
    for words in ("% sure", "same amount", "same day", "Rainy day", "Not a transfer"):
        assert words in page
    answer = owner.post(reverse("transfer_link"), two(out, into), headers=HTMX)
    assert answer.status_code == 204
    assert "live:ledger.changed" in answer["HX-Trigger"]
    assert count(Transaction, household, transfer__isnull=False) == 2
    assert "No pair is waiting" in owner.get(SUGGESTED).text
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transfer.paired")
    owner.post(reverse("change_undo", args=[change.uid]))
    with household_scope(household.pk):
        assert gathered_sums(Line.objects.all()) == before
    assert owner.post(reverse("transfer_link"), two(into, out), headers=HTMX).status_code == 409


def test_no_transfer_is_said_once(owner: Client, household: Household, everyday: Account, savings: Account) -> None:
    out, into = booked(everyday, -250_00), booked(savings, 250_00)
    assert owner.post(reverse("transfer_dismiss"), two(out, into)).status_code == 302
    assert "No pair is waiting" in owner.get(SUGGESTED).text
    assert count(NoPair, household) == 1


def test_only_what_stood_on_the_page_and_is_sure_is_linked_at_once(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    for number in (1, 2):
        booked(everyday, -number * 100_01, words="Umbuchung Rainy Day", back=number)
        booked(savings, number * 100_01, words="transfer everyday", back=number)
    booked(everyday, -300_00)
    booked(savings, 300_00)
    page = owner.get(SUGGESTED)
    assert "Link the 2 that are sure" in page.text
    shown = [f"{pair.out.uid}.{pair.into.uid}" for pair in page.context["pairs"]]
    owner.post(reverse("transfer_link_sure"), {"pair": shown[:1]})
    assert count(Transaction, household, transfer__isnull=False) == 2
    owner.post(reverse("transfer_link_sure"), {"pair": shown})
    assert count(Transaction, household, transfer__isnull=False) == 4
    with household_scope(household.pk):
        assert ChangeSet.objects.filter(verb="transfer.paired").count() == 2


@pytest.mark.parametrize("sent", [{"out": "x", "into": "y"}, {}, {"out": str(uuid.uuid4())}])
def test_two_that_are_none_are_refused(owner: Client, sent: dict[str, str]) -> None:
    for name in ("transfer_link", "transfer_dismiss"):
        assert owner.post(reverse(name), sent).status_code == 400
    assert owner.post(reverse("transfer_link_sure"), {"pair": "nonsense"}).status_code == 400
    assert owner.post(reverse("transfer_link_sure"), {}).status_code == 400


def test_the_other_side_is_chosen_by_hand_or_added(
    owner: Client, household: Household, everyday: Account, savings: Account
) -> None:
    out, into = booked(everyday, -250_00), booked(savings, 250_00, back=20)
    path = reverse("transfer_pair", args=[out.uid])
    form = owner.get(path, headers=HTMX).text
    assert form.lstrip().startswith('<div class="dialog__head">')
    assert str(into.uid) in form
    assert owner.post(path, {"other": str(into.uid)}, headers=HTMX).status_code == 204
    assert count(Transaction, household, transfer__isnull=False) == 2
    lone = booked(everyday, -9_00)
    path = reverse("transfer_pair", args=[lone.uid])
    missing = owner.post(path, {"account": ""})
    assert missing.status_code == 422
    assert "This field is required." in missing.text
    assert owner.post(path, {"account": str(savings.uid)}).status_code == 302
    assert count(Transaction, household, transfer__isnull=False, account=savings) == 2
    assert owner.get(path).status_code == 404


def test_across_currencies_the_amount_there_is_asked_for(
    owner: Client, household: Household, everyday: Account
) -> None:
    dollars = AccountFactory.create(household=household, currency="USD")
    lone = booked(everyday, -9_00)
    path = reverse("transfer_pair", args=[lone.uid])
    assert "Amount there" in owner.get(path).text
    answer = owner.post(path, {"account": str(dollars.uid)})
    assert answer.status_code == 422
    assert "how much arrived in USD" in answer.text
    assert owner.post(path, {"account": str(dollars.uid), "received": "9.80"}).status_code == 302


def dinner(account: Account, amount: int = -90_00, back: int = 20) -> Transaction:
    with household_scope(account.household_id):
        dining = Category.objects.get(key="dining")
    return booked(account, amount, back=back, payee="Osteria", parts=[Part(amount, dining)])


def test_a_viewer_reads_and_changes_nothing(
    viewer: Client, household: Household, everyday: Account, savings: Account
) -> None:
    out, into, meal = booked(everyday, -250_00), booked(savings, 250_00), dinner(everyday)
    with household_scope(household.pk):
        link = refunds.expect_refund(line=line_of(meal), expected=60_00, owed_by="Anna", by=None)
    for path in (SUGGESTED, "/owed/"):
        page = viewer.get(path).text
        assert 'method="post" action="/owed' not in page
        assert 'method="post" action="/transactions/transfers' not in page
    assert "Anna" in viewer.get("/owed/").text
    assert "same amount" in viewer.get(SUGGESTED).text
    for name in ("transfer_link", "transfer_dismiss", "transfer_link_sure"):
        assert viewer.post(reverse(name), two(out, into)).status_code == 403
    for name in ("transfer_pair", "refund_expect", "refund_link"):
        assert viewer.get(reverse(name, args=[meal.uid])).status_code == 403
    for name in ("refund_unlink", "refund_give_up", "refund_expect_again", "refund_forget"):
        assert viewer.post(reverse(name, args=[link.uid])).status_code == 403


def test_a_stranger_finds_nothing(stranger: Client, household: Household, everyday: Account, savings: Account) -> None:
    out, into, meal = booked(everyday, -250_00), booked(savings, 250_00), dinner(everyday)
    with household_scope(household.pk):
        link = refunds.expect_refund(line=line_of(meal), expected=60_00, owed_by="Anna", by=None)
    assert "No pair is waiting" in stranger.get(SUGGESTED).text
    assert "Anna" not in stranger.get("/owed/").text
    for name in ("transfer_link", "transfer_dismiss"):
        assert stranger.post(reverse(name), two(out, into)).status_code == 404
    for name in ("transfer_pair", "refund_expect", "refund_link"):
        assert stranger.get(reverse(name, args=[meal.uid])).status_code == 404
    for name in ("refund_unlink", "refund_give_up", "refund_expect_again", "refund_forget"):
        assert stranger.post(reverse(name, args=[link.uid])).status_code == 404
    pairs = {"pair": f"{out.uid}.{into.uid}"}
    stranger.post(reverse("transfer_link_sure"), pairs)
    assert count(Transaction, household, transfer__isnull=False) == 0


def test_the_pages_cost_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, everyday: Account, savings: Account, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for number in range(rows):
            back = 10 * rows + number
            booked(everyday, -250_00 - back, back=back)
            booked(savings, 250_00 + back, back=back)
            meal = dinner(everyday, -90_00 - back, back=back)
            with household_scope(household.pk):
                link = refunds.expect_refund(line=line_of(meal), expected=30_00, owed_by="Anna", by=None)
                refunds.link_money_back(line=line_of(meal), refund=booked(savings, 10_00 + back), by=None)
            assert link.pk
        with django_assert_num_queries(10):
            owner.get(SUGGESTED, headers=HTMX)
        with django_assert_num_queries(11):
            owner.get("/owed/", headers=HTMX)
