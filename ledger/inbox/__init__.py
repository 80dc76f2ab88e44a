"""What the ledger offers to the inbox."""

from __future__ import annotations

from financeflow.inbox.sources import Source
from ledger.inbox import desk, doubled, moved, owed, uncategorised


def sources() -> list[Source]:
    return [*desk.SOURCES, moved.SOURCE, doubled.SOURCE, owed.SOURCE, uncategorised.SOURCE]
