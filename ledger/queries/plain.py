"""Lists by nothing but words, days and accounts, as most are: each shape of them is put into SQL once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, DateField, Q, QuerySet, Sum, TextField, When

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.models import Line, MonthTotal, Transaction
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.conditions import Conditions, Span
from ledger.queries.tallies import OF_LINES, OF_TOTALS, whole_months
from ledger.queries.wording import holding

Place = tuple[date, int]
MOST_SHAPES = 256


class Shape(NamedTuple):
    """What lists have in common that differ in nothing but values.

    `texts` has how many texts each word may be; `spans` which ends of each are given; `few` that the keys are known;
    `after` that it goes on after a place; `most` how many rows are asked for.
    """

    texts: tuple[int, ...] = ()
    spans: tuple[tuple[bool, bool], ...] = ()
    accounts: bool = False
    few: bool = False
    after: bool = False
    most: int | None = None

    def rows(self) -> QuerySet[Transaction]:
        rows = Transaction.objects.filter(self._days(), trashed_at=None).order_by()
        if self.accounts:
            rows = rows.filter(OneOf("account_id", Keys("accounts")))
        if self.few:
            rows = rows.filter(OneOf("pk", Keys("keys")))
        for word, texts in enumerate(self.texts):
            rows = rows.filter(holding([Slot(f"text {word} {which}", TextField()) for which in range(texts)]))
        return rows

    def places(self) -> QuerySet[Transaction, Any]:
        rows = self.rows()
        if self.after:
            day, key = _day("after day"), Slot("after key")
            rows = rows.filter(Q(date__lte=day) & (Q(date__lt=day) | Q(pk__lt=key)))
        # Told to sort a few rows, SQLite walks all of them in order rather than look those up.
        return (rows if self.few else rows.order_by("-date", "-pk")).values_list("date", "pk")[: self.most]

    def lines(self) -> QuerySet[Line]:
        """The lines that count, of the days from one to another."""
        lines = Line.objects.filter(self._days(), is_kept=True).order_by()
        if self.accounts:
            lines = lines.filter(OneOf("account_id", Keys("accounts")))
        if self.few:
            return lines.filter(OneOf("transaction_id", Keys("keys")))
        between = {"date__gte": _day("first day"), "date__lte": _day("last day")}
        lines = lines.filter(**between)
        return lines.filter(transaction__in=self.rows().filter(**between)) if self.texts else lines

    def _days(self) -> Q:
        found = Q()
        for place, (has_first, has_last) in enumerate(self.spans):
            of_span = Q(date__gte=_day(f"first {place}")) if has_first else Q()
            found |= of_span & Q(date__lte=_day(f"last {place}")) if has_last else of_span
        return found


def _day(name: str) -> Slot:
    return Slot(name, DateField())


def shape_of(conditions: Conditions, **more: Any) -> Shape | None:
    """None where more is asked for than words, days and accounts."""
    if conditions.rows or conditions.asks_lines:
        return None
    spans = tuple((span.first is not None, span.last is not None) for span in conditions.spans)
    return Shape(tuple(map(len, conditions.texts)), spans, conditions.accounts is not None, **more)


def values_of(conditions: Conditions, **more: Any) -> dict[str, Any]:
    """What goes into the slots of the shape."""
    values: dict[str, Any] = {"accounts": sorted(conditions.accounts or ()), **more}
    for place, span in enumerate(conditions.spans):
        values |= {f"first {place}": span.first, f"last {place}": span.last}
    for word, texts in enumerate(conditions.texts):
        values |= {f"text {word} {which}": f" {text}" for which, text in enumerate(texts)}
    return values


@lru_cache(maxsize=MOST_SHAPES)
def _places(shape: Shape) -> Prepared:
    return Prepared(shape.places, OUT_OF_SIGHT)


@lru_cache(maxsize=MOST_SHAPES)
def _day_sums(shape: Shape, amount: str) -> Prepared:
    def question() -> QuerySet[Line, Any]:
        lines = shape.lines().filter(is_transfer=False)
        return lines.values_list("date").annotate(total=Sum(amount, default=0))

    return Prepared(question, OUT_OF_SIGHT)


def places(shape: Shape, values: dict[str, Any]) -> list[Place]:
    """Where the rows of a list stand: the day and key of each, latest first."""
    found = [(day, key) for day, key in _places(shape).rows(**values)]
    return sorted(found, reverse=True) if shape.few else found


def day_sums(shape: Shape, values: dict[str, Any], *, own: bool) -> dict[date, int]:
    """What each day came to, apart from transfers: from one day to another, or of rows whose keys are known."""
    found = _day_sums(shape, "amount" if own else "base_amount").rows(**values)
    return {day: int(total) for day, total in found}


def _of_rows() -> QuerySet[Line, Any]:
    lines = Line.objects.filter(OneOf("transaction_id", Keys("keys")), is_kept=True).order_by()
    return lines.values_list("is_transfer").annotate(**OF_LINES)


def _of_months() -> QuerySet[MonthTotal, Any]:
    months = MonthTotal.objects.filter(month__gte=_day("first"), month__lte=_day("last")).order_by()
    is_moved = Case(When(slot=MonthTotal.TRANSFER, then=True), default=False, output_field=BooleanField())
    return months.annotate(is_moved=is_moved).values_list("is_moved").annotate(**OF_TOTALS)


OF_ROWS, OF_MONTHS = Prepared(_of_rows, OUT_OF_SIGHT), Prepared(_of_months, OUT_OF_SIGHT)


def row_figures(keys: Sequence[int]) -> list[tuple[bool, dict[str, int]]]:
    """Figures of all lines of these rows, of transfers (true) and of all else (false)."""
    return [(is_moved, dict(zip(OF_LINES, rest, strict=True))) for is_moved, *rest in OF_ROWS.rows(keys=keys)]


def month_figures(conditions: Conditions) -> list[tuple[bool, dict[str, int]]] | None:
    """The same of the whole months of one span, of all accounts and categories; None where more is asked for."""
    if conditions.accounts is not None or conditions.categories is not None or len(conditions.spans) > 1:
        return None
    months, ragged = whole_months(*conditions.spans or (Span(),))
    if ragged or months is None:
        return None
    found = OF_MONTHS.rows(first=months.first, last=months.last)
    return [(is_moved, dict(zip(OF_TOTALS, rest, strict=True))) for is_moved, *rest in found]
