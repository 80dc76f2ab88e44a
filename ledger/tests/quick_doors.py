"""Lines of quick add sent through the door of the page, and what came of them."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Account, Category, Transaction

QUICK = "/transactions/quick/"
HTMX = {"HX-Request": "true"}
READ = {**HTMX, "HX-Target": "add-read"}


def kept(household: Household) -> list[Transaction]:
    with household_scope(household.pk):
        rows = Transaction.objects.filter(trashed_at=None).select_related("account", "payee").order_by("pk")
        return list(rows.prefetch_related("lines__category", "taggings__tag"))


def spend(household: Household, payee: str, category: str | None, amount: int = -1000) -> Transaction:
    with household_scope(household.pk):
        filed = Category.objects.get(key=category) if category else None
        account = Account.objects.order_by("pk")[0]
        said: dict[str, Any] = {"account": account, "date": date(2026, 3, 14), "amount": amount, "payee": payee}
        return actions.add_transaction(household=household, by=None, parts=[actions.Part(amount, filed)], **said)


def save(client: Client, line: str, **more: Any) -> Any:
    headers = more.pop("headers", READ)
    return client.post(QUICK, {"line": line, "form_number": str(uuid.uuid4()), **more}, headers=headers)


def chips(text: str) -> str:
    """The words of an answer, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())
