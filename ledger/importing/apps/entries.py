"""What a journal of double entry holds before anybody asked what its accounts are: entries and their postings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True)
class Posting:
    """One line of an entry. Without a currency it moves something that is not money: shares, miles, hours."""

    account: str
    line: int
    amount: int = 0
    currency: str = ""
    # What it counts for where a price or a cost is told, and in which currency.
    worth: int | None = None
    worth_currency: str = ""
    # The amount as it stands there.
    said: str = ""
    memo: str = ""
    posted_on: dt.date | None = None
    is_missing: bool = False


@dataclass(slots=True)
class Entry:
    """One entry: who, when and why, and the money it moves."""

    line: int
    original: str
    date: dt.date
    postings: list[Posting]
    payee: str = ""
    description: str = ""
    notes: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    reference: str = ""
    is_pending: bool = False
    posted_on: dt.date | None = None
