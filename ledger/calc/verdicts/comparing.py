"""All tiers after one another: first what is beyond doubt, then what is likely, by words that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ledger.calc.verdicts.exact import Exact
from ledger.calc.verdicts.near import near, plausible
from ledger.calc.verdicts.values import Fact, Match, Row, Span
from ledger.calc.verdicts.wording import Words

# The words of rows by their keys, and of facts by their places: asked for those alone of which they matter.
SaidByRows = Callable[[Sequence[Row]], Mapping[int, Words]]
SaidByFacts = Callable[[Sequence[int]], Mapping[int, Sequence[Words]]]
Compared = dict[int, Match]


def compare(
    rows: Sequence[Row],
    facts: Sequence[Fact],
    span: Span,
    said_by_rows: SaidByRows,
    said_by_facts: SaidByFacts,
    *,
    numbered: int = 0,
) -> Compared:
    """For each row that is known, or may be, what it is; rows that are not in it are new.

    `numbered` rows of the file were found to be here by all they say and the bank's own number before.
    """
    exact = Exact(rows, facts, span, numbered)
    exact.run()
    left = [place for place in range(len(facts)) if place not in exact.taken]
    some, places = plausible(exact.left, facts, left)
    if not some:
        return exact.matches
    return exact.matches | near(some, facts, places, said_by_rows(some), said_by_facts(places), span)
