"""How often what was asked for was kept already: counted by name in this process, added up in the cache."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

# Counts go to the cache together, at most this often: a page asks for several numbers, and each would cost a way.
SECONDS_BETWEEN: Final = 10
KEPT_SECONDS: Final = 60 * 60 * 24 * 7
_NAMES: Final = "hit_rates:names"


@dataclass(frozen=True)
class HitRate:
    """How often something was found and not found, by the name it is kept under."""

    name: str
    hits: int
    misses: int

    @property
    def asked(self) -> int:
        return self.hits + self.misses

    @property
    def percent(self) -> float:
        return 100 * self.hits / self.asked if self.asked else 0.0


class _Tally:
    """What this process counted and did not hand over yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counter[tuple[str, str]] = Counter()
        self.handed_over = time.monotonic()

    def add(self, name: str, kind: str) -> bool:
        """Count one; true where it is time to hand over."""
        with self.lock:
            self.counts[name, kind] += 1
            return time.monotonic() - self.handed_over >= SECONDS_BETWEEN

    def taken(self) -> Counter[tuple[str, str]]:
        with self.lock:
            counts, self.counts = self.counts, Counter()
            self.handed_over = time.monotonic()
        return counts


_tally = _Tally()


def note(name: str, *, hit: bool) -> None:
    if _tally.add(name, "hits" if hit else "misses"):
        hand_over()


def hand_over() -> None:
    """Add what this process counted to what all of them did."""
    counts = _tally.taken()
    for (name, kind), count in counts.items():
        key = f"hit_rates:{kind}:{name}"
        cache.add(key, 0, KEPT_SECONDS)
        try:
            cache.incr(key, count)
        except ValueError:
            # It was thrown out between the two: a cache may forget, and these counts are worth no more than that.
            cache.set(key, count, KEPT_SECONDS)
    names = {name for name, _kind in counts}
    known = set(cache.get(_NAMES) or ())
    if names - known:
        cache.set(_NAMES, sorted(names | known), KEPT_SECONDS)


def hit_rates() -> list[HitRate]:
    """Of all processes, since the cache began to count."""
    hand_over()
    names = cache.get(_NAMES) or []
    counts = cache.get_many([f"hit_rates:{kind}:{name}" for name in names for kind in ("hits", "misses")])
    return [
        HitRate(name, counts.get(f"hit_rates:hits:{name}", 0), counts.get(f"hit_rates:misses:{name}", 0))
        for name in names
    ]
