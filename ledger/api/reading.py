"""How JSON about transactions becomes what the actions take: public ids become rows of the household."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Transaction
from ledger.models.categories import validate_tag
from ledger.queries.listing import attach_other_sides, with_all_shown
from ledger.schemas.transactions import LineIn, TransactionChange, TransactionIn

TAG = [validate_plain_text, validate_tag]
VALUES = (
    "notes",
    "status",
    "posted_on",
    "description",
    "external_id",
    "original_amount",
    "original_currency",
    "form_number",
)


@dataclass(frozen=True)
class Shelf:
    """The accounts and categories of the household, by their public ids."""

    accounts: dict[uuid.UUID, Account]
    categories: dict[uuid.UUID, Category]

    @classmethod
    def of_household(cls) -> Shelf:
        accounts = {account.uid: account for account in queries.accounts()}
        return cls(accounts, {category.uid: category for category in queries.categories()})


def account_said(shelf: Shelf, uid: uuid.UUID, *, field: str = "account") -> Account:
    if uid not in shelf.accounts:
        raise ValidationError({field: _("There is no such account.")})
    return shelf.accounts[uid]


def category_said(shelf: Shelf, uid: uuid.UUID | None) -> Category | None:
    if uid is not None and uid not in shelf.categories:
        raise ValidationError({"category": _("There is no such category.")})
    return shelf.categories[uid] if uid else None


def parts_said(lines: Iterable[LineIn], shelf: Shelf) -> list[Part]:
    return [Part(line.amount, category_said(shelf, line.category), line.memo) for line in lines]


def check_names(payee: str | None, tags: Iterable[str]) -> None:
    """What can be read, as names; said at the field they came in."""
    for field, checks, names in (("payee", [validate_plain_text], [payee or ""]), ("tags", TAG, tags)):
        for check, name in product(checks, names):
            try:
                check(name)
            except ValidationError as error:
                raise ValidationError({field: error.messages}) from error


def new_rows(sent: Sequence[TransactionIn], shelf: Shelf) -> list[NewTransaction]:
    """What was sent, as rows to add; of many, it is said which one is wrong."""
    rows = []
    for number, each in enumerate(sent):
        try:
            rows.append(_new(each, shelf))
        except ValidationError as error:
            at = f"items.{number}." if len(sent) > 1 else ""
            raise ValidationError({f"{at}{name}": told for name, told in error.message_dict.items()}) from error
    return rows


def _new(sent: TransactionIn, shelf: Shelf) -> NewTransaction:
    sent.check()
    check_names(sent.payee, sent.tags)
    lines = sent.lines or [LineIn(category=sent.category, amount=sent.amount)]
    return NewTransaction(
        account=account_said(shelf, sent.account),
        date=sent.date,
        amount=sent.amount,
        payee=sent.payee,
        parts=parts_said(lines, shelf),
        tags=sent.tags,
        values={**sent.model_dump(include=set(VALUES)), "source": Transaction.Source.API},
    )


def values_said(sent: TransactionChange, row: Transaction, shelf: Shelf) -> dict[str, Any]:
    """What was sent; that the version is missing is said only to who may know the transaction."""
    if sent.edit_version is None:
        raise ValidationError({"edit_version": _("Send the version you last read.")})
    sent.check()
    check_names(sent.payee, sent.tags or ())
    said = sent.model_dump(exclude_unset=True, exclude={"lines", "confirm"})
    nullable = {"category", "payee", "posted_on", "original_amount"}
    if empty := [name for name, value in said.items() if value is None and name not in nullable]:
        raise ValidationError({name: _("This cannot be nothing.") for name in empty})
    if "account" in said:
        said["account"] = account_said(shelf, said["account"])
    if "category" in said:
        said["category"] = category_said(shelf, said["category"])
    if sent.lines is not None:
        said["parts"] = parts_said(sent.lines, shelf)
    elif sent.confirm and "category" not in said and is_learned(row):
        said["parts"] = confirmed_parts(row, said.get("amount", row.amount))
    return said


def is_learned(row: Transaction) -> bool:
    """Whether some of it was filed by itself, and nobody has said yet that it is right."""
    return any(line.learned for line in row.lines.all())


def confirmed_parts(row: Transaction, amount: int) -> list[Part]:
    """As they are, and said by a person; of one line the amount follows the whole."""
    lines = sorted(row.lines.all(), key=lambda line: (line.position, line.pk))
    is_one = len(lines) == 1
    return [Part(amount if is_one else line.amount, line.category, line.memo, learned=0) for line in lines]


def joined(rows: QuerySet[Transaction]) -> list[Transaction]:
    """These transactions with all that is told of each."""
    found = list(with_all_shown(rows))
    attach_other_sides(found)
    return found
