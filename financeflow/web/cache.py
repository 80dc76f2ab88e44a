"""Redis as the cache, and what is counted at the door while it is away."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted

# Tries to log in, and codes that were used: without a count of them the door would be open, or shut, to everybody.
AT_THE_DOOR = "allauth"
ASK_AGAIN_SECONDS = 5


class PatientRedisCache(RedisCache[Any]):
    """While Redis is away the door counts in the memory of this process; everything else goes without a cache."""

    away_until: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._nearby = LocMemCache("door", {})

    def add(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", key, *args, **kwargs)

    def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", key, *args, **kwargs)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", key, *args, **kwargs)

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", key, *args, **kwargs)

    def _ask(self, verb: str, key: Any, *args: Any, **kwargs: Any) -> Any:
        if not str(key).startswith(AT_THE_DOOR):
            return getattr(super(), verb)(key, *args, **kwargs)
        if time.monotonic() >= PatientRedisCache.away_until:
            try:
                return getattr(self.client, verb)(key, *args, **kwargs)
            except ConnectionInterrupted:
                PatientRedisCache.away_until = time.monotonic() + ASK_AGAIN_SECONDS
        return getattr(self._nearby, verb)(key, *args, **kwargs)
