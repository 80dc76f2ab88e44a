"""The cache that cannot be stale: its keys hold the household and the household's version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction

from financeflow import VERSION
from financeflow.events import hit_rates

T = TypeVar("T")
DAY = 60 * 60 * 24
_MISSING = object()


def remember(
    name: str,
    *,
    household_id: int,
    build: Callable[[], T],
    version: int | None = None,
    seconds: int = DAY,
    **params: Any,
) -> T:
    """What `build` gives, kept until the household next changes, or for so many seconds; `params` tell apart what is
    kept under one name.

    Inside a transaction nothing is kept: it may be rolled back, and its version given to another change.
    """
    if transaction.get_connection().in_atomic_block:
        return build()
    if version is None:
        version = _version_of(household_id)
    key = _key(name, household_id, version, params)
    kept = cache.get(key, _MISSING)
    hit_rates.note(name, hit=kept is not _MISSING)
    if kept is not _MISSING:
        return cast(T, kept)
    built = build()
    cache.set(key, built, seconds)
    return built


def _version_of(household_id: int) -> int:
    """Asked several times with every page, so in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM households_household WHERE id = %s", [household_id])
        row: tuple[int] | None = cursor.fetchone()
    if row is None:
        raise apps.get_model("households", "Household").DoesNotExist
    return row[0]


def recalled(name: str, *, household_id: int, version: int, **params: Any) -> Any:
    """What is kept under a name already, and None where that would have to be built first."""
    if transaction.get_connection().in_atomic_block:
        return None
    return cache.get(_key(name, household_id, version, params))


def keep(name: str, value: Any, *, household_id: int, version: int, seconds: int = DAY, **params: Any) -> None:
    """Note what was worked out besides, for whoever recalls it; within a transaction nothing is."""
    if not transaction.get_connection().in_atomic_block:
        cache.set(_key(name, household_id, version, params), value, seconds)


def _key(name: str, household_id: int, version: int, params: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(params, sort_keys=True, default=str).encode()).hexdigest()[:20]
    return f"{name}:{household_id}:{version}:{digest}:{VERSION}"
