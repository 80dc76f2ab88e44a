"""Questions about single transactions."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from financeflow.history.models import Change
from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc.bands import Band
from ledger.calc.conversion import convert
from ledger.calc.words import name_key
from ledger.models import Account, Attachment, Transaction
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.accounts import open_accounts
from ledger.queries.payees import payees_by_key
from ledger.queries.rates import rate_table
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories


def transactions() -> models.QuerySet[Transaction]:
    """The household's transactions, but for those in the trash."""
    return Transaction.objects.filter(trashed_at=None)


def account_of_late() -> Account | None:
    """The account that somebody wrote something into last, if it is open; else the first of those that are."""
    last = Transaction.objects.filter(source=Transaction.Source.TYPED).order_by("-pk").values("account")[:1]
    rows = open_accounts()
    return rows.filter(pk__in=list(last.values_list("account", flat=True))).first() or rows.first()


def form_was_sent(number: uuid.UUID | None) -> bool:
    """Whether something was added by the form of this number already."""
    return number is not None and Transaction.objects.filter(form_number=number).exists()


def sent_by_forms(numbers: Collection[uuid.UUID]) -> Iterable[Transaction]:
    """What the forms of these numbers added; most often it is one form."""
    if len(numbers) == 1:
        return BY_FORM.objects(number=next(iter(numbers)))
    return Transaction.objects.filter(form_number__in=numbers) if numbers else ()


BY_FORM = Prepared(lambda: Transaction.objects.filter(form_number=Slot("number", models.UUIDField())), OUT_OF_SIGHT)


@dataclass(frozen=True)
class Worth:
    """What an amount is worth in another currency, and of which day the rate is."""

    amount: int
    currency: str
    on: date
    is_estimate: bool


def worth_there(amount: int, currency: str, other: str, *, on: date) -> Worth | None:
    """The amount at the day's rate, or at one up to a week older; nothing where none is known."""
    rate = rate_table(base=other, currencies=[currency], first=on, last=on).rate(currency, on)
    if rate.state == "missing" or rate.on is None:
        return None
    digits = {"from_digits": minor_digits(currency), "to_digits": minor_digits(other)}
    return Worth(convert(amount, rate=rate.value, **digits), other, rate.on, rate.state == "estimated")


def likely_category(household: Household, payee: str, **said: Any) -> Suggestion | None:
    """Under which category money to or from a payee of this name usually goes; `said` as Unfiled has it."""
    key = name_key(payee)
    known = payees_by_key([key]).get(key) if key else None
    if known is None:
        return None
    [found] = suggest_categories(household, [Unfiled(payee=known, words=payee, **said)])
    return found[0] if found and found[0].band != Band.OPEN else None


def rows_of(transaction: Transaction) -> list[tuple[str, int]]:
    """The rows that history knows of a transaction: itself, its parts, its tags and its papers."""
    papers = Attachment.objects.filter(transaction=transaction).order_by("pk").only("pk")
    rows: list[models.Model] = [transaction, *transaction.lines.all(), *transaction.taggings.all(), *papers]
    return [(row._meta.label_lower, row.pk) for row in rows]


def edits_since(transaction: Transaction, edit_version: int) -> list[Change]:
    """The edits of a transaction, its parts and its tags since it had that version, latest first."""
    most = max(1, transaction.edit_version - edit_version)
    concerned = Q()
    for model, key in rows_of(transaction):
        if model != Attachment._meta.label_lower:
            concerned |= Q(model=model, row_id=key)
    edits = Change.objects.filter(concerned).order_by().values_list("change_set", flat=True).distinct()
    latest = list(edits.order_by("-change_set")[:most])
    found = Change.objects.filter(concerned, change_set__in=latest).select_related("change_set__by")
    return list(found.order_by("-change_set", "pk"))
