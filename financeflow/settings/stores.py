"""Where things are kept: databases and caches from their addresses, each with what it needs to behave under load."""

from __future__ import annotations

from typing import Any

import dj_database_url

from financeflow.settings import env

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """A database from its URL, with what each engine needs to behave under load."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**SQLITE_OPTIONS}
    else:
        pool = {"min_size": 0, "max_size": env.number("DATABASE_POOL", 8), "timeout": 5}
        config["OPTIONS"] = {"connect_timeout": 3, **config.get("OPTIONS", {}), "pool": pool}
        config["CONN_MAX_AGE"] = 0
    return config


# Pieces of pages that hang on nothing but words in their key: kept by each process, and worthless to others.
FRAGMENTS = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "fragments",
    "TIMEOUT": None,
    "OPTIONS": {"MAX_ENTRIES": 2000},
}


def caches(url: str) -> dict[str, Any]:
    """Redis where it is named, else memory of this process; a lost Redis is a slow cache, never an error."""
    if not url:
        memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "financeflow"}
        return {"default": memory, "fragments": FRAGMENTS}
    options = {
        "CLIENT_CLASS": "django_redis.client.DefaultClient",
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": 1,
        "SOCKET_TIMEOUT": 1,
    }
    return {
        "default": {
            "BACKEND": "financeflow.web.cache.PatientRedisCache",
            "LOCATION": url,
            "OPTIONS": options,
            "KEY_PREFIX": "ff",
        },
        "fragments": FRAGMENTS,
    }
