"""Transactions without a category, those that are alike together: same payee or same words, same way, same currency."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Sum

from financeflow.households.models import Household
from ledger.calc.words import plain_words
from ledger.models import Line, MonthTotal, RefundLink
from ledger.models.many import OneOf
from ledger.queries.reports.keeping import kept

# So many of the latest are looked at, and so many are answered at once; the others come when these are filed.
MOST_LOOKED: Final = 2000
MOST_ALIKE: Final = 500
_NUMBERS: Final = re.compile(r"\S*\d\S*")


class Unfiled(NamedTuple):
    """One transaction, or a part of one, that has no category."""

    key: int
    uid: UUID
    payee: int | None
    name: str
    amount: int
    currency: str
    day: date
    words: str
    account: int
    account_name: str
    position: int


@dataclass(frozen=True)
class Heap:
    """Those that are alike, the latest first; a part of a split stands alone."""

    rows: tuple[Unfiled, ...]
    is_part: bool = False

    @property
    def latest(self) -> Unfiled:
        return self.rows[0]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def title(self) -> str:
        return self.latest.name or self.latest.words


@dataclass(frozen=True)
class UnfiledFound:
    """The heaps, the biggest first, and how many lines they are made of; `is_all` where there are no more."""

    heaps: list[Heap]
    lines: int
    is_all: bool


def unfiled(household: Household, gone: frozenset[str]) -> UnfiledFound:
    """What has no category, but for what somebody wants to leave so (by public ids)."""
    return kept(household, "inbox_unfiled", lambda: _unfiled(gone))


def count_unfiled(household: Household, gone: frozenset[str]) -> int:
    """Every line, also of those that are too many to look at."""
    found = unfiled(household, gone)
    if found.is_all:
        return found.lines
    totals = MonthTotal.objects.filter(slot=MonthTotal.UNCATEGORISED).order_by()
    every = int(totals.aggregate(lines=Sum("count", default=0))["lines"])
    return max(found.lines, every - len(gone))


def _lines() -> Any:
    rows = Line.objects.filter(category=None, is_transfer=False, is_kept=True).order_by("-date", "-transaction")
    of = ("uid", "payee_id", "payee__name")
    after = ("currency", "date", "description", "account_id", "account__name")
    columns = [f"transaction__{name}" for name in of] + ["amount"] + [f"transaction__{name}" for name in after]
    return rows.values_list("transaction_id", *columns, "position")


def _unfiled(gone: frozenset[str]) -> UnfiledFound:
    most = MOST_LOOKED + len(gone)
    found = [Unfiled(row[0], row[1], row[2], row[3] or "", *row[4:]) for row in _lines()[:most]]
    keys = sorted({row.key for row in found})
    follows = set(RefundLink.objects.filter(OneOf("refund_id", keys)).values_list("refund_id", flat=True))
    split = set(Line.objects.filter(OneOf("transaction_id", keys), position=1).values_list("transaction_id", flat=True))
    rows = [row for row in found if str(row.uid) not in gone and row.key not in follows]
    heaps = _heaps(rows, split)
    return UnfiledFound(heaps, len(rows), len(found) < most)


def _heaps(rows: list[Unfiled], split: set[int]) -> list[Heap]:
    alike: dict[Any, list[Unfiled]] = defaultdict(list)
    parts: dict[int, Heap] = {}
    for row in rows:
        if row.key in split:
            parts.setdefault(row.key, Heap((row,), is_part=True))
        else:
            alike[row.payee or _said(row), row.amount > 0, row.currency].append(row)
    heaps = [Heap(tuple(some[:MOST_ALIKE])) for some in alike.values()]
    return sorted([*heaps, *parts.values()], key=lambda heap: (-len(heap.rows), -heap.latest.day.toordinal()))


def _said(row: Unfiled) -> str:
    """The words without the numbers in them; where nothing is left, it is like no other."""
    return plain_words(_NUMBERS.sub(" ", row.words)) or str(row.uid)
