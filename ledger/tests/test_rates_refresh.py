"""Rates come in: from the package once, from the service each day; and whatever it says, the books stay honest."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import HouseholdFactory
from ledger.actions import published_rates, rate_refresh
from ledger.models import Account, ExchangeRate, MonthTotal, RateRefresh
from ledger.queries.rates import last_refresh, refresh_is_due
from ledger.rate_sources import frankfurter
from ledger.tasks import refresh_rates
from ledger.tests.factories import AccountFactory
from ledger.tests.rate_service import RateService, drip, hang, hang_up, rate_service, say
from ledger.tests.rated import history, spend, worked_out

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
FRIDAY = NOW.date()


TWO_WEEKS = "Date,USD,GBP,RUB,\n2026-02-20,1.25,0.8,N/A,\n2026-02-19,1.2,0.8,,\n2022-03-01,1.1,0.8,117.2,\n"


@pytest.fixture(autouse=True)
def packed() -> Iterator[None]:
    with history(TWO_WEEKS):
        yield


@pytest.fixture
def service(settings: Any, monkeypatch: Any) -> Iterator[RateService]:
    monkeypatch.setattr(frankfurter, "PAUSES", (0, 0))
    with rate_service(USD="1.25", GBP="0.8", JPY="170.5") as found:
        settings.RATES_URL = found.url
        yield found


@pytest.fixture
def abroad(household: Household) -> Account:
    return AccountFactory.create(household=household, currency="USD", opening_balance=0)


def rates_of(currency: str) -> dict[date, int]:
    return dict(ExchangeRate.objects.filter(currency=currency).values_list("on", "per_euro"))


def test_the_packaged_history_is_loaded_once_and_for_what_is_used(abroad: Account) -> None:
    assert rates_of("USD").keys() == {date(2026, 2, 20), date(2026, 2, 19), date(2022, 3, 1)}
    assert rates_of("USD")[date(2026, 2, 20)] == 1_250_000_000
    assert rates_of("GBP") == {}
    assert published_rates.load_history({"USD", "GBP", "EUR", "ARS"}) == {"GBP"}
    assert published_rates.load_history({"USD", "GBP", "EUR", "ARS"}) == set()


def test_an_account_in_the_base_currency_loads_nothing(household: Household) -> None:
    AccountFactory.create(household=household, currency=household.base_currency)
    assert not ExchangeRate.objects.exists()


def test_a_newer_package_fills_the_gap_without_any_service(abroad: Account) -> None:
    late = spend(abroad, -1000, FRIDAY)
    assert worked_out(late) == (None, "missing")
    with history(TWO_WEEKS.replace("2026-02-20,", "2026-03-05,1.6,0.8,,\n2026-02-20,")):
        assert rate_refresh.refresh_rates(now=NOW)
    assert worked_out(late) == (-625, "estimated")


def test_the_service_fills_every_gap_and_amounts_follow(abroad: Account, service: RateService) -> None:
    late, later = spend(abroad, -1000, FRIDAY), spend(abroad, -1000, FRIDAY + timedelta(days=1))
    assert worked_out(late) == worked_out(later) == (None, "missing")
    assert rate_refresh.refresh_rates(now=NOW)
    assert service.asked[1] == "/v1/2026-02-20..2026-03-06?base=EUR&symbols=USD"
    assert len(rates_of("USD")) == 3 + 10
    assert worked_out(late) == (-800, "dated")
    assert worked_out(later) == (-800, "estimated")
    with household_scope(abroad.household_id):
        total = MonthTotal.objects.get(account=abroad)
    assert (total.base_out, total.missing, total.estimated) == (-1600, 0, 1)
    service.worths["USD"] = "2"
    assert rate_refresh.refresh_rates(now=NOW)
    assert service.asked[-1] == "/v1/2026-03-06..2026-03-06?base=EUR&symbols=USD"
    assert worked_out(late) == (-800, "dated")


def test_what_was_estimated_becomes_dated_when_its_own_rate_comes(abroad: Account, service: RateService) -> None:
    early = spend(abroad, -1000, date(2026, 2, 23))
    assert worked_out(early) == (-800, "estimated")
    service.worths["USD"] = "2"
    rate_refresh.refresh_rates(now=NOW)
    assert worked_out(early) == (-500, "dated")


def test_only_currencies_in_use_are_asked_for_and_no_others_of_the_answer_are_kept(
    household: Household, abroad: Account, service: RateService
) -> None:
    service.faults = [
        say('{"USD": "", "GBP": ""}'),
        say('{"base": "EUR", "rates": {"2026-03-05": {"USD": 1.5, "GBP": 0.9}, "2031-01-01": {"USD": 9}}}'),
    ]
    rate_refresh.refresh_rates(now=NOW)
    assert rates_of("USD")[date(2026, 3, 5)] == 1_500_000_000
    assert date(2031, 1, 1) not in rates_of("USD")
    assert rates_of("GBP") == {}


def test_a_currency_without_a_packaged_history_begins_a_week_before_its_first_amount(
    household: Household, service: RateService
) -> None:
    yen = AccountFactory.create(household=household, currency="JPY", opening_balance=0)
    coffee = spend(yen, -341, date(2024, 11, 4))
    rate_refresh.refresh_rates(now=NOW)
    assert min(rates_of("JPY")) == date(2024, 10, 28)
    assert max(rates_of("JPY")) == FRIDAY
    assert worked_out(coffee) == (-200, "dated")
    years = [path for path in service.asked if "JPY" in path]
    assert len(years) == 2


def test_a_currency_that_the_service_does_not_know_is_not_asked_for(household: Household, service: RateService) -> None:
    AccountFactory.create(household=household, currency="RUB")
    assert rate_refresh.refresh_rates(now=NOW)
    assert [path for path in service.asked if "RUB" in path] == []


def test_with_one_currency_nobody_is_asked(household: Household, service: RateService) -> None:
    AccountFactory.create(household=household, currency=household.base_currency)
    assert rate_refresh.refresh_rates(now=NOW)
    assert service.asked == []


def test_with_no_address_nobody_is_asked(abroad: Account, service: RateService, settings: Any) -> None:
    settings.RATES_URL = ""
    assert rate_refresh.refresh_rates(now=NOW)
    assert service.asked == []
    assert not RateRefresh.objects.exists()


MALFORMED = [
    "",
    "{",
    "[]",
    "null",
    '"text"',
    "<html>Hello</html>",
    "[" * 100_000,
    '{"base": "EUR"}',
    '{"base": "USD", "rates": {}}',
    '{"base": "EUR", "rates": []}',
    '{"base": "EUR", "rates": {"yesterday": {"USD": 1.2}}}',
    '{"base": "EUR", "rates": {"2026-03-05": [1.2]}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": null}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": true}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": {}}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": -1.2}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": 0}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": NaN}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": Infinity}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": 1e400}}}',
    '{"base": "EUR", "rates": {"2026-03-05": {"USD": 1e99999999999}}}',
]


@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_answer_changes_nothing(abroad: Account, service: RateService, body: str) -> None:
    before = rates_of("USD")
    service.faults = [say('{"USD": ""}'), say(body)]
    assert not rate_refresh.refresh_rates(now=NOW)
    assert rates_of("USD") == before
    assert last_refresh().away_since == NOW


@pytest.mark.parametrize("body", ["[1]", "3", "{", '"USD"'])
def test_a_malformed_list_of_currencies_changes_nothing(abroad: Account, service: RateService, body: str) -> None:
    service.faults = [say(body)]
    assert not rate_refresh.refresh_rates(now=NOW)


def test_a_huge_answer_is_not_read_to_its_end(abroad: Account, service: RateService) -> None:
    service.faults = [say('{"USD": ""}'), say(" " * (frankfurter.LARGEST_ANSWER + 70_000) + "{}")]
    assert not rate_refresh.refresh_rates(now=NOW)
    assert len(service.asked) == 2


def test_a_refusal_is_not_asked_again(abroad: Account, service: RateService) -> None:
    service.faults = [say('{"message": "not found"}', 404)]
    assert not rate_refresh.refresh_rates(now=NOW)
    assert len(service.asked) == 1


@pytest.mark.parametrize("fault", [say("busy", 503), say("slow down", 429), hang, hang_up, drip])
def test_what_fails_twice_and_then_works_is_no_fault(
    abroad: Account, service: RateService, fault: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(frankfurter, "SILENCE_SECONDS", 0.1)
    monkeypatch.setattr(frankfurter, "ANSWER_SECONDS", 0.2)
    service.faults = [fault, fault]
    assert rate_refresh.refresh_rates(now=NOW)
    assert len(service.asked) == 4
    assert max(rates_of("USD")) == FRIDAY


def test_redirects_lead_nowhere_but_to_http(abroad: Account, service: RateService, tmp_path: Any) -> None:
    secret = tmp_path / "currencies"
    secret.write_text('{"USD": ""}')

    def lead_astray(handler: Any) -> None:
        handler.send_response(302)
        handler.send_header("Location", secret.as_uri())
        handler.end_headers()

    service.faults = [lead_astray]
    assert not rate_refresh.refresh_rates(now=NOW)


def test_a_service_that_is_away_is_logged_once_and_shown_until_it_is_back(
    abroad: Account, service: RateService, settings: Any, caplog: Any
) -> None:
    settings.RATES_URL = "http://127.0.0.1:9/v1"
    caplog.set_level(logging.WARNING)
    for hours in range(3):
        assert not rate_refresh.refresh_rates(now=NOW + timedelta(hours=hours))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert (last_refresh().away_since, last_refresh().answered_at) == (NOW, None)
    settings.RATES_URL = service.url
    back = NOW + timedelta(hours=3)
    assert rate_refresh.refresh_rates(now=back)
    assert (last_refresh().away_since, last_refresh().answered_at) == (None, back)


def test_one_household_after_the_other_gets_its_amounts(abroad: Account, service: RateService) -> None:
    other = HouseholdFactory.create(base_currency="USD")
    pounds = AccountFactory.create(household=other, currency="GBP", opening_balance=0)
    mine, theirs = spend(abroad, -1000, FRIDAY), spend(pounds, -1600, FRIDAY)
    versions = {each.pk: each.version for each in Household.objects.all()}
    rate_refresh.refresh_rates(now=NOW)
    assert worked_out(mine) == (-800, "dated")
    assert worked_out(theirs) == (-2500, "dated")
    assert all(each.version > versions[each.pk] for each in Household.objects.filter(pk__in=versions))


def test_the_chore_asks_once_a_day(abroad: Account, service: RateService) -> None:
    assert refresh_is_due(NOW)
    assert refresh_rates() is True
    asked = len(service.asked)
    assert refresh_rates() is False
    assert len(service.asked) == asked
    answered = last_refresh().answered_at
    assert answered is not None
    assert refresh_is_due(answered + timedelta(days=1))
    assert sum(refresh_is_due(answered + timedelta(hours=hours)) for hours in range(24)) >= 1


def test_while_nobody_answers_it_asks_again_each_hour(abroad: Account, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(frankfurter, "PAUSES", ())
    settings.RATES_URL = "http://127.0.0.1:9/v1"
    assert refresh_rates() is False
    assert refresh_is_due(NOW)


def test_the_first_use_of_a_currency_asks_for_its_newest_rates(
    household: Household, service: RateService, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        AccountFactory.create(household=household, currency="USD")
    with household_scope(household.pk):
        assert [job.state for job in Job.objects.all()] == [Job.State.DONE]
    assert len(rates_of("USD")) > 3
    with django_capture_on_commit_callbacks(execute=True):
        AccountFactory.create(household=household, currency="USD")
    with every_household("a test counts the jobs"):
        assert Job.objects.count() == 1


def test_rates_are_read_to_the_last_digit(service: RateService, abroad: Account) -> None:
    service.worths["USD"] = "1.123456789123"
    rate_refresh.refresh_rates(now=NOW)
    assert Fraction(rates_of("USD")[FRIDAY], 10**9) == Fraction(1123456789, 10**9)
