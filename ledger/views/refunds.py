"""Pages of money that is owed back: who owes what, expecting it, linking what came back, giving up."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger.actions import refunds as actions
from ledger.forms.refunds import SHARES, ExpectForm, MoneyBackForm, lines_of
from ledger.models import Line, Transaction
from ledger.queries import refunds
from ledger.queries.transactions import transactions
from ledger.views.answers import form_page, said_no
from ledger.views.finding import blame


@member("viewer")
def owed_list(request: MemberRequest) -> HttpResponse:
    context = {
        "owed": refunds.owed(request.household),
        "suggestions": refunds.refund_suggestions(request.household),
    }
    return page(request, "ledger/owed_list.html", context, partial="owed")


@member("editor", "GET", "POST")
def refund_expect(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = _transaction(uid)
    form = ExpectForm(posted(request), transaction=transaction)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("line", "expected", "owed_by")}
        try:
            actions.expect_refund(**said, by=request.user)
            return done(request, "owed_list")
        except (Refused, ValidationError) as error:
            blame(form, error)
    context = {"transaction": transaction, "people": refunds.people_owing(), "shares": SHARES}
    return form_page(request, "ledger/refund_expect.html", form, **context)


@member("editor", "GET", "POST")
def refund_link(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """Of money out: what came back for it. Of money in: for what it came back."""
    transaction = _transaction(uid)
    form = MoneyBackForm(posted(request), currency=transaction.currency, locale=request.household.locale)
    if form.is_valid():
        try:
            _link(request, transaction, form.cleaned_data)
            return done(request, "owed_list")
        except (Refused, ValidationError) as error:
            blame(form, error)
    context = {"transaction": transaction, "pairs": _pairs(request, transaction)}
    return form_page(request, "ledger/refund_link.html", form, **context)


def _pairs(request: MemberRequest, transaction: Transaction) -> list[refunds.RefundPair]:
    """What fits: what one link expects where the address names it, else anything for any part."""
    if transaction.amount > 0:
        return refunds.spendings_for(transaction)
    named = MoneyBackForm(request.GET, currency=transaction.currency, locale=request.household.locale)
    if named.is_valid() and named.cleaned_data["link"]:
        link = get_object_or_404(_links().filter(refunds.OPEN), uid=named.cleaned_data["link"])
        return refunds.refunds_for(link.line, link)
    return [pair for line in lines_of(transaction) for pair in refunds.refunds_for(line)]


def _link(request: MemberRequest, transaction: Transaction, said: dict[str, Any]) -> None:
    refund = get_object_or_404(transactions().select_related("account"), uid=said["refund"] or transaction.uid)
    if said["link"]:
        link = get_object_or_404(_links(), uid=said["link"])
        actions.link_refund(link=link, refund=refund, by=request.user, covers=said["covers"])
    else:
        line = get_object_or_404(_lines(), uid=said["line"])
        actions.link_money_back(line=line, refund=refund, by=request.user, covers=said["covers"])


@member("editor", "POST")
def refund_unlink(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _deed(request, uid, actions.unlink_refund)


@member("editor", "POST")
def refund_give_up(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _deed(request, uid, actions.give_up_refund, on=today_in(request.household.time_zone))


@member("editor", "POST")
def refund_expect_again(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _deed(request, uid, actions.expect_again)


@member("editor", "POST")
def refund_forget(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _deed(request, uid, actions.forget_refund)


def _deed(request: MemberRequest, uid: uuid.UUID, deed: Any, **values: Any) -> HttpResponse:
    link = get_object_or_404(_links(), uid=uid)
    try:
        deed(link=link, by=request.user, **values)
    except (Refused, ValidationError) as error:
        return said_no(request, error, "owed_list")
    return done(request, "owed_list")


def _transaction(uid: uuid.UUID) -> Transaction:
    rows = transactions().filter(transfer=None).select_related("account__household", "payee", "household")
    return get_object_or_404(rows, uid=uid)


def _links() -> Any:
    return refunds.refund_links().select_related(
        "line__transaction__household", "line__transaction__account__private_to"
    )


def _lines() -> Any:
    return Line.objects.filter(is_kept=True).select_related(
        "transaction__account", "transaction__household", "category"
    )
