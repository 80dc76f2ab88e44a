"""The page of exchange rates, as an owner, an editor, a viewer and a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger.calc.conversion import BILLION
from ledger.models import RateRefresh, TypedRate
from ledger.tests.factories import AccountFactory
from ledger.tests.rate_service import rate_service
from ledger.tests.rated import NEW, TODAY, history, published, rates_of, spend, typed

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_history() -> Iterator[None]:
    with history("Date,USD,\n"):
        yield


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", locale="en-GB")


def test_a_rate_is_typed_changed_and_deleted_by_a_person(owner: Client, household: Household) -> None:
    lunch = spend(AccountFactory.create(household=household, currency="USD"))
    assert owner.post(reverse("rate_add"), NEW, headers=HTMX).status_code == 204
    assert rates_of(household) == [("USD", "EUR", 900_000_000)]
    with household_scope(household.pk):
        rate = TypedRate.objects.get()
    path = reverse("rate_edit", args=[rate.uid])
    assert 'value="0.9"' in owner.get(path).text
    assert owner.post(path, {**NEW, "worth": "0.8", "edit_version": 1}).status_code == 302
    with household_scope(household.pk):
        lunch.refresh_from_db()
    assert lunch.base_amount == -800
    assert owner.post(reverse("rate_delete", args=[rate.uid])).status_code == 302
    assert rates_of(household) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"worth": ""}, "worth"),
        ({"worth": "abc"}, "worth"),
        ({"worth": "0"}, "worth"),
        ({"worth": "-1"}, "worth"),
        ({"worth": "1e9"}, "worth"),
        ({"worth": "nan"}, "worth"),
        ({"worth": "9" * 300}, "worth"),
        ({"currency": "EUX"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"against": "USD"}, "against"),
        ({"on": "31 Feb"}, "on"),
        ({"on": "0000-01-01"}, "on"),
        ({"on": "1200-01-01"}, "on"),
        ({"on": ""}, "on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    owner: Client, household: Household, change: dict[str, str], field: str
) -> None:
    answer = owner.post(reverse("rate_add"), {**NEW, **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert rates_of(household) == []


def test_a_second_rate_for_a_day_is_refused_where_the_day_is(owner: Client, household: Household) -> None:
    typed(household)
    other = typed(household, on=TODAY - timedelta(days=1))
    for path in (reverse("rate_add"), reverse("rate_edit", args=[other.uid])):
        answer = owner.post(path, {**NEW, "edit_version": 1})
        assert answer.status_code == 422
        assert "A rate for this day is there already" in str(answer.context["form"].errors["on"])
    assert [worth for _, _, worth in rates_of(household)] == [BILLION // 2] * 2


def test_the_later_of_two_editors_is_told_what_changed(owner: Client, editor: Client, household: Household) -> None:
    path = reverse("rate_edit", args=[typed(household).uid])
    editor.post(path, {**NEW, "edit_version": 1})
    late = owner.post(path, {**NEW, "worth": "0.7", "edit_version": 1})
    assert late.status_code == 422
    for words in ("was changed while you had it open", "<del>0.5</del>", "<b>0.9</b>", 'value="0.7"'):
        assert words in late.text
    assert rates_of(household) == [("USD", "EUR", 900_000_000)]


def test_a_link_fills_in_the_currency_and_the_day(owner: Client) -> None:
    form = owner.get(reverse("rate_add"), {"currency": "JPY", "on": "2026-03-06"}).context["form"]
    assert (form.initial["currency"], form.initial["on"]) == ("JPY", date(2026, 3, 6))
    form = owner.get(reverse("rate_add"), {"currency": "<b>", "on": "never"}).context["form"]
    assert (form.initial["currency"], form.initial["on"]) == (None, TODAY)


def test_the_page_shows_what_currencies_are_worth_and_whence_that_is_known(owner: Client, household: Household) -> None:
    for currency in ("EUR", "USD", "GBP", "ARS"):
        AccountFactory.create(household=household, currency=currency)
    published("USD", "1.25")
    published("USD", "1.2", TODAY - timedelta(days=1))
    typed(household, "GBP", worth=1_234_567_891)
    published("ARS", "1000", TODAY - timedelta(days=12))
    page = owner.get(reverse("rate_list"))
    assert [(line.currency, line.is_old) for line in page.context["lines"]] == [
        ("ARS", True),
        ("GBP", False),
        ("USD", False),
    ]
    for words in ("US Dollar", "0.80000", "by Frankfurter", "typed in here", "1.234567891", "nothing newer is known"):
        assert words in page.text
    assert page.context["lines"][2].points == "0,2 100,28"


def test_amounts_without_a_rate_are_counted_and_linked(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, currency="JPY", name="Tokyo")
    lunch = spend(account)
    spend(account, on=TODAY - timedelta(days=40))
    page = owner.get(reverse("rate_list")).text
    assert "2 amounts in JPY are not included" in page
    assert reverse("transaction_show", args=[lunch.uid]) in page
    assert f"?currency=JPY&amp;on={TODAY.isoformat()}" in page
    typed(household, "JPY")
    assert "1 amount in JPY is not included" in owner.get(reverse("rate_list"), headers=HTMX).text


def test_what_another_member_keeps_private_is_not_shown(editor: Client, household: Household, owner: Client) -> None:
    keeper = owner_of(household)
    spend(AccountFactory.create(household=household, by=keeper, currency="JPY", private_to=keeper))
    assert "amount in JPY is not included" in owner.get(reverse("rate_list")).text
    assert "JPY" not in editor.get(reverse("rate_list"), headers=HTMX).text


def test_a_household_with_one_currency_is_told_when_rates_appear(owner: Client, household: Household) -> None:
    AccountFactory.create(household=household, currency="EUR")
    assert "One currency so far" in owner.get(reverse("rate_list")).text


def test_it_is_said_since_when_the_service_is_away(owner: Client, household: Household, settings: Any) -> None:
    AccountFactory.create(household=household, currency="USD")
    settings.RATES_URL = "http://127.0.0.1:9/v1"
    RateRefresh.objects.create(pk=1, away_since=timezone.now())
    assert "the service for exchange rates could not be reached" in owner.get(reverse("rate_list")).text
    settings.RATES_URL = ""
    page = owner.get(reverse("rate_list")).text
    assert "could not be reached" not in page
    assert "This server asks nobody for rates" in page


def test_rates_are_refreshed_when_somebody_asks(
    owner: Client, household: Household, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    AccountFactory.create(household=household, currency="USD")
    with rate_service(USD="1.25") as service:
        settings.RATES_URL = service.url
        with django_capture_on_commit_callbacks(execute=True):
            assert owner.post(reverse("rate_refresh")).status_code == 302
    with household_scope(household.pk):
        assert Job.objects.get().state == Job.State.DONE
    assert "0.80000" in owner.get(reverse("rate_list")).text


def test_a_refresh_waits_for_the_one_before_and_needs_an_address(
    owner: Client, household: Household, settings: Any
) -> None:
    settings.RATES_URL = "http://127.0.0.1:9/v1"
    for _ in range(2):
        owner.post(reverse("rate_refresh"))
    settings.RATES_URL = ""
    owner.post(reverse("rate_refresh"))
    with household_scope(household.pk):
        assert Job.objects.count() == 1


def test_the_page_costs_the_same_with_one_row_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for currencies in (["USD"], ["GBP", "CHF"]):
        for currency in currencies:
            published(currency, "1.25")
            typed(household, currency)
            spend(AccountFactory.create(household=household, currency=currency))
        owner.get(reverse("rate_list"), headers=HTMX)
        with django_assert_num_queries(13):
            owner.get(reverse("rate_list"), headers=HTMX)


def test_many_typed_rates_come_in_pages(owner: Client, household: Household) -> None:
    with household_scope(household.pk):
        TypedRate.objects.bulk_create(
            TypedRate(household=household, currency="USD", against="EUR", on=TODAY - timedelta(days=n), worth=n + 1)
            for n in range(60)
        )
    assert "1 to 50 of 60" in owner.get(reverse("rate_list")).text
    assert "51 to 60 of 60" in owner.get(reverse("rate_list"), {"page": "2"}).text
    assert owner.get(reverse("rate_list"), {"page": "x"}).status_code == 200


def test_a_viewer_sees_no_buttons_and_is_refused(viewer: Client, household: Household) -> None:
    spend(AccountFactory.create(household=household, currency="JPY"))
    rate = typed(household)
    page = viewer.get(reverse("rate_list")).text
    assert "0.5" in page
    for word in ("Type a rate", "/edit/", "/delete/", "/rates/add/", "/rates/refresh/"):
        assert word not in page
    assert viewer.get(reverse("rate_add")).status_code == 403
    assert viewer.post(reverse("rate_add"), NEW).status_code == 403
    assert viewer.post(reverse("rate_refresh")).status_code == 403
    for name in ("rate_edit", "rate_delete"):
        assert viewer.post(reverse(name, args=[rate.uid]), NEW).status_code == 403


def test_a_stranger_finds_nothing(stranger: Client, household: Household) -> None:
    rate = typed(household, worth=123_456_789)
    assert "123456789" not in stranger.get(reverse("rate_list")).text
    for name in ("rate_edit", "rate_delete"):
        assert stranger.post(reverse(name, args=[rate.uid]), NEW).status_code == 404
