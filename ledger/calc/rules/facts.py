"""What rules know of a transaction: as light as can be, for a hundred thousand of them are gone through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from financeflow.money.values import share_out


class SharePart(NamedTuple):
    """A part of a split as a rule says it: its category, its share of the whole, a memo."""

    category: int | None
    share: int
    memo: str = ""


class Facts(NamedTuple):
    """A transaction as it stands, or as it would stand. Categories are those of its lines; rows are known by key."""

    amount: int
    digits: int = 2
    currency: str = "EUR"
    account: int = 0
    payee: str = ""
    payee_key: str = ""
    description: str = ""
    notes: str = ""
    categories: tuple[int | None, ...] = (None,)
    tags: frozenset[int] = frozenset()
    day: int = 1
    weekday: int = 1
    source: str = "typed"
    # Money back follows the category of what it belongs to; rules leave that alone.
    is_refund: bool = False
    # What a rule made of it: parts by share, or a transfer with this account.
    parts: tuple[SharePart, ...] = ()
    transfer: int | None = None

    def is_open(self, *, also_filed: bool) -> bool:
        """Whether a rule may say what it was for: no transfer, not split, and not filed by somebody already."""
        plain = self.transfer is None and not self.is_refund and len(self.categories) == 1
        return plain and (also_filed or self.categories[0] is None)


def amounts_of(parts: Sequence[SharePart], whole: int) -> list[int]:
    """What each part comes to; together the whole, to the cent."""
    return share_out(whole, [part.share for part in parts])
