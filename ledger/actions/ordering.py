"""Trading places with a neighbour: how accounts, categories and rules are put in order."""

from __future__ import annotations

from typing import Any

from financeflow.history.recording import Recording


def move_beside(record: Recording, beside: list[Any], row: Any, step: int) -> None:
    """Trade places with the neighbour; past the end nothing moves."""
    here = next((place for place, each in enumerate(beside) if each.pk == row.pk), None)
    if here is None or not 0 <= here + step < len(beside):
        return
    places = sorted(each.position for each in beside)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    beside[here], beside[here + step] = beside[here + step], beside[here]
    for each, place in zip(beside, places, strict=True):
        record.change(each, position=place)
