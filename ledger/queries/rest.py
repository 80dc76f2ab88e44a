"""What is not categorised yet, in groups that belong under one category: the same payee, or the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.fields import BooleanField

from financeflow.households.models import Household
from ledger.calc.payee_names import readable_name
from ledger.calc.words import name_key, plain_words
from ledger.models import Line, RefundLink, Transaction
from ledger.models.many import OneOf
from ledger.queries.guessing import unfiled
from ledger.queries.suggesting import Suggestion, suggest_categories

# So many suggestions have a key.
MOST_SUGGESTED = 5
_SUMS = {"count": Count("pk"), "total": Sum("amount", default=0)}


@dataclass
class Group:
    """Transactions of one payee, or of one name in the bank's words, that went the same way."""

    key: str
    name: str
    is_in: bool
    payee: int | None = None
    words: set[str] = field(default_factory=set)
    count: int = 0
    sums: dict[str, int] = field(default_factory=dict)

    def take(self, count: int, currency: str, total: int) -> None:
        self.count += count
        self.sums[currency] = self.sums.get(currency, 0) + total

    @property
    def holds_name(self) -> bool:
        """Whether its name stands in all that the bank wrote, so that a rule can ask for it."""
        name = plain_words(self.name)
        return bool(name) and all(f" {name}" in f" {plain_words(words)}" for words in self.words)


def rest_groups() -> list[Group]:
    """All of them, the biggest first."""
    groups: dict[str, Group] = {}
    by_payee = open_lines().filter(transaction__payee__isnull=False)
    named = ("transaction__payee", "transaction__payee__uid", "transaction__payee__name")
    for payee, uid, name, is_in, currency, count, total in _counted(by_payee, *named):
        key = _key(is_in, str(uid))
        groups.setdefault(key, Group(key, name, is_in, payee)).take(count, currency, total)
    for words, is_in, currency, count, total in _counted(
        open_lines().filter(transaction__payee=None), "transaction__description"
    ):
        name = readable_name(words) or words
        key = _key(is_in, f"={name_key(name)}")
        group = groups.setdefault(key, Group(key, name, is_in))
        group.words.add(words)
        group.take(count, currency, total)
    return sorted(groups.values(), key=lambda group: (-group.count, name_key(group.name), group.key))


def _key(is_in: bool, name: str) -> str:
    return f"{'in' if is_in else 'out'}.{name}"


def open_lines() -> QuerySet[Line]:
    """The lines without a category that could have one: of whole transactions, which are no money back."""
    lines = Line.objects.filter(category=None, is_transfer=False, is_kept=True).order_by()
    another = Line.objects.filter(transaction=OuterRef("transaction")).exclude(pk=OuterRef("pk"))
    link = RefundLink.objects.filter(refund=OuterRef("transaction"))
    return lines.filter(~Exists(another), ~Exists(link))


def left_over() -> int:
    """How many transactions are uncategorised that are no group: parts of splits, and money back."""
    lines = Line.objects.filter(category=None, is_transfer=False, is_kept=True).order_by()
    every = lines.values("transaction").distinct().count()
    return every - open_lines().count()


def _counted(lines: QuerySet[Line], *by: str) -> Iterable[Any]:
    """How many, and their sum, by these columns, the way the money went and its currency."""
    goes_in = Case(When(amount__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    return lines.annotate(goes_in=goes_in).values_list(*by, "goes_in", "transaction__currency").annotate(**_SUMS)


def keys_of(group: Group) -> list[int]:
    """The transactions of a group, latest first."""
    goes = Q(amount__gt=0) if group.is_in else Q(amount__lte=0)
    lines = open_lines().filter(goes, transaction__payee=group.payee).order_by("-date", "-transaction_id")
    found = lines.values_list("transaction_id", "transaction__description")
    return [key for key, words in found if group.payee or words in group.words]


def transactions_at(keys: list[int]) -> QuerySet[Transaction]:
    return Transaction.objects.filter(OneOf("pk", keys))


def suggested_for(household: Household, key: int) -> list[Suggestion]:
    """What a group is likely to be for, as its latest transaction says."""
    latest = transactions_at([key]).select_related("payee__default_category").get()
    [found] = suggest_categories(household, [unfiled(latest)])
    return found[:MOST_SUGGESTED]
