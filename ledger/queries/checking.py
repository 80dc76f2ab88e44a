"""Every invariant of the books, looked for plainly: what is wrong, each in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import every_household, whole_household
from ledger.models import Account, DayTotal, Line, MonthTotal, RateState, Statement, Transaction
from ledger.queries import fitting
from ledger.queries.sums import COLUMNS, gathered_sums

AT_ONCE = 5000


def violations() -> list[str]:
    """What is wrong in the books of the household in scope."""
    checks: list[Callable[[], Iterator[str]]] = [
        _balances,
        _lines,
        _copies,
        _base_amounts,
        _totals,
        _transfers,
        _reconciled,
        _strangers,
    ]
    with whole_household():
        return [sentence for check in checks for sentence in check()]


def _balances() -> Iterator[str]:
    moved = Coalesce(Sum("transactions__amount", filter=Q(transactions__trashed_at=None)), 0)
    for account in Account.objects.annotate(moved=moved).exclude(balance=F("opening_balance") + F("moved")):
        yield f"account {account.pk}: its balance is {account.balance}, its transactions say {account.moved}"


def _in_parts() -> Iterator[list[int]]:
    last = 0
    keys = Transaction.objects.order_by("pk").values_list("pk", flat=True)
    while some := list(keys.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1]
        yield some


def _lines() -> Iterator[str]:
    for some in _in_parts():
        for key in fitting.unbalanced(some):
            yield f"transaction {key}: its lines do not add up to its amount"
    first = Line.objects.filter(transaction=models.OuterRef("pk"), position=0)
    for key in Transaction.objects.exclude(models.Exists(first)).values_list("pk", flat=True):
        yield f"transaction {key}: it has no first line"


def _copies() -> Iterator[str]:
    of = "transaction__"
    in_trash = Q(is_kept=True, transaction__trashed_at__isnull=False) | Q(is_kept=False, transaction__trashed_at=None)
    moved = Q(is_transfer=True, transaction__transfer=None) | Q(is_transfer=False, transaction__transfer__isnull=False)
    elsewhere = ~Q(account=F(f"{of}account")) | ~Q(date=F(f"{of}date")) | Q(account=None)
    for key in Line.objects.filter(in_trash | moved | elsewhere).values_list("pk", flat=True):
        yield f"line {key}: it does not stand where its transaction does"
    strange = Transaction.objects.exclude(currency=F("account__currency"))
    for key in strange.values_list("pk", flat=True):
        yield f"transaction {key}: its currency is not its account's"


def _base_amounts() -> Iterator[str]:
    parts = Sum("lines__base_amount")
    known = Transaction.objects.exclude(rate_state=RateState.MISSING).annotate(parts=parts)
    for key in known.exclude(base_amount=F("parts")).values_list("pk", flat=True):
        yield f"transaction {key}: its lines do not add up to its amount in the base currency"
    base = F("household__base_currency")
    home = Transaction.objects.filter(currency=base).exclude(base_amount=F("amount"), rate_state=RateState.SAME)
    abroad = Transaction.objects.exclude(currency=base).filter(rate_state=RateState.SAME)
    nothing = Transaction.objects.filter(rate_state=RateState.MISSING, base_amount__isnull=False)
    for key in [*home.values_list("pk", flat=True), *abroad.values_list("pk", flat=True)]:
        yield f"transaction {key}: its amount was not converted as its currency asks"
    for key in nothing.values_list("pk", flat=True):
        yield f"transaction {key}: it was converted though no rate is known"


def _totals() -> Iterator[str]:
    plain = gathered_sums(Line.objects.all())
    months = {(row.account_id, row.month, row.slot): row for row in MonthTotal.objects.all()}
    days = {(row.account_id, row.day, row.flow): row for row in DayTotal.objects.all()}
    for name, kept, expected in (("month", months, plain.months), ("day", days, plain.days)):
        figures = {key: tuple(getattr(row, column) for column in COLUMNS) for key, row in kept.items()}
        for key in figures.keys() | expected.keys():
            if figures.get(key) != expected.get(key):
                yield f"sum of a {name} {key}: {figures.get(key)} is kept, the lines say {expected.get(key)}"
    for row in months.values():
        if row.category_id != (row.slot if row.slot > 0 else None):
            yield f"sum of a month {row.pk}: its category is not its slot"


def _transfers() -> Iterator[str]:
    for some in _in_parts():
        for key in fitting.broken_transfers(some):
            yield f"transfer {key}: its sides do not fit together"


def _reconciled() -> Iterator[str]:
    loose = Transaction.objects.filter(status=Transaction.Status.RECONCILED, trashed_at__isnull=False)
    for key in loose.values_list("pk", flat=True):
        yield f"transaction {key}: it is reconciled and in the trash"
    rows = Transaction.objects.filter(status=Transaction.Status.RECONCILED)
    for key in rows.exclude(statement__locked_at__isnull=False).values_list("pk", flat=True):
        yield f"transaction {key}: it is reconciled, and on no locked statement"
    for key in fitting.broken_statements(Statement.objects.values_list("pk", flat=True)):
        yield f"statement {key}: it does not add up to what stands on it"


def _strangers() -> Iterator[str]:
    """Rows that point at another household's."""
    for model in apps.get_app_config("ledger").get_models():
        if not issubclass(model, HouseholdOwned):
            continue
        owned = {field.name: field.related_model for field in model._meta.concrete_fields if field.many_to_one}
        for name, target in owned.items():
            if isinstance(target, type) and issubclass(target, HouseholdOwned):
                yield from _strangers_of(model, name)


def _strangers_of(model: type[HouseholdOwned], name: str) -> Iterator[str]:
    mine = list(model.objects.values_list("household", flat=True)[:1])
    if not mine:
        return
    with every_household("a row may point at what is out of sight"):
        rows = model.objects.filter(household=mine[0], **{f"{name}__isnull": False})
        found = list(rows.exclude(**{f"{name}__household": mine[0]}).values_list("pk", flat=True))
    for key in found:
        yield f"{model._meta.label_lower} {key}: its {name} belongs to another household"
