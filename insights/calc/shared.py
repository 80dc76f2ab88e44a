"""The model that ships: how likely each default category is for some words. Weights are read as plain numbers."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from financeflow.money.currencies import minor_digits
from insights.calc.wording import features_of_neighbours, features_of_word, stands_alone, words_in

PATH: Final = Path(__file__).resolve().parent.parent / "model" / "categories.npz"
# The class of money that only moves between one's own accounts; no category.
TRANSFER: Final = "transfer"
# So many words are remembered with what they say.
MOST_WORDS_KNOWN: Final = 20_000
AT_ONCE: Final = 4096
# What an amount says is believed so far, and is never the last word.
TRUST_IN_AMOUNTS: Final = 0.5
LEAST_FITTING: Final = 0.02


@dataclass(frozen=True, slots=True)
class Rated:
    """How likely each class is, in the order of the model's `keys`: calibrated, and adding up to one."""

    chances: Any
    words: tuple[str, ...]


class SharedModel:
    """Linear in the words of a text: what each says is remembered, so that a text costs little."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        told = json.loads(bytes(arrays["told"]).decode())
        self.version: str = told["version"]
        self.corpus: str = told["corpus"]
        self.keys: tuple[str, ...] = tuple(told["keys"])
        self.places = {key: place for place, key in enumerate(self.keys)}
        self._weights, self._scale = arrays["weights"], arrays["scale"]
        self._rarity, self._rarity_step = arrays["rarity"], float(told["rarity_step"])
        self._prior = arrays["prior"]
        self._sure, self._honest = arrays["sure"], arrays["honest"]
        self._usual, self._spread = arrays["amounts"].T
        self._currencies: dict[str, float] = told["currencies"]
        self._silence = arrays["prior"] * 0
        self._known: dict[str, tuple[Any, float]] = {}
        self._leads: dict[str, array[float]] = {}

    def rate(self, texts: Sequence[str]) -> list[Rated]:
        found: list[Rated] = []
        for first in range(0, len(texts), AT_ONCE):
            some = [words_in(text) for text in texts[first : first + AT_ONCE]]
            found += [
                Rated(row, tuple(words)) for row, words in zip(self._chances(self._scores(some)), some, strict=True)
            ]
        return found

    def weighed(self, chances: Any, amounts: Sequence[tuple[int, str]]) -> Any:
        """Rows of chances, each as an amount (in minor units, and its currency) makes them likelier or less likely."""
        import numpy as np  # noqa: PLC0415 - slow to import, and not needed to start

        sizes = [self._size(*each) for each in amounts]
        known = np.array([size > 0 for size in sizes], dtype=bool)
        size = np.log10(np.array([size or 1.0 for size in sizes]))
        fits = np.exp(-0.5 * ((size[:, None] - self._usual) / self._spread) ** 2) / self._spread
        fits = np.maximum(fits / fits.max(axis=1, keepdims=True), LEAST_FITTING) ** TRUST_IN_AMOUNTS
        likely = chances * fits
        likely *= (chances.sum(axis=1) / np.maximum(likely.sum(axis=1), 1e-12))[:, None]
        return np.where(known[:, None], likely, chances)

    def _size(self, minor: int, currency: str) -> float:
        """About so many euros; 0 where nobody knows."""
        per = self._currencies.get(currency)
        return abs(minor) / 10 ** minor_digits(currency) / per if per and minor else 0.0

    def telling(self, words: Sequence[str], key: str, most: int = 2) -> tuple[str, ...]:
        """The words that speak for a class more than for the others, strongest first."""
        place = self.places[key]
        weighed = [(self._lead(word)[place], word) for word in words if stands_alone(word)]
        return tuple(word for weight, word in sorted(weighed, reverse=True)[:most] if weight > 0)

    def rarity_of(self, features: Sequence[int]) -> float:
        """How rare the rarest of these features is, from 0 to 1: what nobody wrote before is as rare as can be."""
        return float(self._rarity[list(features)].max()) / 255

    def _scores(self, texts: Sequence[Sequence[str]]) -> Any:
        import numpy as np  # noqa: PLC0415 - slow to import, and not needed to start

        every = {word for words in texts for word in words if stands_alone(word)}
        if new := sorted(word for word in every if word not in self._known):
            self._know(new)
        # A row for each word, and before those of each text one that holds its neighbours.
        rows: list[Any] = []
        sizes: list[float] = []
        starts: list[int] = []
        for words in texts:
            starts.append(len(rows))
            rows.append(self._silence)
            sizes.append(0.0)
            for word in words:
                if word in every:
                    scores, size = self._word(word)
                    rows.append(scores)
                    sizes.append(size)
        beside, length = self._sums([features_of_neighbours(words) for words in texts])
        sums = np.add.reduceat(np.array(rows), starts, axis=0) + beside
        norms = np.sqrt(np.add.reduceat(np.array(sizes), starts) + length)
        return sums / np.maximum(norms, 1e-6)[:, None] + self._prior

    def _sums(self, every: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """What each of these rows of features says together, and the square of its length."""
        import numpy as np  # noqa: PLC0415 - see above

        ends = np.cumsum([0, *map(len, every)])
        features = np.array([feature for some in every for feature in some], dtype=np.int64)
        rarity = self._rarity[features].astype("float64") * self._rarity_step
        scores = self._weights[features] * rarity[:, None]
        scores, length = (np.cumsum(part, axis=0) for part in (scores, rarity * rarity))
        scores = np.concatenate([np.zeros((1, len(self.keys))), scores])
        length = np.concatenate([[0.0], length])
        return (scores[ends[1:]] - scores[ends[:-1]]) * self._scale, length[ends[1:]] - length[ends[:-1]]

    def _word(self, word: str) -> tuple[Any, float]:
        if word not in self._known:
            self._know([word])
        return self._known[word]

    def _know(self, words: Collection[str]) -> None:
        """Remember what these words say."""
        if len(self._known) + len(words) > MOST_WORDS_KNOWN:
            self._known.clear()
        scores, sizes = self._sums([features_of_word(word) for word in words])
        rows = scores.astype("float32")
        self._known.update((word, (rows[at].copy(), float(sizes[at]))) for at, word in enumerate(words))

    def _lead(self, word: str) -> array[float]:
        """How much more the word speaks for each class than for all of them."""
        known = self._leads.get(word)
        if known is None:
            if len(self._leads) >= MOST_WORDS_KNOWN:
                self._leads.clear()
            scores, size = self._word(word)
            known = self._leads[word] = array("f", (scores - scores.mean()) / max(size**0.5, 1e-6))
        return known

    def _chances(self, scores: Any) -> Any:
        """As sure as one was right with such scores on what the model had not seen."""
        import numpy as np  # noqa: PLC0415 - see above

        sharp = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = sharp / sharp.sum(axis=1, keepdims=True)
        best = chances.max(axis=1)
        honest = np.interp(best, self._sure, self._honest)
        top = chances.argmax(axis=1)
        rest = np.maximum(1 - best, 1e-9)
        chances = chances * ((1 - honest) / rest)[:, None]
        chances[np.arange(len(top)), top] = honest
        return chances


@lru_cache(maxsize=1)
def shared_model() -> SharedModel:
    """The one that ships, read when it is first asked."""
    return read_model(PATH)


def read_model(path: Path) -> SharedModel:
    """Numbers and a line of JSON: nothing in the file is run."""
    import numpy as np  # noqa: PLC0415 - see above

    with np.load(path, allow_pickle=False) as packed:
        return SharedModel({name: packed[name] for name in packed.files})
