"""A list of transactions: its pages, its sums and all its rows, by one set of conditions, so that all agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from financeflow.households.models import Household
from financeflow.web.months import Month
from ledger.calc.terms import Search
from ledger.models import Account, Attachment, Line, RefundLink, Transaction, TransactionTag
from ledger.models.many import OneOf
from ledger.queries import tallies
from ledger.queries.conditions import Conditions, Keys
from ledger.queries.tallies import Tally
from ledger.queries.understanding import understood
from ledger.queries.wording import first_matches, first_of_any, holding

# Up to so many rows are looked at one by one; where more match, walking from the newest finds a page of them soon.
FEW = 6000
ON_A_PAGE = 50
Place = tuple[date, int]


@dataclass(frozen=True)
class Day:
    """The rows of one day on a page, and what the whole day came to."""

    day: date
    total: int
    rows: list[Transaction]


@dataclass(frozen=True)
class ListPage:
    """One page of a list, latest first; `next` asks for what comes after it."""

    rows: list[Transaction]
    days: list[Day]
    next: str | None


@dataclass(frozen=True)
class Listing:
    """The transactions of the household in scope that meet the conditions."""

    household: Household
    conditions: Conditions
    problems: tuple[str, ...] = ()
    account: Account | None = field(default=None)

    @property
    def currency(self) -> str:
        """That of the one account asked for, else the base currency."""
        return self.account.currency if self.account else self.household.base_currency

    @cached_property
    def _few(self) -> list[int] | None:
        """The keys of all rows that can match, where an index says that they are few."""
        best: list[int] | None = None
        for source in (*self._word_sources(), *self.conditions.few):
            found = source(FEW + 1)
            if len(found) <= FEW and (best is None or len(found) < len(best)):
                best = found
        return best

    def _word_sources(self) -> Iterable[Keys]:
        """All words that must occur in one question to the index; a text that may be one of two in two."""
        sure = [word for texts in self.conditions.texts if len(texts) == 1 for word in texts[0].split()]
        if sure:
            yield lambda most: first_matches(sure, most)
        for texts in self.conditions.texts:
            if len(texts) > 1:
                yield partial(first_of_any, [text.split() for text in texts])

    @cached_property
    def _exact(self) -> list[Place] | None:
        """Where they are few: the day and key of every row, latest first."""
        if self._few is None:
            return None
        found = self._matching().filter(OneOf("pk", self._few)).values_list("date", "pk")
        return sorted(found, reverse=True)

    def _matching(self) -> QuerySet[Transaction]:
        rows = Transaction.objects.filter(self.conditions.of_rows(), trashed_at=None).order_by()
        for texts in self.conditions.texts:
            rows = rows.filter(holding(texts))
        if self.conditions.asks_lines:
            parts = Line.objects.filter(self.conditions.of_lines(), is_kept=True, transaction=OuterRef("pk"))
            rows = rows.filter(Exists(parts))
        return rows

    def rows(self) -> QuerySet[Transaction]:
        """Every row, in no order, nothing joined."""
        if self._exact is None:
            return self._matching()
        return Transaction.objects.filter(OneOf("pk", [key for _day, key in self._exact])).order_by()

    def lines(self, days: Collection[date] | None = None) -> QuerySet[Line]:
        """Every line that counts, of some days or of all: of the rows listed, the parts that were asked for."""
        lines = Line.objects.filter(self.conditions.of_lines(), self.conditions.days("date"), is_kept=True).order_by()
        of_days = {} if days is None else {"date__in": days}
        if self.conditions.accounts is not None:
            lines = lines.filter(account_id__in=self.conditions.accounts)
        if self._exact is not None:
            lines = lines.filter(OneOf("transaction_id", [key for _day, key in self._exact]))
        elif not self.conditions.in_kept_totals:
            lines = lines.filter(transaction__in=self._matching().filter(**of_days))
        return lines.filter(**of_days)

    @property
    def tally_is_cheap(self) -> bool:
        """Whether the sums cost no more than a page does, however many rows there are."""
        spans = self.conditions.spans
        is_short = bool(spans) and all(span.first and span.last for span in spans)
        known = self.conditions.in_kept_totals and self.conditions.categories is None
        return known or self._exact is not None or (is_short and len(spans) <= 2)

    def tally(self) -> Tally:
        """In, out, moved and how many, of exactly what is listed."""
        if self._exact == []:
            return tallies.added_up([], currency=self.currency, own=self.account is not None)
        by_totals = self.conditions.in_kept_totals
        figures = tallies.kept_figures(self.conditions) if by_totals else tallies.line_figures(self.lines())
        tally = tallies.added_up(figures, currency=self.currency, own=self.account is not None)
        changed: dict[str, Any] = {}
        if self.conditions.asks_lines:
            changed["count"] = self.lines().values("transaction").distinct().count()
        if tally.missing:
            by_totals = self.conditions.in_kept_totals
            changed["left_out"] = (
                tallies.kept_left_out(self.conditions) if by_totals else tallies.left_out(self.lines())
            )
        return tally.but(**changed)

    def page(self, after: str | None = None, size: int = ON_A_PAGE) -> ListPage:
        """The rows after a place in the list, latest first, with what a page shows of each."""
        place = read_place(after) if after else None
        places = self._places(place, size + 1)
        shown = places[:size]
        found = self.joined([key for _day, key in shown])
        more = f"{shown[-1][0]}.{shown[-1][1]}" if len(places) > size else None
        return ListPage(found, self._days(found), more)

    def _places(self, after: Place | None, most: int) -> list[Place]:
        if self._exact is not None:
            return [place for place in self._exact if after is None or place < after][:most]
        rows = self._matching()
        if after:
            rows = rows.filter(Q(date__lte=after[0]) & (Q(date__lt=after[0]) | Q(pk__lt=after[1])))
        return list(rows.order_by("-date", "-pk").values_list("date", "pk")[:most])

    def _days(self, rows: list[Transaction]) -> list[Day]:
        by_day: dict[date, list[Transaction]] = {}
        for row in rows:
            by_day.setdefault(row.date, []).append(row)
        totals = tallies.day_sums(self.lines(by_day.keys()), own=self.account is not None) if by_day else {}
        return [Day(day, totals.get(day, 0), some) for day, some in by_day.items()]

    def joined(self, keys: list[int]) -> list[Transaction]:
        """These rows in this order, with all that a row shows; `part` is what of a split was asked for."""
        if not keys:
            return []
        rows = {row.pk: row for row in with_all_shown(Transaction.objects.filter(OneOf("pk", keys)))}
        found = [rows[key] for key in keys if key in rows]
        wanted = self._parts(found) if self.conditions.asks_lines else {}
        for row in found:
            row.part = wanted.get(row.pk)  # type: ignore[attr-defined]
        attach_other_sides(found)
        return found

    def _parts(self, rows: list[Transaction]) -> dict[int, int]:
        """What of each split row was asked for, where that is not all of it."""
        parts: dict[int, int] = {}
        for line in Line.objects.filter(self.conditions.of_lines(), transaction__in=rows):
            parts[line.transaction_id] = parts.get(line.transaction_id, 0) + line.amount
        return {row.pk: parts[row.pk] for row in rows if row.pk in parts and len(row.lines.all()) > 1}


def listing(household: Household, search: Search, *, months: Sequence[Month] = ()) -> Listing:
    """What a search asks for within these months, or at any time; its days are those it was read with."""
    conditions, problems = understood(household, search, months)
    accounts = conditions.accounts or frozenset()
    account = Account.objects.filter(pk__in=accounts).first() if len(accounts) == 1 else None
    return Listing(household, conditions, tuple(problems), account)


def with_all_shown(rows: QuerySet[Transaction]) -> QuerySet[Transaction]:
    """Rows joined with all that a page shows of a transaction."""
    kept = Attachment.objects.filter(transaction=OuterRef("pk"), trashed_at=None)
    return (
        rows.select_related("account", "payee")
        .annotate(has_papers=Exists(kept), awaits_refund=Exists(_awaited()), is_refund=Exists(_came_back()))
        .prefetch_related(
            Prefetch("lines", Line.objects.select_related("category").order_by("position", "pk")),
            Prefetch("taggings", TransactionTag.objects.select_related("tag").order_by("tag__name")),
        )
    )


def _awaited() -> QuerySet[RefundLink]:
    return RefundLink.objects.filter(line__transaction=OuterRef("pk"), refund=None, given_up_on=None)


def _came_back() -> QuerySet[RefundLink]:
    return RefundLink.objects.filter(refund=OuterRef("pk"))


def attach_other_sides(rows: list[Transaction]) -> None:
    """`other_side` of each transfer: the transaction in the other account, or None where that one is out of sight."""
    keys = {row.transfer_id for row in rows if row.transfer_id}
    sides: dict[tuple[int | None, bool], Transaction] = {}
    if keys:
        every = Transaction.objects.filter(transfer__in=keys).select_related("account")
        sides = {(side.transfer_id, side.amount > 0): side for side in every}
    for row in rows:
        row.other_side = sides.get((row.transfer_id, row.amount <= 0)) if row.transfer_id else None  # type: ignore[attr-defined]


def read_place(text: str) -> Place | None:
    """A place in a list, as a page names it; None where the text is none."""
    day, _dot, key = text.partition(".")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None
