"""The model that ships, asked in bulk: what some words say is worked out once, however often they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from insights.calc.naming import LONGEST_WORDS
from insights.calc.shared import Rated, SharedModel
from insights.calc.wording import words_in

# So many different words are remembered: what comes in bulk comes from few places.
MOST: Final = 50_000


class Remembering:
    """Answers as the model does."""

    def __init__(self, model: SharedModel) -> None:
        self.model = model
        self._rated: dict[str, Rated] = {}
        self._telling: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)

    def rate(self, texts: Sequence[str]) -> list[Rated]:
        if len(self._rated) > MOST:
            self._rated.clear()
            self._telling.clear()
        said = [" ".join(words_in(text[:LONGEST_WORDS])) for text in texts]
        fresh = [words for words in dict.fromkeys(said) if words not in self._rated]
        self._rated.update(zip(fresh, self.model.rate(fresh), strict=True))
        return [self._rated[words] for words in said]

    def telling(self, words: tuple[str, ...], key: str) -> tuple[str, ...]:
        found = self._telling.get((words, key))
        if found is None:
            found = self._telling[words, key] = self.model.telling(words, key)
        return found
