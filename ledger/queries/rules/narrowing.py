"""Conditions of rules as far as the database can answer them: never fewer rows than a rule matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.sql.compiler import SQLCompiler

from financeflow.money.currencies import minor_digits
from ledger.calc.rules import FIELDS, Condition, Kind, Known, Told, safe_pattern
from ledger.calc.rules.matching import scaled
from ledger.calc.rules.patterns import found_in
from ledger.calc.words import plain_words
from ledger.models import Account, Line, Payee, TransactionTag
from ledger.models.many import OneOf
from ledger.queries.wording import Contains

# So many payees are named one by one; a condition that more of them meet is asked of the rows.
MOST_PAYEES: Final = 2000
# A condition and whether it is all of what is asked, so that its opposite may be asked for too.
Narrowed = tuple[Q, bool]


def narrowed(told: Told, known: Known) -> Q | None:
    """What every row that the rule matches must meet; None where the database cannot tell."""
    found = [_narrowed(condition, known) for condition in told.conditions]
    known_ones = [each for each in found if each is not None]
    if told.match_any:
        return reduce(or_, known_ones) if known_ones and len(known_ones) == len(found) else None
    return Q(*known_ones) if known_ones else None


def _narrowed(condition: Condition, known: Known) -> Q | None:
    answer = _BUILDERS[FIELDS[condition.field]](condition, known)
    if answer is None:
        return None
    found, is_exact = answer
    if not condition.negate:
        return found
    return ~found if is_exact else None


def _text(condition: Condition, known: Known) -> Narrowed | None:
    if condition.field == "payee":
        return _payee(condition, known)
    if condition.op in ("regex", "empty"):
        return None
    found = _any(Q(Contains(F("words"), plain_words(value))) for value in condition.values)
    if condition.field == "text":
        found |= _any(Q(Contains(F("payee_words"), plain_words(value))) for value in condition.values)
    return found, False


def _payee(condition: Condition, known: Known) -> Narrowed | None:
    if condition.op == "empty":
        return Q(payee=None), True
    payees = Payee.objects.filter(trashed_at=None)
    if condition.op == "regex":
        pattern = safe_pattern(condition.values[0])
        if found_in(pattern, ""):
            return None
        keys = [key for key, name in payees.values_list("pk", "name") if found_in(pattern, name)]
        return Q(OneOf("payee_id", keys)), False
    if condition.op in ("is", "one_of"):
        wanted = [known.payee_key(value) for value in condition.values]
        return Q(payee__in=list(payees.filter(key__in=wanted).values_list("pk", flat=True))), True
    lookup = {"contains": "contains", "starts": "startswith", "ends": "endswith"}[condition.op]
    keys = list(
        payees.filter(**{f"key__{lookup}": plain_words(condition.values[0])}).values_list("pk", flat=True)[
            : MOST_PAYEES + 1
        ]
    )
    if len(keys) > MOST_PAYEES:
        return Q(Contains(F("payee_words"), plain_words(condition.values[0]))), False
    return Q(payee__in=keys), True


def _amount(condition: Condition, _known: Known) -> Narrowed | None:
    values = [scaled(value) for value in condition.values]
    currencies = set(Account.objects.values_list("currency", flat=True))
    found = Q(pk__in=[])
    for digits in {minor_digits(currency) for currency in currencies}:
        of = Q(currency__in=sorted(code for code in currencies if minor_digits(code) == digits))
        found |= of & _bounds(condition, values, 10 ** (4 - digits))
    return found, True


def _bounds(condition: Condition, values: list[int], scale: int) -> Q:
    low, high = _limits(condition.op, values, scale)
    within = _between(low, high)
    if condition.field == "signed":
        return within
    mirrored = _between(None if high is None else -high, None if low is None else -low)
    return (Q(amount__gte=0) & within) | (Q(amount__lte=0) & mirrored)


def _limits(op: str, values: list[int], scale: int) -> tuple[int | None, int | None]:
    """The smallest and largest number of minor units that fits."""
    first, last = values[0], values[-1]
    if op == "greater":
        return first // scale + 1, None
    if op == "less":
        return None, -(-first // scale) - 1
    return -(-first // scale), last // scale


def _between(low: int | None, high: int | None) -> Q:
    found = Q()
    if low is not None:
        found &= Q(amount__gte=low)
    if high is not None:
        found &= Q(amount__lte=high)
    return found


def _day(condition: Condition, _known: Known) -> Narrowed | None:
    days = [int(value) for value in condition.values]
    first, last = days[0], days[-1]
    within = {"greater": range(first + 1, 32), "less": range(1, first), "between": range(first, last + 1)}
    return Q(DayIsOneOf("date", list(within.get(condition.op, days)))), True


def _choice(condition: Condition, _known: Known) -> Narrowed | None:
    if condition.field == "sign":
        return (Q(amount__lt=0) if "out" in condition.values else Q(amount__gt=0)), True
    if condition.field == "weekday":
        return Q(DayIsOneOf("date", [int(value) for value in condition.values], of="week")), True
    return Q(**{f"{condition.field}__in": list(condition.values)}), True


def _row(condition: Condition, known: Known) -> Narrowed | None:
    if condition.field == "account":
        return Q(account__in=[known.accounts[uid] for uid in condition.values if uid in known.accounts]), True
    if condition.field == "tag":
        taggings = TransactionTag.objects.filter(transaction=OuterRef("pk"))
        if condition.op == "empty":
            return ~Q(Exists(taggings)), True
        tags = [known.tags[uid] for uid in condition.values if uid in known.tags]
        return Q(Exists(taggings.filter(tag__in=tags))), True
    lines = Line.objects.filter(transaction=OuterRef("pk"))
    if condition.op == "empty":
        return ~Q(Exists(lines.filter(category__isnull=False))), True
    keys = [known.categories[uid] for uid in condition.values if uid in known.categories]
    inside = [key for each in keys for key in (each, *known.within.get(each, ()))]
    return Q(Exists(lines.filter(category__in=inside))), True


class DayIsOneOf(Func):
    """`the day of the month, or of the week, is one of these`, asked in the database's own quick way."""

    conditional = True
    output_field = models.BooleanField()
    words: ClassVar = {
        ("sqlite", "month"): "CAST(substr({}, 9, 2) AS INTEGER)",
        ("sqlite", "week"): "((CAST(strftime('%%w', {}) AS INTEGER) + 6) %% 7 + 1)",
        ("postgresql", "month"): "EXTRACT(DAY FROM {})",
        ("postgresql", "week"): "EXTRACT(ISODOW FROM {})",
    }

    def __init__(self, column: str, days: Sequence[int], *, of: str = "month", **extra: Any) -> None:
        super().__init__(F(column), **extra)
        self.days, self.of = tuple(days), of

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        day = self.words[connection.vendor, self.of].format(column)
        # Whole numbers of our own; a day that there is none of is never met.
        return f"{day} IN ({', '.join(str(int(each)) for each in self.days) or '0'})", [*params]


_BUILDERS: Final[dict[Kind, Callable[[Condition, Known], Narrowed | None]]] = {
    Kind.TEXT: _text,
    Kind.AMOUNT: _amount,
    Kind.DAY: _day,
    Kind.CHOICE: _choice,
    Kind.ROW: _row,
}


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)
