"""How often what was asked for was kept already can be read: in the admin and in the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from structlog.testing import capture_logs

from financeflow.events import hit_rates
from financeflow.events.remembering import remember
from financeflow.events.tasks import log_hit_rates
from financeflow.testing import HouseholdFactory, UserFactory, logged_in


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    cache.clear()
    hit_rates._tally.taken()
    yield
    cache.clear()


def ask(household: Any, name: str, times: int) -> None:
    for _ in range(times):
        remember(name, household_id=household.pk, build=lambda: 1)


@pytest.mark.django_db(transaction=True)
def test_hits_and_misses_are_counted_by_name() -> None:
    household = HouseholdFactory.create()
    ask(household, "tea", 4)
    ask(household, "milk", 1)
    found = {rate.name: rate for rate in hit_rates.hit_rates()}
    assert (found["tea"].hits, found["tea"].misses, found["tea"].percent) == (3, 1, 75.0)
    assert (found["milk"].hits, found["milk"].misses, found["milk"].percent) == (0, 1, 0.0)


@pytest.mark.django_db(transaction=True)
def test_counts_of_several_processes_add_up() -> None:
    household = HouseholdFactory.create()
    ask(household, "tea", 2)
    hit_rates.hand_over()
    ask(household, "tea", 2)
    (rate,) = [rate for rate in hit_rates.hit_rates() if rate.name == "tea"]
    assert rate.asked == 4


@pytest.mark.django_db(transaction=True)
def test_they_go_to_the_cache_together(monkeypatch: pytest.MonkeyPatch) -> None:
    household = HouseholdFactory.create()
    handed: list[bool] = []
    monkeypatch.setattr(hit_rates, "hand_over", lambda: handed.append(True))
    ask(household, "tea", 50)
    assert handed == []
    monkeypatch.setattr(hit_rates, "SECONDS_BETWEEN", 0)
    ask(household, "tea", 1)
    assert handed == [True]


@pytest.mark.django_db(transaction=True)
def test_support_staff_and_the_log_are_told() -> None:
    ask(HouseholdFactory.create(), "tea", 4)
    staff = logged_in(UserFactory.create(is_staff=True, is_superuser=True))
    page = staff.get("/admin/").text
    assert "75.0 %" in page
    with capture_logs() as lines:
        log_hit_rates()
    assert {"event": "hit rate", "name": "tea", "hits": 3, "misses": 1, "percent": 75.0, "log_level": "info"} in lines
