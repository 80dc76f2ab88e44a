"""Which account, payee or category some words of a line mean."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.calc.quick_add.parts import Known
from ledger.calc.words import name_key

LONGEST_NAME = 8


def called(words: str, known: Sequence[Known]) -> list[Known]:
    """Who has exactly this name, else all whose names have words that begin so, in this order."""
    key = name_key(words)
    exact = [each for each in known if each.key == key]
    return exact or [each for each in known if _begins(key.split(), each.key.split())]


def _begins(asked: list[str], named: list[str]) -> bool:
    """Each word asked for begins a word of the name, one after the other; figures have to be the whole word."""
    rest = iter(named)
    return bool(asked) and all(any(_is_start(word, name) for name in rest) for word in asked)


def _is_start(word: str, name: str) -> bool:
    return word == name if word[0].isdigit() else name.startswith(word)


def longest_run(words: Sequence[str], known: dict[str, Known]) -> tuple[int, int, Known] | None:
    """The most words in a row that are somebody's whole name: where they begin and end, and who that is."""
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            if found := known.get(name_key(" ".join(words[start : start + length]))):
                return start, start + length, found
    return None


def at_an_end(words: Sequence[str], known: dict[str, Known]) -> tuple[int, int, Known] | None:
    """The same, but only of the first or the last words."""
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in (0, len(words) - length):
            if found := known.get(name_key(" ".join(words[start : start + length]))):
                return start, start + length, found
    return None
