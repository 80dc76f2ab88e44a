"""Books with open questions, and somebody who answers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.models import Account, Category, Line, Transaction
from ledger.queries.checking import violations
from ledger.queries.suggesting import Suggestion, Unfiled

HTMX = {"HX-Request": "true"}
INBOX = "/inbox/"
API = "/api/v1/inbox"


def booked(
    account: Account, amount: int, payee: str = "", *, back: int = 0, words: str = "", under: Category | None = None
) -> Transaction:
    """Entered `back` days ago, under a category if one is named."""
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household,
            by=None,
            account=account,
            date=today_in(account.household.time_zone) - timedelta(days=back),
            amount=amount,
            payee=payee or None,
            parts=[Part(amount, under)],
            values={"description": words},
        )


def asked(client: Client, kind: str = "") -> list[dict[str, Any]]:
    """The questions, as the API tells them."""
    found: list[dict[str, Any]] = client.get(API, {"kind": kind} if kind else {}).json()["items"]
    return found


def waiting(client: Client) -> dict[str, int]:
    """How many wait of each kind, without the kinds of which none does."""
    return {each["key"]: each["count"] for each in client.get(API).json()["kinds"] if each["count"]}


def sent(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {name: item[name] for name in ("kind", "key", "stamp")} | more


def answer(client: Client, item: dict[str, Any], choice: str = "accept", **how: Any) -> Any:
    """Press the button of a question."""
    return client.post(reverse("inbox_decide"), sent(item, choice=choice), **how)


def dismiss(client: Client, item: dict[str, Any], **how: Any) -> Any:
    return client.post(reverse("inbox_dismiss"), sent(item), **how)


def undo_last(client: Client, household: Household) -> None:
    with household_scope(household.pk):
        latest = ChangeSet.objects.latest("id")
    client.post(reverse("change_undo", args=[latest.uid]))


def filed_under(row: Transaction) -> list[str]:
    """The categories of its parts; the books stay right all the while."""
    with household_scope(row.household_id):
        assert violations() == []
        lines = Line.objects.filter(transaction=row).select_related("category").order_by("position")
        return [line.category.name if line.category else "" for line in lines]


def suggest_nothing(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    return [[] for _each in asked]
