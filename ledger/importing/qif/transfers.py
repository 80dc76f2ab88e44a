"""Transfers between accounts of one file: each stands in both, and the two sides are found by name, day and amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ledger.importing.found import FoundRow, FoundStatement


def pair(statements: Iterable[FoundStatement]) -> None:
    """Gives the two sides of a transfer one key; the first of several alike goes with the first."""
    waiting: dict[tuple[object, ...], list[FoundRow]] = defaultdict(list)
    pairs = 0
    for statement in statements:
        here = statement.account.casefold()
        for row in statement.rows:
            there = row.transfer.casefold()
            if not there or not here or there == here:
                continue
            others = waiting[(there, here, row.date, -row.amount)]
            if others:
                pairs += 1
                row.transfer_key = others.pop(0).transfer_key = f"{pairs}"
            else:
                waiting[(here, there, row.date, row.amount)].append(row)
