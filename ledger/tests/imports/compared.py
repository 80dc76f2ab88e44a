"""Rows of files and facts of accounts for tests, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.calc.verdicts import Face, Fact, Match, Row, Span, Words, compare, span_of, wording

MARCH = 740_000


def row(key: int, amount: int = -1000, *, day: int = 10, said: str = "lidl", **more: Any) -> tuple[Row, str]:
    print_ = more.pop("print", f"{MARCH + day}|{amount}|{said}")
    return Row(key, MARCH + day, more.pop("posted", 0), amount, print_, **more), said


def fact(amount: int = -1000, *, day: int = 10, said: str = "lidl", **more: Any) -> tuple[Fact, str]:
    """As it came with an earlier file of the same kind; without `tongue` as it was written down by hand."""
    tongue, bank_id = more.pop("tongue", "csv"), more.pop("bank_id", "")
    print_ = f"{MARCH + day}|{amount}|{said}" if tongue else ""
    face = Face(MARCH + day, more.pop("posted", 0), amount, print_, bank_id, tongue)
    return Fact((face,), more.pop("transaction", 1), **more), said


def typed(amount: int = -1000, **more: Any) -> tuple[Fact, str]:
    return fact(amount, tongue="", is_typed=True, **more)


def told(
    rows: Sequence[tuple[Row, str]], facts: Sequence[tuple[Fact, str]], tongue: str = "csv", **span: int
) -> dict[int, Match]:
    words = {each.key: wording(said) for each, said in rows}
    known = [wording(said) for _fact, said in facts]

    def of_facts(places: Sequence[int]) -> dict[int, list[Words]]:
        return {place: [known[place]] for place in places}

    only = [each for each, _said in rows]
    ends = replace_span(only, tongue, **span)
    return compare(only, [each for each, _said in facts], ends, lambda some: words, of_facts)


def replace_span(rows: Sequence[Row], tongue: str, first: int = 1, last: int = 31) -> Span:
    return span_of(rows, tongue)._replace(first=MARCH + first, last=MARCH + last)


def verdicts(*given: Any, **more: Any) -> dict[int, tuple[str, str]]:
    return {key: (match.verdict, match.because) for key, match in told(*given, **more).items()}
