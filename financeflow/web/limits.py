"""How often somebody may try something: counted in the cache, by the clock's own windows."""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache


def seconds_to_wait(what: str, who: str, *, limit: int, per: int) -> int:
    """Count one try; 0 when it may go on, else the seconds until it may again.

    Where the cache is away nothing is counted and nobody is kept out.
    """
    window, passed = divmod(int(time.time()), per)
    name = hashlib.sha256(who.encode()).hexdigest()[:24]
    key = f"limit:{what}:{name}:{window}"
    cache.add(key, 0, per)
    try:
        tries = cache.incr(key)
    except ValueError:
        return 0
    return per - passed if tries is not None and tries > limit else 0
