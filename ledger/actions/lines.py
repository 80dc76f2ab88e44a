"""Every write to the lines of transactions: what money was for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from ledger.models import Category, Line, RefundLink, Transaction
from ledger.models.many import OneOf

MOST_PARTS = 100


@dataclass(frozen=True)
class Part:
    """A part of a transaction, as somebody said it."""

    amount: int
    category: Category | None = None
    memo: str = ""
    # How sure it is, in percent, where nobody said so; none keeps what is known of a category that stays.
    learned: int | None = None


def check_parts(parts: Sequence[Part], amount: int) -> None:
    """Parts must add up to the whole; says by how much they do not."""
    if not 1 <= len(parts) <= MOST_PARTS:
        raise ValidationError({"lines": _("A transaction has from 1 to %(most)s parts.") % {"most": MOST_PARTS}})
    if sum(part.amount for part in parts) != amount:
        raise ValidationError({"lines": _("The parts do not add up to the amount.")}, code="remainder")
    if any(part.category is not None and part.category.trashed_at for part in parts):
        raise ValidationError({"lines": _("One of these categories is in the trash.")})


def set_lines(record: Recording, transaction: Transaction, parts: Sequence[Part]) -> None:
    """Exactly these parts, in this order; lines that stay keep their identity."""
    check_parts(parts, transaction.amount)
    here = list(transaction.lines.order_by("position", "pk"))
    for place, part in enumerate(parts):
        values = {"category": part.category, "amount": part.amount, "memo": part.memo, "position": place}
        values["learned"] = _learned(part, here[place] if place < len(here) else None)
        if place < len(here):
            record.change(here[place], **values)
        else:
            record.add(Line(household=transaction.household, transaction=transaction, **values))
    for line in here[len(parts) :]:
        for link in RefundLink.objects.filter(line=line):
            record.remove(link)
        record.remove(line)
    _keep_links(record, transaction)


def _learned(part: Part, line: Line | None) -> int:
    """Whoever changes the amount or the memo has said nothing of the category."""
    if part.category is None:
        return 0
    if part.learned is None and line is not None and line.category_id == part.category.pk:
        return line.learned
    return part.learned or 0


def _keep_links(record: Recording, transaction: Transaction) -> None:
    """What is expected back still fits its line, and money that came back is as much as its link says."""
    concerned = Q(line__transaction=transaction) | Q(refund=transaction)
    links = list(RefundLink.objects.filter(concerned).select_related("line__category"))
    for link in links:
        if link.refund_id == transaction.pk:
            _keep_refund(record, transaction, link)
        elif link.currency != transaction.currency:
            record.change(link, currency=transaction.currency)
    for line in {link.line_id: link.line for link in links}.values():
        check_owed(line)
    if links:
        follow_with_refunds(record, Line.objects.filter(transaction=transaction))


def _keep_refund(record: Recording, refund: Transaction, link: RefundLink) -> None:
    filed = {line.category_id for line in refund.lines.all()}
    if refund.lines.count() > 1 or filed != {link.line.category_id} or refund.amount <= 0:
        raise Refused(_("This is money back, and filed in one piece where that was spent. Unlink the two first."))
    if link.currency == refund.currency:
        record.change(link, expected=refund.amount)


def check_owed(line: Line) -> None:
    """No more comes back of a line than was spent."""
    owed = RefundLink.objects.filter(line=line, given_up_on=None).aggregate(total=Sum("expected", default=0))["total"]
    if owed > max(0, -line.amount):
        raise Refused(_("More would come back than was spent. Change what is owed back first."))


def file_lines(
    record: Recording, lines: models.QuerySet[Line], category: Category | None, *, learned: int | None = 0
) -> int:
    """All these lines under one category; the caller has opened the books for them.

    Without `learned`, what was filed by itself stays marked so.
    """
    if category is not None and category.trashed_at:
        raise ValidationError({"category": _("This category is in the trash.")})
    keys = list(lines.values_list("pk", flat=True))
    marked = {} if learned is None and category else {"learned": learned or 0}
    changed = record.change_many(Line.objects.filter(OneOf("pk", keys)), category=category, **marked)
    follow_with_refunds(record, Line.objects.filter(OneOf("pk", keys)))
    return changed


def follow_with_refunds(record: Recording, lines: models.QuerySet[Line]) -> None:
    """Money that came back is filed where the money it belongs to is: this is what nets it everywhere."""
    links = RefundLink.objects.filter(line__in=lines, refund__isnull=False).select_related("line__category")
    for link in links:
        back = Line.objects.filter(transaction=link.refund_id)
        record.change_many(back, category=link.line.category, learned=link.line.learned)


def refunds_of(transactions: models.QuerySet[Transaction]) -> models.QuerySet[RefundLink]:
    """The links whose refunds follow when lines of these transactions are filed elsewhere."""
    return RefundLink.objects.filter(line__transaction__in=transactions, refund__isnull=False)
