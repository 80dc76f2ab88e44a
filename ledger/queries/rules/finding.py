"""The transactions that rules may have something to say about, and what rules know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from financeflow.money.currencies import minor_digits
from ledger.calc.rules import Compiled, Facts, Known
from ledger.calc.rules.fields import FILING
from ledger.models import Line, RefundLink, Transaction, TransactionTag
from ledger.models.many import OneOf
from ledger.queries.rules.narrowing import narrowed

_COLUMNS = (
    "pk",
    "amount",
    "currency",
    "account_id",
    "payee__name",
    "payee__key",
    "description",
    "notes",
    "date",
    "source",
)


def candidates(
    rules: Sequence[Compiled], known: Known, rows: QuerySet[Transaction] | None = None, *, also_filed: bool = False
) -> QuerySet[Transaction]:
    """All that one of these rules may match and change, and perhaps more, transfers too; in no order."""
    every = (Transaction.objects.all() if rows is None else rows).filter(trashed_at=None)
    asked = [narrowed(rule.told, known) for rule in rules if not rule.is_broken]
    if not asked:
        return every.none().order_by()
    some = [each for each in asked if each is not None]
    if len(some) == len(asked):
        every = every.filter(reduce(or_, some))
    if not also_filed and all(_only_files(rule) for rule in rules):
        every = every.filter(
            Q(Exists(Line.objects.filter(transaction=OuterRef("pk"), category=None, is_transfer=False)))
        )
    return every.order_by()


def _only_files(rule: Compiled) -> bool:
    return {action.do for action in rule.actions} <= FILING


def facts_of(keys: Sequence[int]) -> dict[int, Facts]:
    """What rules know of these transactions, by their keys; nothing of transfers, which they leave alone.

    That is asked here, for asked with the order of days it would lead a database astray.
    """
    categories = _gathered(Line, "category_id", keys)
    tags = _gathered(TransactionTag, "tag_id", keys)
    refunds = set(RefundLink.objects.filter(OneOf("refund_id", keys)).values_list("refund_id", flat=True))
    rows = Transaction.objects.filter(OneOf("pk", keys), transfer=None).order_by().values_list(*_COLUMNS)
    return {
        key: Facts(
            amount,
            minor_digits(currency),
            currency,
            account,
            payee or "",
            payee_key or "",
            description,
            notes,
            tuple(categories[key]),
            frozenset(tags[key]),
            on.day,
            on.isoweekday(),
            source,
            key in refunds,
        )
        for key, amount, currency, account, payee, payee_key, description, notes, on, source in rows
    }


def _gathered(model: type[Line] | type[TransactionTag], column: str, keys: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    order = ("transaction_id", "position", "pk") if model is Line else ("transaction_id",)
    rows = model.objects.filter(OneOf("transaction_id", list(keys))).order_by(*order)
    for key, value in rows.values_list("transaction_id", column):
        found[key].append(value)
    return found
