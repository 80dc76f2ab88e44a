"""How sure the category of a row on the import desk is, in one number: who says it, or how likely it is in percent.

From 1 to 99 it is suggested and waits for a person; 100 is what a person says, also their “none”; from 101 to 199 it
is filed by itself; 200 is what the file, a rule or a bill says. 0 is where nobody knows.
"""

from __future__ import annotations

from typing import Final

from ledger.calc.bands import Band

NOBODY: Final = 0
A_PERSON: Final = 100
TOLD: Final = 200
MOST_SURE: Final = 99
SUGGESTED: Final = (1, MOST_SURE)
# Whoever chose a payee's usual category has said it.
CHOSEN: Final = 1.0


def certainty_of(band: Band, confidence: float) -> int:
    """Of a guess: what is left open is nobody's."""
    percent = max(1, min(MOST_SURE, int(confidence * 100)))
    if band == Band.SUGGESTED:
        return percent
    if band == Band.OPEN:
        return NOBODY
    return TOLD if confidence >= CHOSEN else A_PERSON + percent


def is_suggested(certainty: int) -> bool:
    return SUGGESTED[0] <= certainty <= SUGGESTED[1]


def learned_of(certainty: int) -> int:
    """In percent, where it is filed by itself; else 0."""
    return certainty - A_PERSON if A_PERSON < certainty < TOLD else 0
