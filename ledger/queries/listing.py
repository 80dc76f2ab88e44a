"""A list of transactions: its pages, its sums and all its rows, by one set of conditions, so that all agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from financeflow.households.models import Household
from financeflow.web.months import Month
from ledger.calc.terms import Search
from ledger.models import Account, Line, Transaction, TransactionTag
from ledger.models.many import OneOf
from ledger.queries import plain, tallies
from ledger.queries.conditions import Conditions, Keys, Span
from ledger.queries.frequent import Sample, sample_of
from ledger.queries.plain import Place, shape_of, values_of
from ledger.queries.rows import is_split, noted, rows_of
from ledger.queries.tallies import Tally
from ledger.queries.understanding import NOTHING, crossed_with, understood
from ledger.queries.wording import first_matches, first_of_any, holding

# Up to so many rows are looked at one by one; where more match, walking from the newest finds a page of them soon.
FEW = 6000
ON_A_PAGE = 50
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Day:
    """The rows of one day on a page, and what the whole day came to."""

    day: date
    total: int
    rows: list[Any]


@dataclass(frozen=True)
class ListPage:
    """One page of a list, latest first; `next` asks for what comes after it."""

    rows: list[Any]
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

    def over(self, span: Span) -> Listing:
        """Of the same transactions those within these days."""
        spans = crossed_with(self.conditions.spans or (Span(),), span)
        none = () if spans else (NOTHING,)
        return replace(
            self, conditions=replace(self.conditions, spans=tuple(spans), rows=(*self.conditions.rows, *none))
        )

    @cached_property
    def _is_frequent(self) -> bool:
        """Whether so many rows hold the words, and nothing else is asked for, that the newest are found by walking."""
        texts = self.conditions.texts
        return bool(texts) and self.conditions == Conditions(texts=texts) and self._sample.rows_with(texts) > FEW

    @cached_property
    def _sample(self) -> Sample:
        return sample_of(self.household)

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
        """All words that must occur in one question to the index; a text that may be one of two in two.

        Where there are rarer ones, it is not asked for those that occur in very many rows.
        """
        every = self.conditions.texts
        asked = [texts for texts in every if self._sample.rows_with([texts]) <= FEW] if len(every) > 1 else []
        asked = asked or [*every]
        sure = [word for texts in asked if len(texts) == 1 for word in texts[0].split()]
        if sure:
            yield lambda most: first_matches(sure, most)
        for texts in asked:
            if len(texts) > 1:
                yield partial(first_of_any, [text.split() for text in texts])

    @cached_property
    def _exact(self) -> list[Place] | None:
        """Where they are few: the day and key of every row, latest first."""
        if self._few is None:
            return None
        if self._few and (shape := shape_of(self.conditions, few=True)):
            return plain.places(shape, values_of(self.conditions, keys=self._few))
        found = self._matching().filter(OneOf("pk", self._few)).values_list("date", "pk") if self._few else ()
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
        return known or (is_short and len(spans) <= 2) or (not self._is_frequent and self._exact is not None)

    def tally(self) -> Tally:
        """In, out, moved and how many, of exactly what is listed."""
        if self._exact == []:
            return tallies.added_up([], currency=self.currency, own=self.account is not None)
        tally = tallies.added_up(self._figures(), currency=self.currency, own=self.account is not None)
        changed: dict[str, Any] = {}
        if self.conditions.asks_lines:
            changed["count"] = self.lines().values("transaction").distinct().count()
        if tally.missing:
            by_totals = self.conditions.in_kept_totals
            changed["left_out"] = (
                tallies.kept_left_out(self.conditions) if by_totals else tallies.left_out(self.lines())
            )
        return tally.but(**changed)

    def _figures(self) -> tallies.Figures:
        if self._exact is not None and not self.conditions.asks_lines:
            return plain.row_figures([key for _day, key in self._exact])
        if self.conditions.in_kept_totals:
            return plain.month_figures(self.conditions) or tallies.kept_figures(self.conditions)
        return tallies.line_figures(self.lines())

    def page(self, after: str | None = None, size: int = ON_A_PAGE, *, light: bool = False) -> ListPage:
        """Rows after a place, latest first, with all that is shown of each; `light` ones have no more."""
        place = read_place(after) if after else None
        places = self._places(place, size + 1)
        shown = places[:size]
        found = self._joined([key for _day, key in shown], light)
        more = f"{shown[-1][0]}.{shown[-1][1]}" if len(places) > size else None
        return ListPage(found, self._days(found), more)

    def _places(self, after: Place | None, most: int) -> list[Place]:
        walks = after is None and self._is_frequent
        if not walks and self._exact is not None:
            return [place for place in self._exact if after is None or place < after][:most]
        if shape := shape_of(self.conditions, after=after is not None, most=most):
            day, key = after or (None, None)
            return plain.places(shape, values_of(self.conditions, **{"after day": day, "after key": key}))
        rows = self._matching()
        if after:
            rows = rows.filter(Q(date__lte=after[0]) & (Q(date__lt=after[0]) | Q(pk__lt=after[1])))
        return list(rows.order_by("-date", "-pk").values_list("date", "pk")[:most])

    def _days(self, rows: list[Any]) -> list[Day]:
        by_day: dict[date, list[Any]] = {}
        for row in rows:
            by_day.setdefault(row.date, []).append(row)
        totals = self._day_sums(by_day.keys()) if by_day else {}
        return [Day(day, totals.get(day, 0), some) for day, some in by_day.items()]

    def _day_sums(self, days: Collection[date]) -> dict[date, int]:
        """What these days came to, which follow one another in the list."""
        own = self.account is not None
        exact = None if self._is_frequent else self._exact
        shape = shape_of(self.conditions, few=exact is not None)
        if shape is None:
            return tallies.day_sums(self.lines(days), own=own)
        keys = [key for day, key in exact or () if day in days]
        between = {"first day": min(days), "last day": max(days)}
        return plain.day_sums(shape, values_of(self.conditions, keys=keys, **between), own=own)

    def _joined(self, keys: list[int], light: bool) -> list[Any]:
        """These rows in this order, with all that a row shows; `part` is what of a split was asked for."""
        found: list[Any] = [*(rows_of(keys) if light else _whole_rows(keys))]
        wanted = self._parts(found) if self.conditions.asks_lines else {}
        for row in found:
            row.part = wanted.get(row.pk)
        return found

    def _parts(self, rows: list[Any]) -> dict[int, int]:
        """What of each split row was asked for, where that is not all of it."""
        parts: dict[int, int] = {}
        lines = Line.objects.filter(self.conditions.of_lines(), OneOf("transaction_id", [row.pk for row in rows]))
        for key, amount in lines.order_by().values_list("transaction_id", "amount") if rows else ():
            parts[key] = parts.get(key, 0) + amount
        return {row.pk: parts[row.pk] for row in rows if row.pk in parts and is_split(row)}


def listing(household: Household, search: Search, *, months: Sequence[Month] = ()) -> Listing:
    """What a search asks for within these months, or at any time; its days are those it was read with."""
    conditions, problems = understood(household, search, months)
    accounts = conditions.accounts or frozenset()
    account = Account.objects.filter(pk__in=accounts).first() if len(accounts) == 1 else None
    return Listing(household, conditions, tuple(problems), account)


def with_all_shown(rows: QuerySet[Transaction]) -> QuerySet[Transaction]:
    """Rows joined with all that a page shows of a transaction."""
    return (
        rows.select_related("account", "payee")
        .annotate(**noted())
        .prefetch_related(
            Prefetch("lines", Line.objects.select_related("category").order_by("position", "pk")),
            Prefetch("taggings", TransactionTag.objects.select_related("tag").order_by("tag__name")),
        )
    )


def _whole_rows(keys: list[int]) -> list[Transaction]:
    if not keys:
        return []
    rows = {row.pk: row for row in with_all_shown(Transaction.objects.filter(OneOf("pk", keys)))}
    found = [rows[key] for key in keys if key in rows]
    attach_other_sides(found)
    return found


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
        return date.fromisoformat(day), max(-LARGEST_KEY, min(int(key), LARGEST_KEY))
    except ValueError:
        return None
