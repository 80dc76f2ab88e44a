"""What the app filed by itself lately and nobody has looked at yet, by payee and category."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from financeflow.households.models import Household
from ledger.models import Line
from ledger.models.many import OneOf
from ledger.queries.reports.keeping import kept

LATELY: Final = 190
MOST_LOOKED: Final = 2000
MOST_ALIKE: Final = 500


class Filed(NamedTuple):
    """One transaction that was filed by itself."""

    key: int
    uid: UUID
    payee: int | None
    name: str
    currency: str
    day: date
    words: str
    account_name: str
    amount: int
    learned: int
    category: UUID
    category_name: str
    hue: int
    icon: str


@dataclass(frozen=True)
class FiledAlike:
    """Those of one payee under one category, the latest first."""

    rows: tuple[Filed, ...]

    @property
    def latest(self) -> Filed:
        return self.rows[0]

    @property
    def confidence(self) -> int:
        """As sure as the least sure of them."""
        return min(row.learned for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)


def filed_by_itself(household: Household, today: date, gone: frozenset[str]) -> list[FiledAlike]:
    """The least sure first; what is split is looked at where it was split."""
    return kept(household, "inbox_filed", lambda: _filed(today, gone), on=today)


def _filed(today: date, gone: frozenset[str]) -> list[FiledAlike]:
    rows = [Filed(row[0], row[1], row[2], row[3] or "", *row[4:]) for row in _lines(today)[: MOST_LOOKED + len(gone)]]
    keys = sorted({row.key for row in rows})
    split = set(Line.objects.filter(OneOf("transaction_id", keys), position=1).values_list("transaction_id", flat=True))
    alike: dict[Any, list[Filed]] = defaultdict(list)
    for row in rows:
        if str(row.uid) not in gone and row.key not in split:
            alike[row.payee or row.words or row.key, row.currency, row.category].append(row)
    found = [FiledAlike(tuple(some[:MOST_ALIKE])) for some in alike.values()]
    return sorted(found, key=lambda each: (each.confidence, -len(each.rows), -each.latest.day.toordinal()))


def _lines(today: date) -> Any:
    """Money back follows what was spent, which is looked at for both."""
    since = today - timedelta(days=LATELY)
    rows = Line.objects.filter(is_kept=True, learned__gt=0, is_transfer=False, date__gte=since)
    rows = rows.filter(category__isnull=False, transaction__refund_of=None).order_by("-date", "-transaction")
    of = ("uid", "payee_id", "payee__name", "currency", "date", "description", "account__name")
    mine = ("amount", "learned", "category__uid", "category__name", "category__hue", "category__icon")
    return rows.values_list("transaction_id", *(f"transaction__{name}" for name in of), *mine)
