"""Which rows of a file an account knows already: each row goes with one movement, and each movement with one row."""

from ledger.calc.verdicts.comparing import Compared, compare
from ledger.calc.verdicts.values import WINDOW, Because, Face, Fact, Match, Row, Span, State, Verdict, span_of
from ledger.calc.verdicts.wording import Alike, Words, alike, wording

__all__ = [
    "WINDOW",
    "Alike",
    "Because",
    "Compared",
    "Face",
    "Fact",
    "Match",
    "Row",
    "Span",
    "State",
    "Verdict",
    "Words",
    "alike",
    "compare",
    "span_of",
    "wording",
]
