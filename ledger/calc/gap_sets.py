"""Which few of many numbers add up to a sum: by looking up what is missing, never by trying all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import comb
from typing import Final, NamedTuple

# More sets than this of one size say nothing: then almost any sum can be made.
MOST_SETS: Final = 3


class Number(NamedTuple):
    key: int
    amount: int


class Steps:
    """So many steps, and no more."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, count: int = 1) -> bool:
        """Take steps; false when there are not so many left, and then there are none."""
        self.left -= count
        if self.left < 0:
            self.left = 0
            return False
        return True


def sets_of(numbers: Sequence[Number], total: int, size: int, steps: Steps) -> list[tuple[int, ...]]:
    """Sets of two, three or four of the first of these numbers that add up to the total; none where chance makes many.

    As many numbers are looked at as there are steps for, and as leave it unlikely that a set adds up by accident.
    """
    some = numbers[: _how_many(numbers, size, steps)]
    found: list[tuple[int, ...]] = []
    for keys in _SEARCH[size](some, total, steps):
        if keys not in found:
            found.append(keys)
        if len(found) > MOST_SETS:
            return []
    return found


def _how_many(numbers: Sequence[Number], size: int, steps: Steps) -> int:
    """Sets of this size among the first n numbers: n such that they are fewer than the sums they can come to."""
    spread = 2 * size * max((abs(number.amount) for number in numbers), default=0)
    count = len(numbers)
    while count >= size and (comb(count, size) > spread or _cost(count, size) > steps.left):
        count -= 1 + count // 16
    return max(0, count)


def _cost(count: int, size: int) -> int:
    return count if size == 2 else comb(count, 2) * (1 if size == 3 else 2)


def _pairs(numbers: Sequence[Number], total: int, steps: Steps) -> Iterator[tuple[int, ...]]:
    seen: dict[int, list[int]] = defaultdict(list)
    for key, amount in numbers:
        if not steps.take():
            return
        for other in seen.get(total - amount, ())[:MOST_SETS]:
            yield _ordered(key, other)
        seen[amount].append(key)


def _triples(numbers: Sequence[Number], total: int, steps: Steps) -> Iterator[tuple[int, ...]]:
    """Each two, and a third that stands before both."""
    seen: dict[int, list[int]] = defaultdict(list)
    for place, (key, amount) in enumerate(numbers):
        for other, more in numbers[place + 1 :]:
            if not steps.take():
                return
            for third in seen.get(total - amount - more, ())[:MOST_SETS]:
                yield _ordered(key, other, third)
        seen[amount].append(key)


def _quadruples(numbers: Sequence[Number], total: int, steps: Steps) -> Iterator[tuple[int, ...]]:
    """Each two, and two that both stand before the first of them: met in the middle."""
    seen: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, (key, amount) in enumerate(numbers):
        for other, more in numbers[place + 1 :]:
            if not steps.take():
                return
            for pair in seen.get(total - amount - more, ())[:MOST_SETS]:
                yield _ordered(key, other, *pair)
        for earlier, less in numbers[:place]:
            if not steps.take():
                return
            seen[amount + less].append((key, earlier))


def _ordered(*keys: int) -> tuple[int, ...]:
    return tuple(sorted(keys))


_SEARCH: Final = {2: _pairs, 3: _triples, 4: _quadruples}
