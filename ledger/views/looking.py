"""The parts of a transaction's form that follow what is chosen: currencies, what arrives, a likely category."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from financeflow.money.text import format_plain
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import page
from ledger import queries
from ledger.forms.transactions import TransactionForm
from ledger.queries.suggesting import Suggestion
from ledger.queries.transactions import Worth, likely_category, worth_there
from ledger.views.finding import desk_of


@member("editor", "POST")
def transaction_look(request: MemberRequest) -> HttpResponse:
    """Currencies and the amount that arrives, for what is chosen so far."""
    form = _looked_at(request)
    worth = _worth(form)
    if worth and request.POST.get("received", "") in ("", request.POST.get("offered", "")):
        form.initial["received"] = worth.amount
    offered = format_plain(worth.amount, worth.currency, request.household.locale) if worth else ""
    return page(request, "ledger/_transaction_look.html", {"form": form, "worth": worth, "offered": offered})


@member("editor", "POST")
def transaction_look_category(request: MemberRequest) -> HttpResponse:
    """The category that is usual for the payee, where none is chosen yet."""
    form = _looked_at(request)
    likely = None if request.POST.get("category") else _likely(request, form)
    if likely is None:
        return HttpResponse(status=204)
    form.initial["category"] = likely.category
    return page(request, "ledger/_transaction_category.html", {"form": form, "likely": likely})


def _looked_at(request: MemberRequest) -> TransactionForm:
    """The form as it stands, judged by nobody yet; of all accounts, for it may be that of an old transaction."""
    desk = replace(desk_of(request), accounts=list(queries.accounts()))
    return TransactionForm(desk=desk, initial=request.POST.dict())


def _worth(form: TransactionForm) -> Worth | None:
    """What the amount is worth in the other account at the day's rate, as far as all that is known."""
    amount, day = form.read("amount"), form.read("date")
    if not (form.is_transfer and form.other_currency and amount and day):
        return None
    return worth_there(amount, form.currency, form.other_currency, on=day)


def _likely(request: MemberRequest, form: TransactionForm) -> Suggestion | None:
    sign = 1 if form.initial.get("kind") == "in" else -1
    amount: Any = form.read("amount") or 1
    account: Any = form.read("account")
    said = {"amount": sign * abs(amount), "currency": form.currency, "account": account and account.pk}
    return likely_category(request.household, str(form.initial.get("payee", "")), **said, day=form.read("date"))
