"""Rows of a file complete what is in the books already: what was typed by hand, and what was still pending."""

from __future__ import annotations

from typing import Any, Final

from financeflow.history.recording import Recording
from ledger.actions.books import Books
from ledger.actions.imports.adding import described
from ledger.actions.lines import Part, set_lines
from ledger.models import Import, ImportRow, Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.waiting import still_out

_COLUMNS: Final = (
    *("pk", "match", "date", "posted_on", "amount", "description", "reference", "bank_id", "is_pending"),
    *("original_amount", "original_currency"),
)
Status = Transaction.Status


def complete(record: Recording, books: Books, upload: Import) -> None:
    """Fill in what only the bank knows. Whatever a person wrote stays as it is."""
    rows = still_out(upload).filter(deed=ImportRow.Deed.MERGE, match__isnull=False)
    said = {values[1]: dict(zip(_COLUMNS, values, strict=True)) for values in rows.values_list(*_COLUMNS)}
    books.open(said)
    here = Transaction.objects.filter(OneOf("pk", list(said))).select_for_update(of=("self",)).order_by("pk")
    changes = [(each, _missing(each, said[each.pk])) for each in here]
    booked = [(each, values.pop("amount")) for each, values in changes if "amount" in values]
    record.change_each(changes)
    for each, amount in booked:
        _set_amount(record, each, amount)


def _missing(each: Transaction, row: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"import_row_id": row["pk"]}
    words = described(row["description"], row["reference"])
    if not each.description and words:
        values["description"] = words
    if not each.external_id or (each.status == Status.PENDING and row["bank_id"]):
        values["external_id"] = row["bank_id"]
    if each.original_amount is None and row["original_amount"] is not None and row["original_currency"]:
        values |= {"original_amount": row["original_amount"], "original_currency": row["original_currency"]}
    if each.is_locked:
        return values
    booked_on = row["posted_on"] or row["date"]
    if each.posted_on is None and booked_on != each.date:
        values["posted_on"] = booked_on
    if each.status == Status.PENDING and not row["is_pending"]:
        values["status"] = Status.CLEARED
        if row["amount"] != each.amount:
            values["amount"] = row["amount"]
    return values


def _set_amount(record: Recording, each: Transaction, amount: int) -> None:
    """What was booked in the end, where it was reserved as another amount: the last part takes the difference."""
    lines = list(each.lines.order_by("position", "pk"))
    parts = [Part(line.amount, line.category, line.memo) for line in lines]
    last = parts[-1]
    parts[-1] = Part(last.amount + amount - each.amount, last.category, last.memo)
    record.change(each, amount=amount)
    set_lines(record, each, parts)
