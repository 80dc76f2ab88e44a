"""What one household taught: found again by the very same name, and by names that are nearly the same."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from insights.calc.asking import Asked, Ref, Taught
from insights.calc.wording import stands_alone, words_in

# So many of the latest lessons of one name, and of one way that money went, are heard.
MOST_OF_A_NAME: Final = 20
# A lesson counts for so much of the one that was said after it: the last word beats all before it together.
FADING: Final = 0.4
# The same amount to the cent tells subscriptions from purchases.
SAME_AMOUNT: Final = 4.0
SAME_ACCOUNT: Final = 1.2
SAME_DAY: Final = 1.1
# Names with less in common are strangers.
LEAST_ALIKE: Final = 0.55
MOST_NEIGHBOURS: Final = 200
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Vote:
    """What the lessons of one name come to for one category."""

    ref: Ref
    share: float
    # How many of the latest say so without a break, and how many of all that are heard.
    run: int
    times: int
    of: int
    # Where nothing is known but of money that went the other way: that tells little.
    is_other_way: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name that is nearly the one asked for: how much so (from 0 to 1), and what its lessons come to."""

    name: str
    alike: float
    vote: Vote
    # When something was last said of it.
    at: float


# When it was said, and as the how-manieth: what was said at the same moment counts in the order it was taught in.
Spoken = tuple[float, int, Taught]


class Memory:
    """Lessons by line and by name; a line that is said anew is one lesson, the new one."""

    def __init__(self, weigh: Weigh) -> None:
        self.weigh = weigh
        self._of_line: dict[Hashable, Spoken] = {}
        # Of each name, by which way the money went; the latest last.
        self._of_name: dict[str, dict[int, list[Spoken]]] = {}
        self._names_with: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, tuple[str, ...]] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._of_line)

    @property
    def names(self) -> Collection[str]:
        return self._words.keys()

    def teach(self, lessons: Iterable[Taught]) -> set[str]:
        """The names of which something else is known now."""
        touched = set()
        for each in lessons:
            touched |= self._take_out(each.line)
            self._count += 1
            said = self._of_line[each.line] = (each.at, self._count, each)
            if each.asked.key not in self._of_name:
                self._know(each.asked.key)
            insort(self._of_name[each.asked.key].setdefault(way_of(each.asked), []), said)
            touched.add(each.asked.key)
        return touched

    def forget(self, lines: Iterable[Hashable]) -> set[str]:
        """The names of which something less is known now."""
        touched: set[str] = set()
        for line in lines:
            touched |= self._take_out(line)
        return touched

    def latest(self, name: str) -> Taught | None:
        """What was said of it last."""
        return next(_latest_first(self._of_name.get(name, {}).values()), None)

    def votes(self, asked: Asked) -> list[Vote]:
        """What was said of the very same name, the likeliest first."""
        return self._counted(asked, asked.key) if asked.key else []

    def neighbours(self, asked: Asked) -> list[Neighbour]:
        """Names with the same rare words, the most alike first, then the latest; never the very same name."""
        if not self._words:
            return []
        words = [word for word in words_in(asked.key or asked.words) if stands_alone(word)]
        weights = {word: self.weigh(word) for word in words}
        found = []
        for name in self._sharing(weights) - {asked.key}:
            alike = self._alike(weights, name)
            if alike >= LEAST_ALIKE and (votes := self._counted(asked, name)):
                latest = self.latest(name)
                found.append(Neighbour(name, alike, votes[0], latest.at if latest else 0.0))
        return sorted(found, key=lambda each: (-each.alike, -each.at, -each.vote.times, each.name))

    def _sharing(self, weights: Mapping[str, float]) -> set[str]:
        """Names with at least one of the words in them; a word that stands in very many says nothing."""
        found: set[str] = set()
        for word in sorted(weights, key=lambda word: -weights[word]):
            names = self._names_with.get(word, ())
            if len(names) <= MOST_NEIGHBOURS and len(found) <= MOST_NEIGHBOURS:
                found |= set(names)
        return found

    def _alike(self, weights: Mapping[str, float], name: str) -> float:
        """The weight of the words in both, as a part of what the shorter of the two weighs."""
        other = self._words[name]
        both = sum(weights[word] for word in other if word in weights)
        least = min(sum(weights.values()), sum(self.weigh(word) for word in other))
        return min(1.0, both / least) if least else 0.0

    def _counted(self, asked: Asked, name: str) -> list[Vote]:
        """Money in tells little about money out: where something went the same way, only that counts."""
        ways = self._of_name.get(name, {})
        way = way_of(asked)
        same = [lessons for each, lessons in ways.items() if not (each and way) or each == way]
        heard = list(islice(_latest_first(same), MOST_OF_A_NAME))
        is_other_way = not heard
        if is_other_way:
            heard = list(islice(_latest_first([ways.get(-way, [])]), MOST_OF_A_NAME))
        return _weighed(asked, heard, is_other_way=is_other_way)

    def _take_out(self, line: Hashable) -> set[str]:
        """The name whose lesson that line was; a name of which nothing is said is none."""
        said = self._of_line.pop(line, None)
        if said is None:
            return set()
        name, way = said[2].asked.key, way_of(said[2].asked)
        ways = self._of_name[name]
        del ways[way][bisect_left(ways[way], said[:2])]
        if not ways[way]:
            del ways[way]
        if not ways:
            self._unknow(name)
        return {name}

    def _know(self, name: str) -> None:
        self._of_name[name] = {}
        self._words[name] = tuple(word for word in words_in(name) if stands_alone(word))
        for word in self._words[name]:
            self._names_with[word].add(name)

    def _unknow(self, name: str) -> None:
        del self._of_name[name]
        for word in self._words.pop(name):
            self._names_with[word].discard(name)
            if not self._names_with[word]:
                del self._names_with[word]


def way_of(asked: Asked) -> int:
    """1 for money in, -1 for money out, 0 where nobody knows."""
    return (asked.amount > 0) - (asked.amount < 0)


def _latest_first(heaps: Iterable[Sequence[Spoken]]) -> Iterator[Taught]:
    every = heapq.merge(*(reversed(heap) for heap in heaps), key=lambda said: said[:2], reverse=True)
    return (said[2] for said in every)


def _weighed(asked: Asked, lessons: Sequence[Taught], *, is_other_way: bool) -> list[Vote]:
    """What these lessons, the latest first, come to."""
    if not lessons:
        return []
    weights: dict[Ref, float] = defaultdict(float)
    is_habit = _is_habit(asked, lessons)
    for place, each in enumerate(lessons):
        weights[each.ref] += FADING**place * _nearness(asked, each.asked, is_habit=is_habit)
    times = Counter(each.ref for each in lessons)
    whole = sum(weights.values())
    votes = [
        Vote(ref, weight / whole, _run(lessons, ref), times[ref], len(lessons), is_other_way)
        for ref, weight in weights.items()
    ]
    return sorted(votes, key=lambda each: -each.share)


def _is_habit(asked: Asked, lessons: Sequence[Taught]) -> bool:
    """Whether this very amount was filed alike each time, and more than once."""
    same = [each.ref for each in lessons if asked.amount and _is_same_amount(asked, each.asked)]
    return len(same) > 1 and len(set(same)) == 1


def _is_same_amount(one: Asked, two: Asked) -> bool:
    return one.amount == two.amount and one.currency == two.currency


def _nearness(asked: Asked, other: Asked, *, is_habit: bool) -> float:
    found = SAME_AMOUNT if is_habit and _is_same_amount(asked, other) else 1.0
    if asked.account is not None and asked.account == other.account:
        found *= SAME_ACCOUNT
    if asked.day and asked.day == other.day:
        found *= SAME_DAY
    return found


def _run(lessons: Sequence[Taught], ref: Ref) -> int:
    """How many of the latest agree without a break; those before the first that does are of another habit."""
    found = 0
    for each in lessons:
        if each.ref == ref:
            found += 1
        elif found:
            break
    return found
