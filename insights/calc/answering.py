"""What something probably was: by what the household said of the same, of the like, and by what all say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from insights.calc.asking import Answer, Asked, Because, Cause, Guess, Looks, Ref, Taught
from insights.calc.memory import Memory, Neighbour, Vote
from insights.calc.shared import TRANSFER, Rated, SharedModel
from insights.calc.wording import features_of_word

# How often one was right who said the same so many times running, and with nothing said against it.
SURE_OF_RUN: Final = (0.90, 0.95, 0.97, 0.98, 0.985)
# Of a name that is nearly the same it is believed so far.
SURE_OF_LIKE: Final = 0.9
# Surer than that nobody else is asked.
SURE_ENOUGH: Final = 0.93
# Money that comes in is a refund of a shop so much more rarely than what it says.
REFUND: Final = 0.2
# So many names filed as the shared model says weigh as much as what a household corrects.
TRUST: Final = 2.0
FEE: Final = "fees-interest"
MOST_GUESSES: Final = 3
LEAST: Final = 0.01


class Answering:
    """Asks memory first, and the shared model corrected by what memory holds.

    `defaults` are the categories that the shared model's keys stand for, where the household still has them; `income`
    are all its categories for money in.
    """

    def __init__(
        self, model: SharedModel, defaults: Mapping[str, Ref], *, income: Collection[Ref], income_keys: Collection[str]
    ) -> None:
        self.model, self.defaults, self.income = model, dict(defaults), frozenset(income)
        self.memory = Memory(self._rarity)
        self._income_places = [model.places[key] for key in income_keys]
        self._spending_places = [
            place for key, place in model.places.items() if key not in income_keys and key != TRANSFER
        ]
        self._rarities: dict[str, float] = {}
        # The shared model's key of each name with what it is filed under, and how often each is, by key.
        self._key_of: dict[str, tuple[str, Ref]] = {}
        self._filed: dict[str, dict[Ref, int]] = defaultdict(lambda: defaultdict(int))

    def teach(self, lessons: Sequence[Taught]) -> None:
        self.memory.teach(lessons)
        self._correct({each.asked.key for each in lessons})

    def forget(self, lines: Sequence[Hashable]) -> None:
        names = {name for line in lines if (name := self.memory.name_of(line)) is not None}
        self.memory.forget(lines)
        self._correct(names)

    def answer(self, asked: Sequence[Asked], *, hidden: Collection[int] = ()) -> list[Answer]:
        votes = [self.memory.votes(each, hidden) for each in asked]
        open_ = [place for place, said in enumerate(votes) if not said or sureness(said[0]) < SURE_ENOUGH]
        rated = dict(zip(open_, self.model.rate([asked[place].words for place in open_]), strict=True))
        both = enumerate(zip(asked, votes, strict=True))
        return [self._answer(each, said, rated.get(place), hidden) for place, (each, said) in both]

    def _answer(self, asked: Asked, votes: Sequence[Vote], rated: Rated | None, hidden: Collection[int]) -> Answer:
        found = [_exact(asked, vote) for vote in votes]
        looks = self._looks(asked, rated, found[0].ref if found else None)
        if rated is not None:
            shared = [] if looks == Looks.TRANSFER and not found else self._shared(asked, rated)
            alike = [] if found else [self._like(each) for each in self.memory.neighbours(asked, hidden)[:MOST_GUESSES]]
            found = blended(found, alike, shared)
        if looks == Looks.SPENDING and found and found[0].ref in self.income:
            looks = Looks.INCOME
        return Answer(guesses=tuple(found[:MOST_GUESSES]), looks=looks)

    def _looks(self, asked: Asked, rated: Rated | None, filed: Ref | None) -> Looks:
        """By its words where nothing was said of it; by its sign and what it is filed under else."""
        top = self.model.keys[int(self._signed(asked, rated).argmax())] if rated is not None else ""
        if top == TRANSFER and filed is None:
            return Looks.TRANSFER
        if (filed is not None and filed == self.defaults.get(FEE)) or (filed is None and top == FEE):
            return Looks.FEE
        is_income = filed in self.income if filed is not None else self._is_income(top)
        if asked.amount > 0:
            return Looks.INCOME if is_income or not (filed or top) else Looks.REFUND
        return Looks.INCOME if is_income and not asked.amount else Looks.SPENDING

    def _is_income(self, key: str) -> bool:
        return key in self.model.places and self.model.places[key] in self._income_places

    def _signed(self, asked: Asked, rated: Rated) -> Any:
        """How likely each class is where one knows which way the money goes."""
        chances = rated.chances
        if not asked.amount:
            return chances
        chances = chances.copy()
        if asked.amount < 0:
            chances[self._income_places] = 0
        else:
            chances[self._spending_places] *= REFUND
        whole = float(chances.sum())
        # What is ruled out makes the rest likelier, but tells nobody what the words mean.
        return chances / whole * max(float(rated.chances.max()), min(whole * 2, 1.0)) if whole > LEAST else chances

    def _shared(self, asked: Asked, rated: Rated) -> list[Guess]:
        """The household's own categories, as likely as the shared model and the household's corrections make them."""
        chances = self._signed(asked, rated)
        likely: dict[Ref, float] = defaultdict(float)
        leading: dict[Ref, tuple[float, str]] = {}
        for place in chances.argsort()[::-1][: MOST_GUESSES * 2]:
            key, chance = self.model.keys[int(place)], float(chances[place])
            for ref, share in self._corrected(key).items():
                likely[ref] += chance * share
                leading[ref] = max(leading.get(ref, (0.0, "")), (chance * share, key))
        found = [self._by_words(ref, each, leading[ref][1], rated) for ref, each in likely.items() if each > LEAST]
        return sorted(found, key=lambda each: -each.confidence)

    def _by_words(self, ref: Ref, chance: float, key: str, rated: Rated) -> Guess:
        cause = Cause.SHARED if ref == self.defaults.get(key) else Cause.CORRECTED
        because = Because(cause=cause, words=self.model.telling(rated.words, key))
        return Guess(ref=ref, confidence=chance, because=because)

    def _corrected(self, key: str) -> dict[Ref, float]:
        """Where the household files what the shared model takes for a key."""
        counts, default = self._filed.get(key, {}), self.defaults.get(key)
        whole = sum(counts.values()) + TRUST
        shares = {ref: count / whole for ref, count in counts.items()}
        if default is not None:
            shares[default] = shares.get(default, 0.0) + TRUST / whole
        return shares

    def _correct(self, names: Iterable[str]) -> None:
        """Count each name once, under what it was filed last."""
        fresh = []
        for name in names:
            if before := self._key_of.pop(name, None):
                self._filed[before[0]][before[1]] -= 1
                if not self._filed[before[0]][before[1]]:
                    del self._filed[before[0]][before[1]]
            if lessons := self.memory.lessons_of(name):
                fresh.append((name, lessons[0]))
        rated = self.model.rate([lesson.asked.words for _name, lesson in fresh])
        for (name, lesson), said in zip(fresh, rated, strict=True):
            key = self.model.keys[int(self._signed(lesson.asked, said).argmax())]
            self._key_of[name] = (key, lesson.ref)
            self._filed[key][lesson.ref] += 1

    def _like(self, each: Neighbour) -> Guess:
        because = Because(cause=Cause.SIMILAR, name=each.name, times=each.vote.times, of=each.vote.of)
        return Guess(ref=each.vote.ref, confidence=SURE_OF_LIKE * each.alike * sureness(each.vote), because=because)

    def _rarity(self, word: str) -> float:
        """How much it says that two names share the word: what stands in many lines of many banks says little."""
        known = self._rarities.get(word)
        if known is None:
            known = self._rarities[word] = self.model.rarity_of(features_of_word(word)) ** 2
        return known


def sureness(vote: Vote) -> float:
    """How often one is right who said the same so many times running; what was said against it counts against it."""
    best = SURE_OF_RUN[min(vote.run, len(SURE_OF_RUN)) - 1] if vote.run else 0.5
    return best * (0.5 + 0.5 * vote.share)


def _exact(asked: Asked, vote: Vote) -> Guess:
    because = Because(cause=Cause.EXACT, name=asked.key, times=vote.times, of=vote.of)
    return Guess(ref=vote.ref, confidence=sureness(vote), because=because)


def blended(exact: Sequence[Guess], alike: Sequence[Guess], shared: Sequence[Guess]) -> list[Guess]:
    """One list: what was said of the very same stands first; of the others, two that agree are surer than either."""
    found: dict[Ref, Guess] = {}
    for each in (*exact, *alike, *shared):
        before = found.get(each.ref)
        if before is None:
            found[each.ref] = each
        elif before.because.cause != each.because.cause:
            found[each.ref] = _both(before, each)
    first = [found[each.ref] for each in exact[:1]]
    others = sorted((each for each in found.values() if each not in first), key=lambda each: -each.confidence)
    # The last word of a person is never outvoted by what others say.
    least = first[0].confidence if first else 1.0
    return [*first, *(_at_most(each, least) for each in others)]


def _both(one: Guess, two: Guess) -> Guess:
    """Two reasons for the same: wrong only where both are, as far as they are two."""
    doubt = (1 - one.confidence) * (1 - two.confidence * 0.8)
    return Guess(ref=one.ref, confidence=min(0.99, max(one.confidence, 1 - doubt)), because=one.because)


def _at_most(guess: Guess, most: float) -> Guess:
    return guess if guess.confidence <= most else Guess(ref=guess.ref, confidence=most, because=guess.because)
