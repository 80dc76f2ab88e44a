"""A line of quick add while it is being read: which tokens are left, what was said, what was not understood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.calc.quick_add.parts import Known, Part
from ledger.calc.quick_add.tokens import Token, cut
from ledger.calc.typed import Problem, Span


class Draft:
    """Whatever one part takes is no longer there for the next."""

    def __init__(self, line: str, accounts: tuple[Known, ...]) -> None:
        self.line = line
        self.accounts = accounts
        self.left: list[Token | None] = list(cut(line))
        self.said: dict[str, Part[Any]] = {}
        self.tags: dict[str, Part[str]] = {}
        self.problems: list[Problem] = []
        self.arrow: Span | None = None

    def take(self, places: Iterable[int]) -> tuple[Span, ...]:
        """These tokens are used up; where they stand, those side by side as one span."""
        spans: list[Span] = []
        before = -2
        for place in sorted(places):
            token = self.left[place]
            assert token is not None
            if before == place - 1:
                spans[-1] = (spans[-1][0], token.span[1])
            else:
                spans.append(token.span)
            self.left[place] = None
            before = place
        return tuple(spans)

    def take_span(self, span: Span) -> None:
        for place, token in enumerate(self.left):
            if token and token.span[0] < span[1] and span[0] < token.span[1]:
                self.left[place] = None

    def places(self, *kinds: str) -> list[int]:
        return [place for place, token in enumerate(self.left) if token and token.kind in kinds]

    def text(self, place: int) -> str:
        token = self.left[place]
        return token.text if token else ""

    def words_at(self, places: Iterable[int]) -> str:
        return " ".join(self.text(place) for place in places)

    def say(self, name: str, value: Any, spans: tuple[Span, ...]) -> None:
        self.said.setdefault(name, Part(value, spans))

    def value(self, name: str) -> Any:
        part = self.said.get(name)
        return part.value if part else None

    def refuse(self, spans: tuple[Span, ...], sentence: str, candidates: tuple[str, ...] = ()) -> None:
        start, end = (spans[0][0], spans[-1][1]) if spans else (0, len(self.line))
        self.problems.append(Problem((start, end), sentence, candidates))
