"""A long period cut into pieces that still make a picture: months, quarters or years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from ledger.calc.flows import Flow
from ledger.calc.periods import Kind, Period, period_of

_STEPS: Final[tuple[Kind, ...]] = ("month", "quarter", "year")


def buckets(period: Period, most: int = 36, *, since: date | None = None) -> list[Period]:
    """Its months, or where those are more than `most` its quarters or years; what sticks out at its ends is cut off.

    Those before the day `since` are left out, where any come after it.
    """
    for step in _STEPS:
        every = _cut(period, step)
        found = [piece for piece in every if since is None or piece.last >= since] or every
        if len(found) <= most:
            break
    return found


def _cut(period: Period, step: Kind) -> list[Period]:
    found: list[Period] = []
    for first in period.months():
        if not found or first > found[-1].last:
            found.append(_within(period_of(step, first), period))
    return found


def _within(piece: Period, period: Period) -> Period:
    if piece.first >= period.first and piece.last <= period.last:
        return piece
    return Period(max(piece.first, period.first), min(piece.last, period.last))


def by_bucket(pieces: Sequence[Period], months: Mapping[date, Flow]) -> list[Flow]:
    """The flows of months, each added to the piece that its days lie in; months outside are left out."""
    found = [Flow() for _piece in pieces]
    places = places_of(pieces)
    for month, flow in months.items():
        if month in places:
            found[places[month]].add(flow)
    return found


def places_of(pieces: Iterable[Period]) -> dict[date, int]:
    """Which piece a month belongs to, by its first day."""
    return {month: place for place, piece in enumerate(pieces) for month in piece.months()}
