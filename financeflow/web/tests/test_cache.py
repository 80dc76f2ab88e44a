"""While Redis is away people still get in, and still not by guessing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from pytest_django import Settings

from financeflow.settings.stores import caches
from financeflow.testing import PASSWORD, HouseholdFactory, owner_of
from financeflow.web.cache import PatientRedisCache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_redis(settings: Settings) -> Iterator[None]:
    settings.CACHES = caches("redis://127.0.0.1:1/0")
    settings.DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = False
    LocMemCache("door", {}).clear()
    yield
    PatientRedisCache.away_until = 0.0


def test_one_gets_in_while_redis_is_away(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create())

    answer = client.post("/auth/login/", {"login": owner.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/dashboard/"
    assert client.get("/settings/security/").status_code == 200


def test_guessing_is_counted_while_redis_is_away(client: Client) -> None:
    form = {"login": "somebody@example.org", "password": "guess"}

    assert [client.post("/auth/login/", form).status_code for _ in range(6)] == [200] * 5 + [429]


def test_only_the_door_counts_nearby() -> None:
    cache.set("allauth:x", 1, 60)
    cache.set("month:x", 1, 60)

    assert (cache.get("allauth:x"), cache.get("month:x")) == (1, None)
    assert cache.delete("allauth:x")
