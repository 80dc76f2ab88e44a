"""What is asked of whoever guesses categories, what was taught, and what comes of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

# Whatever stands for a category: a household's row by its key, or one that all know by its name.
Ref = Hashable


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that wants a category. `key` is alike for all that are the same; an amount of 0 says nothing."""

    words: str
    key: str = ""
    amount: int = 0
    currency: str = ""
    account: int | None = None
    # Of the month; 0 where no day is known.
    day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What somebody said of one thing. A later `at` was said later; a `line` is one thing, that is said anew."""

    line: Hashable
    asked: Asked
    ref: Ref
    at: float


class Cause(StrEnum):
    """What a guess comes from."""

    EXACT = "exact"  # the very same was filed before
    SIMILAR = "similar"  # something of nearly the same name was
    WORDS = "words"  # words that the household files alike
    SHARED = "shared"  # words that all file alike
    CORRECTED = "corrected"  # the same, as the household corrects it


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why: `times` of `of` earlier ones of this `name`, or these `words`."""

    cause: Cause
    name: str = ""
    times: int = 0
    of: int = 0
    words: tuple[str, ...] = ()


class Looks(StrEnum):
    """What a movement of money looks like by its sign and its words."""

    SPENDING = "spending"
    INCOME = "income"
    REFUND = "refund"
    FEE = "fee"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A category, how sure it is from 0 to 1 (calibrated), and why."""

    ref: Ref
    confidence: float
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is made of one thing that was asked: guesses, likeliest first, and what it looks like."""

    guesses: tuple[Guess, ...]
    looks: Looks = Looks.SPENDING
    # How sure it is that it only moves between one's own accounts, where that is what it looks like.
    moved: float = 0.0
