"""What matters for taxes, for tests: categories that are marked, payments under them, receipts."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Attachment, Category, Transaction
from ledger.papers import checked_paper
from ledger.tests.papers import PDF, upload

MARCH = date(2026, 3, 14)
OTHER_PDF = PDF.replace(b"1.7", b"1.6")


def mark(key: str) -> Category:
    category = Category.objects.get(key=key)
    return actions.change_category(category=category, by=None, edit_version=category.edit_version, tax_relevant=True)


def pay(
    account: Account,
    amount: int,
    key: str = "health",
    on: date = MARCH,
    *,
    payee: str = "Pharmacy",
    tags: tuple[str, ...] = (),
    parts: Any = None,
) -> Transaction:
    parts = parts or [Part(amount, Category.objects.get(key=key))]
    said: dict[str, Any] = {"amount": amount, "payee": payee, "parts": parts, "tags": tags, "date": on}
    return actions.add_transaction(household=account.household, by=None, account=account, **said)


def attach(row: Transaction, name: str = "receipt.pdf", content: bytes = PDF) -> Attachment:
    return actions.add_attachments(transaction=row, by=None, papers=[checked_paper(upload(name, content))])[0]
