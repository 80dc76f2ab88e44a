"""How good answers were, counted: right ones, what says 95 %, categories one by one, and a course of learning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ledger.calc.bands import Band

# Of how many answers that are right so many are covered at best.
PRECISION: Final = 0.95
STEPS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """What one thing is, what was answered (nothing is empty), and how sure that was."""

    label: str
    answer: str
    confidence: float
    band: Band
    # Equal for rows of one merchant.
    group: str = ""

    @property
    def is_right(self) -> bool:
        return self.answer == self.label


@dataclass(frozen=True, slots=True)
class OfBand:
    band: str
    count: int
    right: int
    share: float
    precision: float


@dataclass(frozen=True, slots=True)
class OfCategory:
    category: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Said:
    """Of what says so much, how often it was right."""

    least: float
    most: float
    count: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Scores:
    count: int
    right: int
    accuracy: float
    macro_f1: float
    # The part of all that is answered so surely that 95 of 100 of it are right.
    coverage: float
    bands: tuple[OfBand, ...]
    categories: tuple[OfCategory, ...]
    calibration: tuple[Said, ...]


def scores(judged: Sequence[Judged], *, transfer: str) -> Scores:
    right = sum(each.is_right for each in judged)
    categories = _categories(judged)
    return Scores(
        count=len(judged),
        right=right,
        accuracy=_part(right, len(judged)),
        macro_f1=_part(sum(each.f1 for each in categories), len(categories)),
        coverage=_coverage(judged),
        bands=_bands(judged, transfer),
        categories=categories,
        calibration=_calibration(judged),
    )


def one_of_each(judged: Iterable[Judged]) -> list[Judged]:
    """The first of each group: what is written the same a hundred times counts once."""
    found: dict[str, Judged] = {}
    for each in judged:
        found.setdefault(each.group, each)
    return list(found.values())


def _part(some: float, whole: float) -> float:
    return some / whole if whole else 0.0


def _coverage(judged: Sequence[Judged]) -> float:
    """The surest first, as far as one may go; what is equally sure goes together."""
    by_confidence: dict[float, list[bool]] = defaultdict(list)
    for each in judged:
        if each.answer:
            by_confidence[each.confidence].append(each.is_right)
    count = right = best = 0
    for confidence in sorted(by_confidence, reverse=True):
        count += len(by_confidence[confidence])
        right += sum(by_confidence[confidence])
        if right >= PRECISION * count:
            best = count
    return _part(best, len(judged))


def _bands(judged: Sequence[Judged], transfer: str) -> tuple[OfBand, ...]:
    """What looks like a transfer is filed nowhere, and stands apart."""
    found: dict[str, list[bool]] = {name: [] for name in (*(each.value for each in Band), transfer)}
    for each in judged:
        found[transfer if each.answer == transfer else each.band.value].append(each.is_right)
    return tuple(
        OfBand(band, len(said), sum(said), _part(len(said), len(judged)), _part(sum(said), len(said)))
        for band, said in found.items()
    )


def _categories(judged: Sequence[Judged]) -> tuple[OfCategory, ...]:
    """Those that the labels name, the most frequent first."""
    labels = Counter(each.label for each in judged)
    answers = Counter(each.answer for each in judged)
    right = Counter(each.label for each in judged if each.is_right)
    found = []
    for label, count in labels.most_common():
        precision, recall = _part(right[label], answers[label]), right[label] / count
        f1 = _part(2 * precision * recall, precision + recall)
        found.append(OfCategory(label, count, precision, recall, f1))
    return tuple(found)


def _calibration(judged: Sequence[Judged]) -> tuple[Said, ...]:
    found = []
    for least, most in pairwise(STEPS):
        some = [each for each in judged if each.answer and _is_within(each.confidence, least, most)]
        if some:
            said = sum(each.confidence for each in some) / len(some)
            found.append(Said(least, most, len(some), said, sum(each.is_right for each in some) / len(some)))
    return tuple(found)


def _is_within(confidence: float, least: float, most: float) -> bool:
    return least <= confidence < most or (most == STEPS[-1] and confidence >= most)


@dataclass(frozen=True, slots=True)
class Hundred:
    """Rows that were asked one after the other: from which to which, and how many of the answers were wrong."""

    first: int
    last: int
    errors: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class Curve:
    hundreds: tuple[Hundred, ...]
    accuracy: float
    # Corrected mistakes, and how many of them were made once more.
    corrected: int
    repeated: int


class Course:
    """Rows that are asked and then taught, one after the other."""

    def __init__(self) -> None:
        self.wrong: list[bool] = []
        self.repeated = 0
        # Of the very same thing what was said last, and what had been answered wrongly since that was said.
        self.last: dict[Hashable, str] = {}
        self.mistaken: dict[Hashable, set[str]] = defaultdict(set)

    def note(self, thing: Hashable, label: str, answer: str) -> None:
        """Answered so, and then taught that it is so labelled."""
        if self.last.get(thing) != label:
            self.mistaken[thing] = set()
        elif answer != label and answer in self.mistaken[thing]:
            self.repeated += 1
        if answer != label:
            self.mistaken[thing].add(answer)
        self.last[thing] = label
        self.wrong.append(answer != label)

    def curve(self) -> Curve:
        parts = [(start, self.wrong[start : start + AT_ONCE]) for start in range(0, len(self.wrong), AT_ONCE)]
        hundreds = tuple(
            Hundred(start + 1, start + len(some), sum(some), 1 - sum(some) / len(some)) for start, some in parts
        )
        wrong = sum(self.wrong)
        accuracy = 1 - _part(wrong, len(self.wrong)) if self.wrong else 0.0
        return Curve(hundreds, accuracy, corrected=wrong, repeated=self.repeated)
