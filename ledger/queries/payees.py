"""Questions about payees and tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from financeflow.tenancy.models import InScope
from financeflow.tenancy.scope import whole_household
from ledger.calc.words import plain_words
from ledger.models import Payee, PayeeAlias, Tag, Transaction, TransactionTag
from ledger.models.sight import InSight
from ledger.queries.uses import LastUse, Times

ON_A_PAGE = 50


def payees() -> models.QuerySet[Payee]:
    return Payee.objects.filter(trashed_at=None).select_related("default_category")


def payees_by_key(keys: Iterable[str]) -> dict[str, Payee]:
    """Payees by the keys of their names and of their other spellings; a name goes before a spelling."""
    wanted = list(keys)
    found = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        spellings = PayeeAlias.objects.filter(key__in=some, payee__trashed_at=None).select_related("payee")
        found.update({alias.key: alias.payee for alias in spellings})
        found.update({payee.key: payee for payee in payees().filter(key__in=some)})
    return found


def payees_like(words: str) -> models.QuerySet[Payee]:
    """Payees with these letters in their name, or in another spelling of it; without letters all of them."""
    key = plain_words(words)
    if not key:
        return payees()
    spelled = PayeeAlias.objects.filter(payee=OuterRef("pk"), key__contains=key)
    return payees().filter(Q(key__contains=key) | Q(Exists(spelled)))


def recent_payees(words: str = "") -> Any:
    """Those used last first; `last_on` says when, and those never used come at the end."""
    found: Any = payees_like(words).annotate(last_on=LastUse(of="payee"))
    return found.order_by(F("last_on").desc(nulls_last=True), "key", "pk")


@dataclass(frozen=True)
class PayeePage:
    """One page of payees, each with `last_on`, `times` and `spellings`; `next` and `previous` are addresses."""

    rows: list[Payee]
    words: str
    number: int
    has_more: bool

    @property
    def next(self) -> str:
        return self._at(self.number + 1) if self.has_more else ""

    @property
    def previous(self) -> str:
        return self._at(self.number - 1) if self.number > 1 else ""

    def _at(self, number: int) -> str:
        return "?" + urlencode({**({"q": self.words} if self.words else {}), "page": number})


def payee_page(words: str, number: int) -> PayeePage:
    start = (number - 1) * ON_A_PAGE
    keys = list(recent_payees(words).values_list("pk", "last_on")[start : start + ON_A_PAGE + 1])
    shown = dict(keys[:ON_A_PAGE])
    rows: dict[int, Any] = payees().filter(pk__in=shown).annotate(times=Times(of="payee")).in_bulk()
    spelled = PayeeAlias.objects.filter(payee__in=shown).order_by().values_list("payee")
    spellings = dict(spelled.annotate(spellings=Count("pk")))
    for key, last_on in shown.items():
        rows[key].last_on, rows[key].spellings = last_on, spellings.get(key, 0)
    return PayeePage([rows[key] for key in shown], words, number, len(keys) > ON_A_PAGE)


def uses_of(rows: Sequence[Payee]) -> tuple[int, int]:
    """How many transactions these payees have: those this member may see, and those of the whole household."""
    every = Transaction.objects.filter(payee__in=rows, trashed_at=None)
    seen = every.count()
    with whole_household():
        return seen, every.count()


def tags() -> models.QuerySet[Tag]:
    return Tag.objects.filter(trashed_at=None)


def tags_by_key(keys: Iterable[str]) -> dict[str, Tag]:
    wanted = list(keys)
    return {tag.key: tag for tag in tags().filter(key__in=wanted)} if wanted else {}


def used_tags() -> models.QuerySet[Tag]:
    """All tags by name; `times` says how often each is used."""
    found: Any = tags().annotate(times=Times(of="tag"))
    return found.order_by("key", "pk")  # type: ignore[no-any-return]


def taggings_of(tag: Tag) -> tuple[int, int]:
    """How many transactions have the tag: those this member may see, and those of the whole household."""
    every = TransactionTag.objects.filter(tag=tag, transaction__trashed_at=None)
    seen = every.count()
    with whole_household():
        return seen, every.count()


class Unindexed(models.Func):
    """A column that SQLite looks up by no index: it takes that of the household for few rows, and they are most."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def transactions_by_payee() -> models.QuerySet[Transaction]:
    """What the manager sees, to be looked up by the payee, also where that one has few of very many."""
    return models.QuerySet(Transaction).filter(InScope(Unindexed(F("household"))), InSight())
