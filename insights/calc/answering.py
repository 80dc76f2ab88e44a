"""What something probably was: by what the household said of the same, of the like, and by what all say."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from insights.calc.asking import Answer, Asked, Because, Cause, Guess, Looks, Ref, Taught
from insights.calc.corrections import Corrections
from insights.calc.memory import Memory, Vote, way_of
from insights.calc.shared import TRANSFER, Rated, SharedModel
from insights.calc.wording import features_of_word

# How often one was right who said the same so many times running, and with nothing said against it.
SURE_OF_RUN: Final = (0.90, 0.95, 0.97, 0.98, 0.985)
# Of a name that is nearly the same, and of money that went the other way, it is believed so far.
SURE_OF_LIKE: Final = 0.9
SURE_OF_OTHER_WAY: Final = 0.9
# Surer than that nobody else is asked.
SURE_ENOUGH: Final = 0.93
# Money that comes in is a refund of a shop so much more rarely than what it says.
REFUND: Final = 0.2
FEE: Final = "fees-interest"
MOST_GUESSES: Final = 3
LEAST: Final = 0.01
# What is less likely is not worth a word.
WORTH_SAYING: Final = 0.03
NEGLIGIBLE: Final = 0.005
_NOTHING: Final = (0.0, "")
# So many words are remembered with how rare they are.
MOST_WORDS_WEIGHED: Final = 20_000


class Said(NamedTuple):
    """What the shared model says of one thing, knowing which way its money goes: likeliest first."""

    keys: tuple[str, ...]
    chances: tuple[float, ...]
    words: tuple[str, ...]


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
        self._income_keys = frozenset(income_keys)
        self._income_places = [place for key, place in model.places.items() if key in self._income_keys]
        self._spending_places = [
            place for key, place in model.places.items() if key not in self._income_keys and key != TRANSFER
        ]
        self._rarities: dict[str, float] = {}
        self._corrections = Corrections(self.defaults)

    def teach(self, lessons: Sequence[Taught]) -> None:
        self._correct(self.memory.teach(lessons))

    def forget(self, lines: Sequence[Hashable]) -> None:
        self._correct(self.memory.forget(lines))

    def answer(self, asked: Sequence[Asked], *, most: int = MOST_GUESSES) -> list[Answer]:
        """Of each the likeliest, so many at most."""
        votes = [self.memory.votes(each) for each in asked] if len(self.memory) else [[]] * len(asked)
        unsure = [place for place, said in enumerate(votes) if not said or _sureness(said[0]) < SURE_ENOUGH]
        said = dict(zip(unsure, self._ask_shared([asked[place] for place in unsure]), strict=True))
        return [self._answer(each, votes[place], said.get(place), most) for place, each in enumerate(asked)]

    def _answer(self, asked: Asked, votes: Sequence[Vote], said: Said | None, most: int) -> Answer:
        found = [_exact(asked, vote) for vote in votes if self._is_possible(asked, vote)]
        is_sure_of_way = bool(votes) and not votes[0].is_other_way
        looks_moved = said is not None and said.keys[0] == TRANSFER and not is_sure_of_way
        if said is not None:
            shared = [] if looks_moved else self._shared(said, most)
            exact, alike = (found, []) if is_sure_of_way else ([], found or self._alike(asked))
            found = blended(exact, alike, shared) if exact or alike else shared
        if looks_moved and said is not None:
            return Answer(guesses=tuple(found[:most]), looks=Looks.TRANSFER, moved=min(1.0, said.chances[0]))
        looks = self._looks(asked, said, found[0].ref if found else None)
        return Answer(guesses=tuple(found[:most]), looks=looks)

    def _looks(self, asked: Asked, said: Said | None, first: Ref | None) -> Looks:
        """By its sign and what it is filed under; by its words alone where that is nothing."""
        key = said.keys[0] if said is not None and first is None else ""
        if asked.amount <= 0 and (key == FEE or (first is not None and first == self.defaults.get(FEE))):
            return Looks.FEE
        is_income = first in self.income if first is not None else key in self._income_keys
        if asked.amount > 0:
            return Looks.INCOME if is_income else Looks.REFUND
        return Looks.INCOME if is_income and not asked.amount else Looks.SPENDING

    def _is_possible(self, asked: Asked, vote: Vote) -> bool:
        """Money that goes to whoever else pays is no income; money back from a shop may be a refund."""
        return not (vote.is_other_way and asked.amount < 0 and vote.ref in self.income)

    def _ask_shared(self, asked: Sequence[Asked]) -> list[Said]:
        if not asked:
            return []
        import numpy as np  # noqa: PLC0415 - slow to import, and not needed to start

        rated = self.model.rate([each.words for each in asked])
        signed = self._signed(asked, rated)
        order = (-signed).argsort(axis=1, kind="stable")[:, : MOST_GUESSES * 2]
        places, keys = order.tolist(), self.model.keys
        chances = np.take_along_axis(signed, order, axis=1).tolist()
        return [
            Said(tuple(keys[place] for place in some), tuple(row), each.words)
            for some, row, each in zip(places, chances, rated, strict=True)
        ]

    def _signed(self, asked: Sequence[Asked], rated: Sequence[Rated]) -> Any:
        """How likely each class is where one knows which way the money goes."""
        import numpy as np  # noqa: PLC0415 - slow to import, and not needed to start

        said = np.array([each.chances for each in rated])
        plain = self.model.weighed(said, [(each.amount, each.currency) for each in asked])
        ways = np.array([way_of(each) for each in asked])
        # In the order of 0, 1 and -1: the last is counted from the end.
        factors = np.ones((3, len(self.model.keys)))
        factors[1, self._spending_places] = REFUND
        factors[-1, self._income_places] = 0
        signed = plain * factors[ways]
        whole = signed.sum(axis=1)
        # What is ruled out makes the rest likelier, but tells nobody what the words mean.
        believed = np.maximum(plain.max(axis=1), np.minimum(whole * 2, 1.0))
        told = (ways != 0) & (whole > LEAST)
        scale = np.where(told, believed / np.maximum(whole, LEAST), 1.0)
        return signed * scale[:, None]

    def _shared(self, said: Said, most: int) -> list[Guess]:
        """The household's own categories, as likely as the shared model and the household's corrections make them."""
        if not self._corrections.names:
            every = zip(said.keys, said.chances, strict=True)
            plain = ((key, chance) for key, chance in every if chance > WORTH_SAYING and key in self.defaults)
            return [self._by_words(self.defaults[key], chance, key, said.words) for key, chance in islice(plain, most)]
        likely: dict[Ref, float] = {}
        leading: dict[Ref, tuple[float, str]] = {}
        for key, chance in zip(said.keys, said.chances, strict=True):
            if chance < NEGLIGIBLE:
                break
            for ref, share in self._corrections.shares(key).items():
                part = chance * share
                likely[ref] = likely.get(ref, 0.0) + part
                if part >= leading.get(ref, _NOTHING)[0]:
                    leading[ref] = (part, key)
        best = sorted(likely.items(), key=lambda each: (-each[1], str(each[0])))[:most]
        return [self._by_words(ref, each, leading[ref][1], said.words) for ref, each in best if each > WORTH_SAYING]

    def _by_words(self, ref: Ref, chance: float, key: str, words: Sequence[str]) -> Guess:
        cause = Cause.SHARED if ref == self.defaults.get(key) else Cause.CORRECTED
        because = Because(cause=cause, words=self.model.telling(words, key))
        return Guess(ref=ref, confidence=min(1.0, chance), because=because)

    def _correct(self, names: Collection[str]) -> None:
        """Count each name once, under what it was filed last."""
        fresh = []
        for name in sorted(names):
            self._corrections.drop(name)
            if (lesson := self.memory.latest(name)) is not None:
                fresh.append((name, lesson))
        said = self._ask_shared([lesson.asked for _name, lesson in fresh])
        for (name, lesson), each in zip(fresh, said, strict=True):
            self._corrections.file(name, each.keys[0], lesson.ref)

    def _alike(self, asked: Asked) -> list[Guess]:
        """Of names that are nearly the same the most alike."""
        found = [each for each in self.memory.neighbours(asked) if self._is_possible(asked, each.vote)]
        return [
            Guess(
                ref=each.vote.ref,
                confidence=SURE_OF_LIKE * each.alike * _sureness(each.vote),
                because=Because(cause=Cause.SIMILAR, name=each.name, times=each.vote.times, of=each.vote.of),
            )
            for each in found[:MOST_GUESSES]
        ]

    def _rarity(self, word: str) -> float:
        """How much it says that two names share the word: what stands in many lines of many banks says little."""
        known = self._rarities.get(word)
        if known is None:
            if len(self._rarities) >= MOST_WORDS_WEIGHED:
                self._rarities.clear()
            known = self._rarities[word] = self.model.rarity_of(features_of_word(word)) ** 2
        return known


def _sureness(vote: Vote) -> float:
    """How often one is right who said the same so many times running; what was said against it counts against it."""
    best = SURE_OF_RUN[min(vote.run, len(SURE_OF_RUN)) - 1]
    return best * (0.5 + 0.5 * vote.share) * (SURE_OF_OTHER_WAY if vote.is_other_way else 1.0)


def _exact(asked: Asked, vote: Vote) -> Guess:
    because = Because(cause=Cause.EXACT, name=asked.key, times=vote.times, of=vote.of)
    return Guess(ref=vote.ref, confidence=_sureness(vote), because=because)


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
