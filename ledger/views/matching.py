"""Pages of transfers that are not linked yet: likely pairs, and the other side of one chosen by hand."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger import queries
from ledger.actions import matching as actions
from ledger.actions.transfers import make_transfer, pair_transfer
from ledger.forms.matching import SPANS, AddSideForm, ChosenForm, ManyPairsForm, SpanForm, TwoForm
from ledger.models import Transaction
from ledger.queries import matching
from ledger.queries.transactions import transactions
from ledger.views.answers import form_page, said_no
from ledger.views.finding import blame


@member("viewer")
def transfer_suggestions(request: MemberRequest) -> HttpResponse:
    months = SpanForm(request.GET).span
    pairs = matching.transfer_suggestions(request.household, months=months)
    further = next((span for span in SPANS if span > months), None)
    context = {"pairs": pairs, "sure": [pair for pair in pairs if pair.is_sure], "months": months, "further": further}
    return page(request, "ledger/transfer_suggestions.html", context, partial="pairs")


@member("editor", "POST")
def transfer_link(request: MemberRequest) -> HttpResponse:
    out, into = _two(request)
    try:
        pair_transfer(out=out, into=into, by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "transfer_suggestions")
    return done(request, "transfer_suggestions")


@member("editor", "POST")
def transfer_dismiss(request: MemberRequest) -> HttpResponse:
    out, into = _two(request)
    try:
        actions.dismiss_pair(out=out, into=into, by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "transfer_suggestions")
    return done(request, "transfer_suggestions")


@member("editor", "POST")
def transfer_link_sure(request: MemberRequest) -> HttpResponse:
    """Those that stood on the page and still are as sure: nothing is linked that nobody saw."""
    form = ManyPairsForm(request.POST)
    if not form.is_valid():
        raise BadRequest("These are no pairs.")
    found = matching.transfer_suggestions(request.household, months=SpanForm(request.POST).span)
    sure = [pair for pair in found if pair.is_sure and (pair.out.uid, pair.into.uid) in form.cleaned_data["pair"]]
    if sure:
        pairs = [(pair.out, pair.into) for pair in sure]
        actions.pair_transfers(household=request.household, by=request.user, pairs=pairs)
    return done(request, "transfer_suggestions")


@member("editor", "GET", "POST")
def transfer_pair(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """One that is in the books already is linked; one that is not is added."""
    transaction = get_object_or_404(_transactions(), uid=uid, transfer=None)
    chosen = ChosenForm(request.POST)
    sent = None if chosen.is_valid() else posted(request)
    form = AddSideForm(sent, transaction=transaction, accounts=list(queries.open_accounts()))
    try:
        if _link(request, transaction, chosen) or _add(request, transaction, form):
            return done(request, "transaction_list")
    except (Refused, ValidationError) as error:
        return said_no(request, error, "transfer_pair", uid)
    context = {"transaction": transaction, "pairs": matching.other_sides(transaction)}
    return form_page(request, "ledger/transfer_pair.html", form, **context)


def _link(request: MemberRequest, transaction: Transaction, form: ChosenForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    other = get_object_or_404(_transactions(), uid=form.cleaned_data["other"])
    out, into = (transaction, other) if transaction.amount < 0 else (other, transaction)
    pair_transfer(out=out, into=into, by=request.user)
    return True


def _add(request: MemberRequest, transaction: Transaction, form: AddSideForm) -> bool:
    """What is wrong with it is said at its fields."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    amount = abs(said["received"]) if said["received"] else None
    try:
        make_transfer(transaction=transaction, other=said["account"], by=request.user, other_amount=amount)
    except ValidationError as error:
        blame(form, error)
        return False
    return True


def _two(request: MemberRequest) -> tuple[Transaction, Transaction]:
    form = TwoForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Two transactions are a transfer.")
    said = form.cleaned_data
    return get_object_or_404(_transactions(), uid=said["out"]), get_object_or_404(_transactions(), uid=said["into"])


def _transactions() -> Any:
    return transactions().select_related("account__household", "payee", "household", "account__private_to")
