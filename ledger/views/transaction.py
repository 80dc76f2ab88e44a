"""Pages of one transaction: adding, showing, changing and deleting it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, is_htmx, page, posted
from ledger import actions
from ledger.actions.rules import enter_transaction
from ledger.forms.prefill import first_values, tell_what_is_wrong
from ledger.forms.transaction_edits import TransactionEditForm
from ledger.forms.transactions import NewTransactionForm
from ledger.models import Transaction
from ledger.queries.choosing import payee_choices
from ledger.queries.transactions import account_of_late, form_was_sent
from ledger.views.answers import conflict_page, form_page, said_no
from ledger.views.finding import blame, choices, desk_of, files, found_transaction, sheet_of

ADD, EDIT = "ledger/transaction_add.html", "ledger/transaction_edit.html"
# What a form that is kept open for another one takes over from the one before.
KEPT = ("kind", "account", "to_account", "date")


@member("editor", "GET", "POST")
def transaction_add(request: MemberRequest) -> HttpResponse:
    desk = desk_of(request)
    if not desk.accounts:
        return page(request, ADD, {}, partial="form")
    said = first_values(request.GET, desk)
    form = NewTransactionForm(
        posted(request), files(request), desk=desk, initial={"account": account_of_late(), **said}
    )
    if form.is_valid() and (answer := _add(request, form)):
        return answer
    if not form.is_bound and tell_what_is_wrong(form, said):
        return page(request, ADD, {"form": form, **choices()}, partial="form", status=422)
    return form_page(request, ADD, form, **choices())


def _add(request: MemberRequest, form: NewTransactionForm) -> HttpResponse | None:
    """The answer to a new transaction, or none where a rule said no and the form must say so."""
    if form_was_sent(form.cleaned_data["form_number"]):
        messages.info(request, _("This was saved already, so nothing was added."))
    try:
        if form.is_transfer:
            added, _into = actions.add_transfer(household=request.household, by=request.user, **form.new_transfer())
        else:
            added = enter_transaction(household=request.household, by=request.user, **form.new())
    except (Refused, ValidationError) as error:
        blame(form, error)
        return None
    return _next(request, added)


def _next(request: MemberRequest, added: Transaction) -> HttpResponse:
    """Done, or on to the parts of what was added, or to another one."""
    then = request.POST.get("then")
    if then == "split" and not added.transfer_id:
        return go(request, "transaction_split", added.uid)
    if then != "another":
        return done(request, "transaction_list")
    kept = {name: request.POST[name] for name in KEPT if name in request.POST}
    if not is_htmx(request):
        query = QueryDict(mutable=True)
        query.update(kept)
        return redirect(f"{reverse('transaction_add')}?{query.urlencode()}")
    return form_page(request, ADD, NewTransactionForm(desk=desk_of(request), initial=kept), **choices())


@member("viewer")
def transaction_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    return page(request, "ledger/transaction_show.html", sheet_of(request, transaction), partial="sheet")


@member("editor", "GET", "POST")
def transaction_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    form = TransactionEditForm(posted(request), desk=desk_of(request, transaction), transaction=transaction)
    if form.is_valid() and (answer := _change(request, form)):
        return answer
    return form_page(request, EDIT, form, **choices(), **sheet_of(request, transaction))


def _change(request: MemberRequest, form: TransactionEditForm) -> HttpResponse | None:
    """The answer to a change, or none where a rule said no and the form must say so."""
    transaction = form.transaction
    change = actions.change_transfer if form.other else actions.change_transaction
    frame = {"transaction": transaction, "by": request.user, "edit_version": form.cleaned_data["edit_version"]}
    try:
        change(**frame, **form.said())
    except EditConflict as conflict:
        return conflict_page(request, EDIT, form, conflict, **choices(), **sheet_of(request, transaction))
    except (Refused, ValidationError) as error:
        blame(form, error)
        return None
    return done(request, "transaction_list")


@member("editor", "POST")
def transaction_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        actions.trash_transaction(transaction=found_transaction(request, uid), by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "transaction_edit", uid)
    return done(request, "transaction_list")


@member("editor", "POST")
def transaction_duplicate(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    today = today_in(request.household.time_zone)
    try:
        actions.duplicate_transaction(transaction=found_transaction(request, uid), by=request.user, on=today)
    except (Refused, ValidationError) as error:
        return said_no(request, error, "transaction_edit", uid)
    return done(request, "transaction_list")


@member("editor")
def payee_options(request: MemberRequest) -> HttpResponse:
    """Payees for the words typed so far, as the options of a list."""
    found = payee_choices(request.GET.get("payee", "")[:120])
    return page(request, "ledger/_payee_options.html", {"payees": found})
