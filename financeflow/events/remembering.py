"""The cache that cannot be stale: its keys hold the household and the household's version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from financeflow import VERSION

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
        households = apps.get_model("households", "Household")
        version = households.objects.values_list("version", flat=True).get(pk=household_id)
    digest = hashlib.sha256(json.dumps(params, sort_keys=True, default=str).encode()).hexdigest()[:20]
    key = f"{name}:{household_id}:{version}:{digest}:{VERSION}"
    kept = cache.get(key, _MISSING)
    if kept is not _MISSING:
        return cast(T, kept)
    built = build()
    cache.set(key, built, seconds)
    return built
