"""How a household corrects the shared model: under what it files the names that all take for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from insights.calc.asking import Ref

# So many names filed as the shared model says weigh as much as what a household corrects.
TRUST: Final = 2.0


class Corrections:
    """Of each name the shared model's key with what it is filed under, and how often each is, by key."""

    def __init__(self, defaults: Mapping[str, Ref]) -> None:
        self._defaults = defaults
        self._names: dict[str, tuple[str, Ref]] = {}
        # As they were worked out last, until something of the key changes.
        self._shares: dict[str, dict[Ref, float]] = {}
        self._filed: dict[str, dict[Ref, int]] = defaultdict(lambda: defaultdict(int))

    @property
    def names(self) -> Mapping[str, tuple[str, Ref]]:
        return self._names

    def file(self, name: str, key: str, ref: Ref) -> None:
        """A name counts once, under what it was filed last."""
        self.drop(name)
        self._shares.pop(key, None)
        self._names[name] = (key, ref)
        self._filed[key][ref] += 1

    def drop(self, name: str) -> None:
        before = self._names.pop(name, None)
        if before is None:
            return
        key, ref = before
        self._shares.pop(key, None)
        self._filed[key][ref] -= 1
        if not self._filed[key][ref]:
            del self._filed[key][ref]
        if not self._filed[key]:
            del self._filed[key]

    def shares(self, key: str) -> dict[Ref, float]:
        """Where the household files what the shared model takes for a key."""
        if (known := self._shares.get(key)) is not None:
            return known
        counts, default = self._filed.get(key), self._defaults.get(key)
        if not counts:
            return {} if default is None else {default: 1.0}
        whole = sum(counts.values()) + TRUST
        shares = {ref: count / whole for ref, count in counts.items()}
        if default is not None:
            shares[default] = shares.get(default, 0.0) + TRUST / whole
        self._shares[key] = shares
        return shares
