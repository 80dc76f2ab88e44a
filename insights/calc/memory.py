"""What one household taught: found again by the very same name, and by names that are nearly the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from insights.calc.asking import Asked, Ref, Taught
from insights.calc.wording import stands_alone, words_in

# So many of the latest lessons of one name are remembered.
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
    # How many of the latest say so without a break, and how many of all that are remembered.
    run: int
    times: int
    of: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name that is nearly the one asked for: how much so (from 0 to 1), and what its lessons come to."""

    name: str
    alike: float
    vote: Vote


class Memory:
    """Lessons by line and by name; a line that is said anew is one lesson, the new one."""

    def __init__(self, weigh: Weigh) -> None:
        self.weigh = weigh
        self._of_line: dict[Hashable, Taught] = {}
        self._of_name: dict[str, list[Taught]] = defaultdict(list)
        self._names_with: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._of_line)

    @property
    def names(self) -> Collection[str]:
        return self._words.keys()

    def teach(self, lessons: Iterable[Taught]) -> None:
        touched = set()
        for each in lessons:
            self._take_out(each.line)
            self._of_line[each.line] = each
            self._of_name[each.asked.key].append(each)
            touched.add(each.asked.key)
        for name in touched:
            self._settle(name)

    def forget(self, lines: Iterable[Hashable]) -> None:
        for name in {name for line in lines if (name := self._take_out(line)) is not None}:
            self._settle(name)

    def name_of(self, line: Hashable) -> str | None:
        return self._of_line[line].asked.key if line in self._of_line else None

    def lessons_of(self, name: str, hidden: Collection[int] = ()) -> list[Taught]:
        """Latest first; without those that stand where one may not look."""
        found = self._of_name.get(name, [])
        return [each for each in found if each.asked.account not in hidden] if hidden else found

    def votes(self, asked: Asked, hidden: Collection[int] = ()) -> list[Vote]:
        """What was said of the very same name, the likeliest first."""
        return _counted(asked, self.lessons_of(asked.key, hidden)) if asked.key else []

    def neighbours(self, asked: Asked, hidden: Collection[int] = ()) -> list[Neighbour]:
        """What was said of names with the same rare words, the most alike first; never the very same name."""
        words = [word for word in words_in(asked.key or asked.words) if stands_alone(word)]
        weights = {word: self.weigh(word) for word in words}
        found = []
        for name in self._sharing(weights):
            alike = self._alike(weights, name)
            if alike >= LEAST_ALIKE and (votes := _counted(asked, self.lessons_of(name, hidden))):
                found.append(Neighbour(name, alike, votes[0]))
        return sorted(found, key=lambda each: (-each.alike, -each.vote.times, each.name))

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
        return both / least if least else 0.0

    def _take_out(self, line: Hashable) -> str | None:
        """The name whose lesson that line was."""
        before = self._of_line.pop(line, None)
        if before is None:
            return None
        self._of_name[before.asked.key].remove(before)
        return before.asked.key

    def _settle(self, name: str) -> None:
        """The latest lessons of a name in order; a name of which nothing was said is none."""
        lessons = sorted(self._of_name[name], key=lambda each: each.at, reverse=True)
        for each in lessons[MOST_OF_A_NAME:]:
            del self._of_line[each.line]
        if lessons:
            self._of_name[name] = lessons[:MOST_OF_A_NAME]
            if name not in self._words:
                self._know(name)
            return
        del self._of_name[name]
        for word in self._words.pop(name, ()):
            self._names_with[word].discard(name)

    def _know(self, name: str) -> None:
        self._words[name] = tuple(word for word in words_in(name) if stands_alone(word))
        for word in self._words[name]:
            self._names_with[word].add(name)


def _counted(asked: Asked, lessons: Sequence[Taught]) -> list[Vote]:
    """Money in tells little about money out: where something went the same way, only that counts."""
    if asked.amount:
        lessons = [each for each in lessons if each.asked.amount * asked.amount > 0] or lessons
    if not lessons:
        return []
    weights: dict[Ref, float] = defaultdict(float)
    is_habit = _is_habit(asked, lessons)
    for place, each in enumerate(lessons):
        weights[each.ref] += FADING**place * _nearness(asked, each.asked, is_habit=is_habit)
    times = Counter(each.ref for each in lessons)
    whole = sum(weights.values())
    votes = [Vote(ref, weight / whole, _run(lessons, ref), times[ref], len(lessons)) for ref, weight in weights.items()]
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
