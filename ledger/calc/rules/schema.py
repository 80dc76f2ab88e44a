"""What a rule says: its conditions and deeds as values, as they are kept in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: with which condition or deed (`of`, `at`), or with the rule as a whole (`at` is None)."""

    sentence: str
    of: str = ""
    at: int | None = None


class RuleProblems(ValidationError):
    """All that is wrong with a rule."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__([problem.sentence for problem in problems])
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a transaction. All values are text: an amount is “12.50”, a row its public id."""

    field: str
    op: str
    values: tuple[str, ...] = ()
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done with it. The parts of a split are (category or "", share, memo)."""

    do: str
    values: tuple[str, ...] = ()
    parts: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as somebody wrote it."""

    key: int
    name: str
    match_any: bool
    conditions: tuple[Condition, ...]
    deeds: tuple[Deed, ...]
    stops: bool = False


def as_json(each: Condition | Deed) -> Raw:
    if isinstance(each, Condition):
        return {"field": each.field, "op": each.op, "values": list(each.values), "negate": each.negate}
    if each.do == "split":
        parts = [{"category": category or None, "share": share, "memo": memo} for category, share, memo in each.parts]
        return {"do": "split", "parts": parts}
    return {"do": each.do, "values": list(each.values)}
