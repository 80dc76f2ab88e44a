"""Tries are counted by name, by person and by time; a lost cache keeps nobody out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.cache import cache

from financeflow.web.limits import seconds_to_wait

NOON = datetime(2026, 11, 20, 12, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def tries(number: int, who: str = "me") -> list[int]:
    return [seconds_to_wait("door", who, limit=2, per=3600) for _ in range(number)]


def test_the_third_try_of_two_waits_until_the_hour_is_over() -> None:
    with time_machine.travel(NOON, tick=False):
        assert tries(4) == [0, 0, 3000, 3000]
    with time_machine.travel(NOON + timedelta(minutes=50), tick=False):
        assert tries(1) == [0]


def test_others_are_counted_by_themselves() -> None:
    tries(3)
    assert tries(1, "you") == [0]
    assert seconds_to_wait("window", "me", limit=2, per=3600) == 0


@pytest.mark.parametrize("lost", [{"side_effect": ValueError}, {"return_value": None}])
def test_a_lost_cache_keeps_nobody_out(lost: dict[str, Any]) -> None:
    with mock.patch.object(type(cache), "incr", create=True, **lost):
        assert tries(5) == [0] * 5
