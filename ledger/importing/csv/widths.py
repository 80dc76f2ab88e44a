"""How many cells a record has: one with more or fewer lost a delimiter, or has one in a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ledger.importing.csv.survey import Survey


@dataclass(frozen=True, slots=True)
class Width:
    """`usual` is how many cells a record has, `most` how many it may have.

    `even`: hardly any has fewer, so that one that is shorter has lost something.
    """

    usual: int
    most: int
    even: bool


def width_of(survey: Survey) -> Width:
    # The last one may be cut off.
    lengths = Counter(len(row.cells) for row in survey.sample[:-1] or survey.sample)
    if not lengths:
        return Width(len(survey.headings), len(survey.headings), False)
    named = len(survey.headings)
    usual = named if named in lengths else lengths.most_common(1)[0][0]
    shorter = sum(number for length, number in lengths.items() if length < usual)
    return Width(usual, max(usual, len(survey.headings)), shorter * 20 <= lengths[usual])
