"""What a list of transactions is asked for: conditions on the rows, on their lines, and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

Keys = Callable[[int], list[int]]


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; an open end is None."""

    first: date | None = None
    last: date | None = None

    def within(self, field_name: str) -> Q:
        found = Q()
        if self.first:
            found &= Q(**{f"{field_name}__gte": self.first})
        if self.last:
            found &= Q(**{f"{field_name}__lte": self.last})
        return found


@dataclass(frozen=True)
class Conditions:
    """All of these at once.

    `rows` are met by the transaction, `lines` by one line of it: then only that part of a split counts. `spans` are
    days of which one must hold it. Of each of `texts` one must stand in it, from the beginning of a word on. `few` are
    ways to the keys of transactions that may be few, each told how many to bring at most. Where nothing but spans,
    accounts and categories is asked for, the kept totals know the sums.
    """

    spans: tuple[Span, ...] = ()
    accounts: frozenset[int] | None = None
    categories: frozenset[int] | None = None
    rows: tuple[Q, ...] = ()
    lines: tuple[Q, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    few: tuple[Keys, ...] = field(default=(), compare=False)

    @property
    def in_kept_totals(self) -> bool:
        return not (self.rows or self.lines or self.texts)

    def days(self, field_name: str) -> Q:
        found = Q()
        for span in self.spans:
            found |= span.within(field_name)
        return found

    def of_lines(self) -> Q:
        """What a line must meet to count."""
        found = Q(*self.lines)
        if self.categories is not None:
            found &= Q(category_id__in=self.categories)
        return found

    @property
    def asks_lines(self) -> bool:
        return self.categories is not None or bool(self.lines)

    def of_rows(self) -> Q:
        """What a transaction must meet, but for its lines and words."""
        found = Q(*self.rows) & self.days("date")
        if self.accounts is not None:
            found &= Q(account_id__in=self.accounts)
        return found
