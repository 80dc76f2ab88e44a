"""Where rules name a category, payee or tag by its public id: they follow when it goes into another."""

from __future__ import annotations

from typing import Any

from financeflow.history.recording import Recording
from ledger.models import Category, Payee, Rule, Tag


def follow_in_rules(record: Recording, gone: Category | Payee | Tag, into: Category | Payee | Tag) -> None:
    """Rules that name the one name the other."""
    before, after = str(gone.uid), str(into.uid)
    for rule in Rule.objects.select_for_update(of=("self",)):
        record.change(
            rule, conditions=_renamed(rule.conditions, before, after), deeds=_renamed(rule.deeds, before, after)
        )


def _renamed(told: Any, before: str, after: str) -> Any:
    if isinstance(told, dict):
        return {name: _renamed(each, before, after) for name, each in told.items()}
    if isinstance(told, list) and before in told:
        # Whoever was named beside it already is not named twice.
        return list(dict.fromkeys(after if each == before else each for each in told))
    if isinstance(told, list):
        return [_renamed(each, before, after) for each in told]
    return after if told == before else told
