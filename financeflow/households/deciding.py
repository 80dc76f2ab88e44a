"""Recording what owners decide about their household: kept on record, undone by owners or by nobody."""

from __future__ import annotations

from contextlib import AbstractContextManager

from financeflow.history.recording import Recording, recording
from financeflow.households.models import Household, User


def deciding(
    household: Household, *, by: User, verb: str, summary: str, undoable: bool = False
) -> AbstractContextManager[Recording]:
    return recording(
        household=household,
        by=by,
        verb=verb,
        summary=summary,
        topic="household.changed",
        needs="owner",
        undoable=undoable,
    )
