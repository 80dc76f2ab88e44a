"""The page that makes something else of a transaction: money in of money out, a transfer, or two of a transfer."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger import actions
from ledger.forms.conversions import ConvertForm
from ledger.forms.transactions import TRANSFER
from ledger.models import Transaction
from ledger.views.answers import form_page, said_no
from ledger.views.finding import blame, desk_of, found_transaction


@member("editor", "GET", "POST")
def transaction_convert(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    if transaction.transfer_id:
        return _part(request, transaction)
    form = ConvertForm(posted(request), desk=desk_of(request), transaction=transaction)
    if form.is_valid() and (answer := _convert(request, form)):
        return answer
    return form_page(request, "ledger/transaction_convert.html", form, transaction=transaction)


def _part(request: MemberRequest, transaction: Transaction) -> HttpResponse:
    """A transfer becomes money out and money in, once somebody has said so."""
    if request.method != "POST":
        return page(request, "ledger/transaction_convert.html", {"transaction": transaction}, partial="form")
    try:
        actions.part_transfer(transaction=transaction, by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "transaction_edit", transaction.uid)
    return done(request, "transaction_list")


def _convert(request: MemberRequest, form: ConvertForm) -> HttpResponse | None:
    """The answer to a conversion, or none where a rule said no and the form must say so."""
    said = form.cleaned_data
    frame: dict[str, Any] = {"transaction": form.transaction, "by": request.user}
    try:
        if said["into"] == TRANSFER:
            actions.make_transfer(**frame, other=said["to_account"], other_amount=said["received"])
        else:
            actions.turn_transaction(**frame)
    except (Refused, ValidationError) as error:
        blame(form, error)
        return None
    return done(request, "transaction_list")
