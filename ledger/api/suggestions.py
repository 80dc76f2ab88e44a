"""What is suggested and what is owed, as JSON: likely categories, pairs that are one transfer, money to come back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger import queries
from ledger.actions import matching as actions
from ledger.actions.transfers import pair_transfer
from ledger.models import Transaction
from ledger.queries import matching, refunds
from ledger.queries.told_guesses import Told, guesses_told
from ledger.queries.transactions import transactions
from ledger.schemas.guesses import GuessAsked, Guesses, GuessesAsked
from ledger.schemas.matching import Owed, Pairs, PairsAsked, Two

suggestions = Router(tags=["suggestions"])
owed = Router(tags=["owed"])


@suggestions.get("/transfers", response={200: Pairs, **PROBLEMS}, summary="Pairs that are probably one transfer")
def suggestion_list(request: MemberRequest, asked: Query[PairsAsked]) -> dict[str, Any]:
    return {"items": matching.transfer_suggestions(request.household, asked.limit, months=asked.months)}


@suggestions.post("/transfers", response={204: None, **PROBLEMS}, auth=editor, summary="Link two as a transfer")
def suggestion_link(request: MemberRequest, sent: Two) -> Any:
    out, into = _two(sent)
    pair_transfer(out=out, into=into, by=request.user)
    return Status(204, None)


@suggestions.post(
    "/transfers/dismiss", response={204: None, **PROBLEMS}, auth=editor, summary="Say that two are no transfer"
)
def suggestion_dismiss(request: MemberRequest, sent: Two) -> Any:
    out, into = _two(sent)
    actions.dismiss_pair(out=out, into=into, by=request.user)
    return Status(204, None)


@suggestions.post(
    "/categories", response={200: Guesses, **PROBLEMS}, summary="Likely categories of up to 500 descriptions"
)
def suggestion_categories(request: MemberRequest, sent: GuessesAsked) -> dict[str, Any]:
    """By what the household filed before, and by what the words mean to everybody. Nothing is changed."""
    accounts = {account.uid: account.pk for account in queries.accounts()}
    told = [_told(at, each, accounts, request.household.base_currency) for at, each in enumerate(sent.items)]
    return {"items": guesses_told(request.household, told)}


def _told(at: int, sent: GuessAsked, accounts: dict[UUID, int], currency: str) -> Told:
    if sent.account is not None and sent.account not in accounts:
        raise ValidationError({f"items.{at}.account": _("There is no such account.")})
    return Told(
        payee=sent.payee.replace("\x00", " "),
        description=sent.description.replace("\x00", " "),
        amount=sent.amount,
        currency=sent.currency or currency,
        account=accounts[sent.account] if sent.account else None,
        day=sent.date,
    )


@owed.get("", response={200: Owed, **PROBLEMS}, summary="Money that is still to come back")
def owed_list(request: MemberRequest) -> dict[str, Any]:
    found = refunds.owed(request.household)
    return {"items": [each for by in found.people for each in by.links], "sums": found.sums}


def _two(sent: Two) -> tuple[Transaction, Transaction]:
    rows = transactions().select_related("account__private_to", "household", "payee")
    return get_object_or_404(rows, uid=sent.out), get_object_or_404(rows, uid=sent.into)
