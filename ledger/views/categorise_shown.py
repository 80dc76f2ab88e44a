"""What a step of categorising the rest shows: a group, what it is likely to be for, and the ways on and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from financeflow.households.models import Household
from ledger.calc.bands import Band
from ledger.forms.rest import END, query_of
from ledger.models import Category
from ledger.queries.choosing import CategoryChoices, kept_groups
from ledger.queries.rest import Group, keys_of, left_over, rest_groups, suggested_for
from ledger.queries.rows import rows_of
from ledger.queries.shown import make_shown
from ledger.queries.suggesting import Suggestion

# So many of a group are shown; more on demand, and not all of thousands.
FEW = 5
MOST = 300


def step_context(household: Household, place: dict[str, Any]) -> dict[str, Any]:
    """Where one is; a group that is gone is the first that there is."""
    groups, done, at = rest_groups(), place.get("done") or 0, place.get("at") or ""
    context: dict[str, Any] = {"place": place, "done": done, "groups_left": len(groups), "left": _count(groups)}
    if place.get("last"):
        context["undo"] = {"last": place["last"], "was": place.get("was", ""), "done": done}
    if not groups:
        return context | {"left_over": left_over()}
    if at == END:
        return context | {"is_end": True, "again": query_of(done=done)}
    here = next((index for index, each in enumerate(groups) if each.key == at), 0)
    group = groups[here]
    counted = {"number": done + here + 1, "total": done + len(groups)}
    return context | counted | _ways(groups, group, done) | group_context(household, group, place)


def _count(groups: Sequence[Group]) -> int:
    return sum(group.count for group in groups)


def _ways(groups: Sequence[Group], group: Group, done: int) -> dict[str, str]:
    """The addresses of the group before and of the one after it."""
    before, after = key_beside(groups, group, -1), key_beside(groups, group, 1)
    return {
        "back": query_of(at=before, done=done) if before else "",
        "skip": query_of(at=after or END, done=done),
    }


def key_beside(groups: Sequence[Group], group: Group, step: int) -> str:
    """The key of the group that many places on; none past the ends."""
    to = groups.index(group) + step
    return groups[to].key if 0 <= to < len(groups) else ""


def group_context(household: Household, group: Group, place: dict[str, Any]) -> dict[str, Any]:
    keys = keys_of(group)
    suggestions = suggested_for(household, keys[0])
    rows = rows_of(keys[: MOST if place.get("all") else FEW], tagged=False)
    make_shown(rows, household)
    chosen = place.get("category") or _likely(suggestions)
    return {
        "group": group,
        "sums": [(total, currency) for currency, total in sorted(group.sums.items())],
        "rows": rows,
        "hidden": len(keys) - len(rows),
        "every": query_of(at=group.key, done=place.get("done"), category=place.get("category"), all=1),
        "is_capped": bool(place.get("all")) and len(keys) > MOST,
        "suggestions": suggestions,
        "chosen": chosen,
        "may_rule": bool(group.payee) or group.holds_name,
        "choices": CategoryChoices([], kept_groups(is_in=group.is_in)),
    }


def _likely(suggestions: Sequence[Suggestion]) -> Category | None:
    """What Enter would do before anything is chosen."""
    first = suggestions[0] if suggestions else None
    return first.category if first and first.band != Band.OPEN else None
