"""Rules at odds: two that say different things, one that nothing can meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from ledger.calc.rules.fields import FIELDS, FILING, Kind
from ledger.calc.rules.matching import Action
from ledger.calc.rules.schema import Condition, Told
from ledger.calc.words import name_key

# A transaction has one of each of these.
_SINGLE: Final = frozenset({"payee", "account", "currency", "sign", "weekday", "source"})


def clash(mine: Sequence[Action], theirs: Sequence[Action]) -> bool:
    """Whether the two want different things of one transaction."""
    return any(_differ(one, other) for one in mine for other in theirs)


def _differ(one: Action, other: Action) -> bool:
    if one.do in FILING and other.do in FILING:
        return one != other
    if {one.do, other.do} == {"add_tags", "remove_tags"}:
        return not one.rows.isdisjoint(other.rows)
    return one.do == other.do and one.do in ("payee", "set_notes") and (one.key, one.text) != (other.key, other.text)


def impossible(told: Told) -> bool:
    """Whether nothing can meet all conditions: two that leave each other no room."""
    if told.match_any:
        return False
    asked = set(told.conditions)
    if any(Condition(each.field, each.op, each.values, not each.negate) in asked for each in asked):
        return True
    return _no_value_left(told.conditions) or _no_number_left(told.conditions)


def _no_value_left(conditions: Iterable[Condition]) -> bool:
    left: dict[str, frozenset[str]] = {}
    for each in conditions:
        if each.field in _SINGLE and each.op in ("is", "one_of") and not each.negate:
            values = frozenset(map(name_key, each.values)) if each.field == "payee" else frozenset(each.values)
            left[each.field] = left.get(each.field, values) & values
    return any(not values for values in left.values())


def _no_number_left(conditions: Iterable[Condition]) -> bool:
    bounds: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    tops: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    for each in conditions:
        if FIELDS[each.field] not in (Kind.AMOUNT, Kind.DAY) or each.negate or each.op == "one_of":
            continue
        numbers = [Decimal(value) for value in each.values]
        if each.op != "less":
            bounds[each.field].append((numbers[0], each.op != "greater"))
        if each.op != "greater":
            tops[each.field].append((numbers[-1], each.op != "less"))
    return any(_crossed(bounds[name], tops[name]) for name in bounds)


def _crossed(lows: list[tuple[Decimal, bool]], highs: list[tuple[Decimal, bool]]) -> bool:
    """Whether a lower bound lies above an upper one; a bound that is not included leaves no room at the same place."""
    return any(low > high or (low == high and not (holds and keeps)) for low, holds in lows for high, keeps in highs)
