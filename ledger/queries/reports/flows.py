"""Income and spending of a list, grouped: from the kept totals where they know, else from exactly its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from django.db.models import Case, CharField, Count, DateField, F, Func, Q, QuerySet, Sum, Value, When

from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.calc.flows import Flow
from ledger.models import Category, DayTotal, Line, MonthTotal, RateState
from ledger.models.many import Keys, OneOf
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.conditions import Conditions, Span
from ledger.queries.listing import Listing
from ledger.queries.tallies import whole_months

By = Literal["month", "day", "account", "category", "payee", "tag", "member"]
Key = tuple[Any, ...]
Groups = dict[Key, Flow]
# What the kept totals are kept by.
_IN_MONTHS: frozenset[By] = frozenset({"month", "account", "category"})
_IN_DAYS: frozenset[By] = frozenset({"day", "account"})
# Where each is found: in month totals, day totals, lines.
_MONTH_FIELDS = {"month": "month", "account": "account_id", "category": "slot"}
_DAY_FIELDS = {"day": "day", "account": "account_id"}
_LINE_FIELDS = {
    "day": "date",
    "account": "account_id",
    "category": "category_id",
    "payee": "transaction__payee_id",
    "tag": "transaction__taggings__tag_id",
    "member": "transaction__entered_by_id",
}
UNCATEGORISED = MonthTotal.UNCATEGORISED
# The kind of what is in no category.
BY_SIGN = ""
Kinds = dict[int, str]
Rows = Iterable[tuple[Key, str, tuple[int, ...]]]


class MonthOf(Func):
    """The first day of a day's month, by what the database itself brings."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7) || '-01'", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="date_trunc('month', %(expressions)s)::date", **extra)


def grouped(listing: Listing, *by: By, own: bool = False, of: Q | None = None, kinds: Kinds | None = None) -> Groups:
    """What the listed lines came to, by the values named: {(month, category): flow}; no name at all is one sum.

    A month is its first day, a category its key and 0 where there is none; no payee, tag or member is None. In the
    currency of the listing: that of its one account, or the base currency; by account, `own` is in that of each. `of`
    is what a line must meet besides: the kept totals do not know it, and the rows listed are not looked for again.
    `kinds` are those of all categories, where they are known already.
    """
    own = own or listing.account is not None
    if of is None and _in_days(listing.conditions, by):
        found = _of_days(listing.conditions, by, own=own)
    else:
        kinds = category_kinds() if kinds is None else kinds
        some = listing.lines().filter(of) if of else None
        found = _added_up(_rows(listing, by, kinds, own=own) if some is None else _of_lines(some, by, kinds, own=own))
    if own:
        # In an account's own currency nothing is converted.
        for flow in found.values():
            flow.estimated = flow.missing = 0
    return {key: flow for key, flow in found.items() if not flow.is_nothing}


def _added_up(rows: Rows) -> Groups:
    found: Groups = defaultdict(Flow)
    for key, kind, figures in rows:
        _put(found[key], kind, *figures)
    return found


def _put(flow: Flow, kind: str, coming_in: int, going_out: int, count: int, rough: int, unknown: int) -> None:
    if kind == BY_SIGN:
        flow.income += coming_in
        flow.spending -= going_out
    elif kind == Category.Kind.INCOME:
        flow.income += coming_in + going_out
    else:
        flow.spending -= coming_in + going_out
    flow.count += count
    flow.estimated += rough
    flow.missing += unknown


def whole(listing: Listing) -> Flow:
    """All of it as one."""
    return grouped(listing).get((), Flow())


KINDS = Prepared(lambda: Category.objects.order_by().values_list("pk", "kind"))


def category_kinds() -> Kinds:
    return {row[0]: row[1] for row in KINDS.rows()}


def _in_months(conditions: Conditions, by: Sequence[By]) -> bool:
    return conditions.in_kept_totals and _IN_MONTHS.issuperset(by)


def _in_days(conditions: Conditions, by: Sequence[By]) -> bool:
    """Whether the totals of days know it, which tell by themselves what counts as income."""
    known = conditions.in_kept_totals and conditions.categories is None and _IN_DAYS.issuperset(by)
    return known and not _in_months(conditions, by)


def _rows(listing: Listing, by: Sequence[By], kinds: Kinds, *, own: bool) -> Rows:
    """Groups by what is asked and by what they count as, each with in, out, count, estimated and missing."""
    conditions = listing.conditions
    if _in_months(conditions, by):
        for span in conditions.spans or (Span(),):
            months, ragged = whole_months(span)
            if months:
                yield from _of_months(conditions, months, by, kinds, own=own)
            for days in ragged:
                yield from _of_lines(listing.over(days).lines(), by, kinds, own=own)
    else:
        yield from _of_lines(listing.lines(), by, kinds, own=own)


class Shape(NamedTuple):
    """What questions to the kept totals have in common that differ in nothing but values."""

    by: tuple[By, ...]
    own: bool
    accounts: bool
    categories: bool = False

    def month_sums(self) -> QuerySet[MonthTotal, Any]:
        rows = MonthTotal.objects.filter(month__gte=_day("first"), month__lte=_day("last"))
        rows = rows.exclude(slot=MonthTotal.TRANSFER).order_by()
        if self.accounts:
            rows = rows.filter(OneOf("account_id", Keys("accounts")))
        if self.categories:
            rows = rows.filter(OneOf("slot", Keys("categories")))
        counts_as = _counts_as("slot", self.by, OneOf("slot", Keys("income")))
        fields = [_MONTH_FIELDS[name] for name in self.by]
        return rows.annotate(counts_as=counts_as).values_list(*fields, "counts_as").annotate(**_sums(own=self.own))

    def day_sums(self) -> QuerySet[DayTotal, Any]:
        """A day's total is of one flow already: what stands in it counts as that, whatever its sign."""
        rows = DayTotal.objects.filter(day__gte=_day("first"), day__lte=_day("last"))
        rows = rows.exclude(flow=DayTotal.Flow.TRANSFER).order_by()
        if self.accounts:
            rows = rows.filter(OneOf("account_id", Keys("accounts")))
        which, sums = "sum" if self.own else "base", _sums(own=self.own)
        net, spent = F(f"{which}_in") + F(f"{which}_out"), 0 - F(f"{which}_in") - F(f"{which}_out")
        is_income = Q(flow=DayTotal.Flow.INCOME)
        sums |= {"all_in": Sum(net, filter=is_income, default=0), "all_out": Sum(spent, filter=~is_income, default=0)}
        return rows.values_list(*[_DAY_FIELDS[name] for name in self.by]).annotate(**sums)


def _day(name: str) -> Slot:
    return Slot(name, DateField())


@lru_cache(maxsize=256)
def _month_sums(shape: Shape) -> Prepared:
    return Prepared(shape.month_sums, OUT_OF_SIGHT)


@lru_cache(maxsize=64)
def _day_sums(shape: Shape) -> Prepared:
    return Prepared(shape.day_sums, OUT_OF_SIGHT)


def _counts_as(slot: str, by: Sequence[By], is_income: Any) -> Any:
    """Where the category is asked for, it tells; else the database tells the kind, and brings far fewer groups."""
    if "category" in by:
        return F(slot)
    unfiled = Q(**{slot: UNCATEGORISED}) if slot == "slot" else Q(**{slot: None})
    return Case(
        When(unfiled, then=Value(BY_SIGN)),
        When(is_income, then=Value(Category.Kind.INCOME.value)),
        default=Value(Category.Kind.EXPENSE.value),
        output_field=CharField(),
    )


def _told(rows: Iterable[Any], by: Sequence[By], kinds: Kinds) -> Rows:
    """Rows of a database: the values asked for, what they count as, the figures."""
    width = len(by)
    category = by.index("category") if "category" in by else None
    for row in rows:
        key, kind = tuple(row[:width]), row[width]
        if category is not None:
            slot = kind or UNCATEGORISED
            key, kind = (*key[:category], slot, *key[category + 1 :]), kinds.get(slot, BY_SIGN)
        yield key, kind, tuple(map(int, row[width + 1 :]))


def _of_months(conditions: Conditions, months: Span, by: Sequence[By], kinds: Kinds, *, own: bool) -> Rows:
    shape = Shape(tuple(by), own, conditions.accounts is not None, conditions.categories is not None)
    rows = _month_sums(shape).rows(
        first=months.first,
        last=months.last,
        accounts=conditions.accounts or (),
        categories=conditions.categories or (),
        income=_income(kinds),
    )
    yield from _told(rows, by, kinds)


def _income(kinds: Kinds) -> list[int]:
    return [key for key, kind in kinds.items() if kind == Category.Kind.INCOME]


def _sums(*, own: bool) -> dict[str, Sum]:
    which = "sum" if own else "base"
    return {
        "all_in": Sum(f"{which}_in"),
        "all_out": Sum(f"{which}_out"),
        "lines": Sum("count"),
        "rough": Sum("estimated"),
        "unknown": Sum("missing"),
    }


def _of_days(conditions: Conditions, by: Sequence[By], *, own: bool) -> Groups:
    found: Groups = {}
    asked, width = _day_sums(Shape(tuple(by), own, conditions.accounts is not None)), len(by)
    for span in conditions.spans or (Span(),):
        first, last = span.first or FIRST_DAY, span.last or LAST_DAY
        for row in asked.rows(first=first, last=last, accounts=conditions.accounts or ()):
            key, flow = tuple(row[:width]), Flow(*map(int, row[width:]))
            if key in found:
                flow.add(found[key])
            found[key] = flow
    return found


_IN, _OUT = Q(amount__gt=0), ~Q(amount__gt=0)


def _of_lines(lines: QuerySet[Line], by: Sequence[By], kinds: Kinds, *, own: bool) -> Rows:
    amount = "amount" if own else "base_amount"
    sums = {
        "all_in": Sum(amount, filter=_IN, default=0),
        "all_out": Sum(amount, filter=_OUT, default=0),
        "lines": Count("pk"),
        "rough": Count("pk", filter=Q(rate_state=RateState.ESTIMATED)),
        "unknown": Count("pk", filter=Q(rate_state=RateState.MISSING)),
    }
    named = {f"by_{name}": MonthOf("date") if name == "month" else F(_LINE_FIELDS[name]) for name in by}
    counts_as = _counts_as("category_id", by, Q(category_id__in=_income(kinds)))
    rows = lines.filter(is_transfer=False).order_by().annotate(**named, counts_as=counts_as)
    yield from _told(rows.values_list(*named, "counts_as").annotate(**sums), by, kinds)


def flows_by_day(listing: Listing) -> dict[date, Flow]:
    return {day: flow for (day,), flow in grouped(listing, "day").items()}
